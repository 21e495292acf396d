"""Ogni indirizzo, scritto a mano: chi lo legge, chi vi scrive, che cosa riceve un estraneo."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.conftest import CODICE
from tests.indirizzi import corpi
from tests.indirizzi.mondo import Argomenti, Mondo, del_distretto, programma_di

DENTRO = (
    "manager",
    "referente",
    "coordinatore",
    "agenzia",
    "verificatore",
    "dirigente",
    "auditor",
    "amministratore",
)
"""Who holds a role that reaches the district of the scene."""
FUORI = ("manager_altro", "manager_scaduto", "estraneo")
"""Manager of another district, a role that ended, nobody."""

SCRIVONO = ("manager", "referente")
APPROVANO = ("agenzia", "dirigente")
VERIFICANO = ("agenzia", "verificatore")
REGISTRO = ("agenzia", "amministratore")

LETTURA, INVIO, MODULO = ("GET",), ("POST",), ("GET", "POST")


@dataclass(frozen=True)
class Indirizzo:
    """A row of the table.

    ``pubblico``: what an anonymous GET gets, None for a private address (then the sign-in page, or
    401 on the API). ``fuori``: what somebody without a role on the district gets by an admitted
    method. ``leggono`` get 200 by GET, ``scrivono`` write by POST and get ``scritto``; the others of
    ``DENTRO`` get ``vietato``.
    """

    nome: str
    argomenti: Argomenti
    metodi: tuple[str, ...] = LETTURA
    pubblico: int | None = None
    leggono: tuple[str, ...] = DENTRO
    scrivono: tuple[str, ...] = ()
    vietato: int = 403
    fuori: int = 403
    scritto: int = 302
    corpo: Callable[[Mondo], dict[str, Any]] = corpi.niente
    query: str = ""

    @property
    def api(self) -> bool:
        return self.nome.startswith("api-")

    def __str__(self) -> str:
        return self.nome + self.query

    def indirizzo(self, mondo: Mondo) -> str:
        if self.nome == "api-non-trovata":
            return "/api/v1/nessuno"
        return reverse(self.nome, args=self.argomenti(mondo)) + self.query

    def per_anonimi(self, metodo: str) -> int:
        """What an anonymous request gets."""
        if self.pubblico is None and not self.api:
            return 302
        if metodo not in self.metodi:
            return 405
        if self.pubblico is None:
            return 401 if self.fuori == 403 else self.fuori
        return self.pubblico

    def per_estranei(self, metodo: str) -> int:
        """What a person gets who is signed in without a role on the district."""
        if metodo not in self.metodi:
            return 405
        return self.fuori if self.pubblico is None else self.pubblico

    def per(self, ruolo: str, metodo: str) -> int:
        """What a person of the district gets: 200 to read, ``scritto`` after writing."""
        if metodo not in self.metodi:
            return 405
        if metodo == "POST":
            return self.scritto if ruolo in self.scrivono else self.vietato
        return 200 if ruolo in self.leggono else self.vietato


def senza(mondo: Mondo) -> tuple[object, ...]:
    return ()


def dell_organizzazione(mondo: Mondo) -> tuple[object, ...]:
    return (mondo.organizzazione.codice,)


def dell_autorita(mondo: Mondo) -> tuple[object, ...]:
    return (mondo.approvato.distretto.autorita.codice,)


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


def _scrittura() -> Iterator[Indirizzo]:
    """Writing the promise of a programme that is not approved: a stranger does not know it exists."""

    def riga(nome: str, metodi: tuple[str, ...], corpo: Any, *altri: str, query: str = "") -> Indirizzo:
        return Indirizzo(
            nome,
            programma_di("bozza", *altri),
            metodi,
            leggono=SCRIVONO if "GET" in metodi else (),
            scrivono=SCRIVONO if "POST" in metodi else (),
            fuori=404,
            corpo=corpo,
            query=query,
        )

    yield Indirizzo(
        "programma-nuovo",
        del_distretto,
        MODULO,
        leggono=SCRIVONO,
        scrivono=SCRIVONO,
        corpo=corpi.programma_nuovo,
    )
    yield riga("programma-modifica", LETTURA, corpi.niente)
    yield riga("programma-dati", MODULO, corpi.dati)
    yield riga("programma-premessa", MODULO, corpi.premessa)
    yield riga("programma-attori", MODULO, corpi.attori)
    yield riga("programma-canali", MODULO, corpi.canali)
    yield riga("progettualita-nuova", MODULO, corpi.progettualita_nuova)
    yield riga("progettualita-modifica", MODULO, corpi.progettualita, "azione")
    yield riga("progettualita-elimina", INVIO, corpi.niente, "azione")
    yield riga("progettualita-sposta", INVIO, corpi.giu, "azione")
    yield riga("indicatore-nuovo", MODULO, corpi.riga_nuova, "azione")
    yield riga("obbligatoria-nuova", MODULO, corpi.riga_nuova)
    yield riga("indicatore-modifica", MODULO, corpi.riga, "riga")
    yield riga("indicatore-elimina", INVIO, corpi.niente, "riga")
    yield riga("indicatore-sposta", INVIO, corpi.giu, "riga")
    yield riga("indicatore-regola", MODULO, corpi.regola, "riga")
    for tipo in ("fasce", "nessuna"):
        yield riga("indicatore-regola", MODULO, corpi.regola, "riga", query=f"?tipo={tipo}")


def _procedura() -> Iterator[Indirizzo]:
    def passo(nome: str, quale: str, chi: tuple[str, ...], corpo: Any) -> Indirizzo:
        return Indirizzo(nome, programma_di(quale), MODULO, None, chi, chi, fuori=404, corpo=corpo)

    yield passo("programma-trasmetti", "bozza", ("referente",), corpi.trasmissione)
    yield passo("programma-rinvia", "trasmesso", APPROVANO, corpi.rinvio)
    yield passo("programma-approva", "trasmesso", APPROVANO, corpi.approvazione)
    yield Indirizzo(
        "adesione-nuova", del_distretto, MODULO, leggono=REGISTRO, scrivono=REGISTRO, corpo=corpi.adesione
    )


def _evidenze() -> Iterator[Indirizzo]:
    """Evidence and percentages: closed also where the promise is public."""
    manager = ("manager",)

    def di(*altri: str) -> Argomenti:
        return programma_di("approvato", *altri)

    for nome in ("perche", "relazione", "evidenze", "api-valutazione"):
        yield Indirizzo(nome, di())
    yield Indirizzo("relazione-estremi", di(), leggono=APPROVANO)
    yield Indirizzo("perche-azione", lambda m: (*di()(m), "P1"))
    yield Indirizzo("evidenze", di(), query="?verifica=in_attesa")
    yield Indirizzo("evidenza", di("evidenza"))
    yield Indirizzo("evidenza", di("ritirata"))
    yield Indirizzo("allegato", di("evidenza", "allegato"))
    # A bozza is of its manager alone: to the others its file does not exist.
    yield Indirizzo("allegato", di("abbozzo", "allegato_abbozzo"), leggono=manager, vietato=404)
    yield Indirizzo("evidenza-nuova", di(), MODULO, None, manager, manager, corpo=corpi.evidenza_nuova)
    modifica = "evidenza-modifica"
    for corpo in (corpi.evidenza_bozza, corpi.allegato_togli):
        yield Indirizzo(modifica, di("abbozzo"), MODULO, None, manager, manager, corpo=corpo)
    yield Indirizzo(modifica, di("evidenza"), MODULO, None, manager, manager, corpo=corpi.evidenza_registrata)
    # A registered evidence is withdrawn, a bozza is thrown away.
    yield Indirizzo("evidenza-ritira", di("evidenza"), INVIO, None, (), manager, corpo=corpi.ritiro)
    yield Indirizzo("evidenza-elimina", di("abbozzo"), INVIO, None, (), manager)
    yield Indirizzo("verifica", di(), leggono=VERIFICANO)
    yield Indirizzo(
        "imputazione-verifica",
        di("evidenza", "imputazione"),
        MODULO,
        leggono=VERIFICANO,
        scrivono=VERIFICANO,
        corpo=corpi.verifica,
    )


def _token() -> Iterator[Indirizzo]:
    """Read tokens: each person's own, and those of the authority for its administrators."""
    manager, amministra = ("manager",), ("amministratore",)
    yield Indirizzo("token", senza, fuori=200)
    yield Indirizzo(
        "token-nuovo",
        lambda m: (m.incarico.pk,),
        MODULO,
        leggono=manager,
        scrivono=manager,
        vietato=404,
        fuori=404,
        scritto=201,
        corpo=corpi.token,
    )
    revocano = (*manager, *amministra)
    yield Indirizzo(
        "token-revoca", lambda m: (m.token.pk,), INVIO, None, (), revocano, vietato=404, fuori=404
    )
    yield Indirizzo("token-autorita", dell_autorita, leggono=amministra)
    yield Indirizzo(
        "token-applicazione",
        dell_autorita,
        MODULO,
        leggono=amministra,
        scrivono=amministra,
        scritto=201,
        corpo=corpi.applicazione,
    )


TAVOLA: tuple[Indirizzo, ...] = (
    *_pubblici(),
    *_non_approvati(),
    *_scrittura(),
    *_procedura(),
    *_evidenze(),
    *_token(),
    Indirizzo("scrivania", senza, fuori=200),
)

SESSIONE = ("accesso", "uscita")
"""They sign in and out: their own tests, here and in tests/distretti/test_accesso.py."""


def nomi_della_urlconf(voci: Any = None) -> Iterator[str]:
    """The name (or the pattern) of every address that answers."""
    for voce in voci if voci is not None else get_resolver().url_patterns:
        if isinstance(voce, URLResolver):
            yield from nomi_della_urlconf(voce.url_patterns)
        elif isinstance(voce, URLPattern):
            yield voce.name or str(voce.pattern)
