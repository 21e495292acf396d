"""What everyone reads."""

from collections.abc import Iterator

from tests.conftest import CODICE
from tests.indirizzi.indirizzo import Indirizzo, dell_organizzazione, senza
from tests.indirizzi.mondo import del_distretto, programma_di

_API_SINGOLE: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("api-una-autorita", ("pat-acs",)),
    ("api-adesione", (CODICE, "cs4", "2022-07-15")),
    ("api-marchio", ("pat-acs", "family_audit")),
    ("api-certificazione", ("cs4", "pat-acs", "family_audit", "-")),
    ("api-atto", ("determinazione-6607-2025",)),
    ("api-schema-classificazione", ("distretti-2025",)),
    ("api-voce-classificazione", ("distretti-2025", "A0206")),
)


def _pubblici() -> Iterator[Indirizzo]:
    for nome in ("privacy", "accessibilita", "segnalazioni", "licenza", "dati-pubblici"):
        yield Indirizzo(nome, senza, pubblico=200)
    for nome in ("inizio", "stato", "distretti", "programmi"):
        yield Indirizzo(nome, senza, pubblico=200)
    for nome in (
        "api-radice",
        "api-stato",
        "api-openapi",
        "api-schema-scheda",
        "api-distretti",
        "api-programmi",
    ):
        yield Indirizzo(nome, senza, pubblico=200)
    for nome in ("adesioni", "atti", "autorita", "certificazioni", "indicatori", "marchi", "progettualita"):
        yield Indirizzo(
            f"api-{nome}", senza, pubblico=200, query="?anno=2025" if nome == "indicatori" else ""
        )
        yield Indirizzo(f"api-{nome}", senza, pubblico=200, query="?modificato_da=2020-01-01&limit=100")
    yield Indirizzo("api-schemi-classificazione", senza, pubblico=200)
    yield Indirizzo("api-voci-classificazione", senza, pubblico=200, query="?schema=distretti-2025")
    for nome, chiave in _API_SINGOLE:
        yield Indirizzo(nome, lambda _, chiave=chiave: chiave, pubblico=200)  # type: ignore[misc]
    yield Indirizzo("api-una-progettualita", programma_di("approvato", 1), pubblico=200)
    yield Indirizzo("api-indicatore", lambda m: (*programma_di("approvato")(m), "1.1"), pubblico=200)
    yield Indirizzo("api-organizzazioni", senza, pubblico=200)
    for nome in ("distretto", "api-distretto"):
        yield Indirizzo(nome, del_distretto, pubblico=200)
    for nome in ("organizzazione", "api-organizzazione"):
        yield Indirizzo(nome, dell_organizzazione, pubblico=200)
    for nome in ("programma", "api-programma", "api-scheda"):
        yield Indirizzo(nome, programma_di("approvato"), pubblico=200)
    yield Indirizzo("progettualita", programma_di("approvato", 1), pubblico=200)
    yield Indirizzo("atto-file", lambda m: (m.atto_pubblico.codice,), pubblico=200)
    yield Indirizzo("api-non-trovata", senza, pubblico=404, leggono=(), vietato=404)
    # The same addresses with a question: lists that filter, a day, a page, a cursor.
    yield Indirizzo("distretti", senza, pubblico=200, query="?tipo=territoriale&page=2")
    yield Indirizzo("programmi", senza, pubblico=200, query="?anno=2025")
    yield Indirizzo("cerca", senza, pubblico=200, query="?q=azione")
    for tra, parola in (
        ("distretti", "apsp"),
        ("organizzazioni", "azione"),
        ("progettualita", "azione"),
    ):
        yield Indirizzo("cerca", senza, pubblico=200, query=f"?q={parola}&tra={tra}")
    yield Indirizzo("distretto", del_distretto, pubblico=200, query="?alla_data=2025-12-31")
    yield Indirizzo("api-distretti", senza, pubblico=200, query="?limit=100&sort=-denominazione")
    yield Indirizzo("api-programmi", senza, pubblico=200, query="?anno=2025&limit=100")
    membri = "?distretto=dfa-alta-valsugana&alla_data=2025-12-31&limit=100"
    yield Indirizzo("api-organizzazioni", senza, pubblico=200, query=membri)
    yield Indirizzo("documentazione", senza, pubblico=200)


def _non_approvati() -> Iterator[Indirizzo]:
    """What is public on an approved programme does not exist for a stranger before the approval."""
    for quale in ("bozza", "trasmesso"):
        for nome in ("programma", "api-programma", "api-scheda", "api-valutazione"):
            yield Indirizzo(nome, programma_di(quale), pubblico=404)
        yield Indirizzo("progettualita", programma_di(quale, 1), pubblico=404)
        yield Indirizzo("api-una-progettualita", programma_di(quale, 1), pubblico=404)
        yield Indirizzo("api-indicatore", lambda m, q=quale: (*programma_di(q)(m), "obb.1"), pubblico=404)  # type: ignore[misc]
    yield Indirizzo("atto-file", lambda m: (m.atto_riservato.codice,), pubblico=404)


RIGHE = (*_pubblici(), *_non_approvati())
