"""Una riga della tabella: la voce della scheda, o che cosa non va, cella per cella."""

from typing import Any

import pytest

from programmi.regola import TipoEvidenza
from tests.pdf.lettura import scheda_piena
from valutazione.serie.doppioni import Registrate
from valutazione.serie.nomi import Nomi
from valutazione.serie.riga import LUNGHEZZA_TITOLO, Scelte, leggi_riga

NOMI = Nomi([("pergine", ["Comune di Pergine"])])


def scelte(tipo: str, *righe: str, **altro: Any) -> Scelte:
    return Scelte(TipoEvidenza(tipo), [scheda_piena().righe[codice] for codice in righe], anno=2025, **altro)


def test_un_incontro_intero() -> None:
    celle = {"data": "12/3", "argomento": "Avvio", "persone": "A; B", "organizzazioni": "comune di PERGINE"}
    letta = leggi_riga(celle, scelte("incontro", "obb.2", "obb.3", presenze=["manager"], luogo="Sede"), NOMI)
    assert letta.errori == {}
    assert letta.voce == {
        "tipo": "incontro",
        "data": "2025-03-12",
        "titolo": "Incontro del 12 marzo 2025: Avvio",
        "argomento": "Avvio",
        "luogo": "Sede",
        "persone": ["A", "B"],
        "organizzazioni": ["pergine"],
        "presenze": ["manager"],
        "imputazioni": [
            {"indicatore": "obb.2", "stato": "in_attesa"},
            {"indicatore": "obb.3", "stato": "in_attesa"},
        ],
    }


@pytest.mark.parametrize(
    ("celle", "colonna", "messaggio"),
    [
        ({"argomento": "Avvio"}, "data", "Scrivi la data"),
        ({"data": "31/02/2025", "argomento": "Avvio"}, "data", "non è una data che esiste"),
        ({"data": "12/3"}, "argomento", "Scrivi l'argomento"),
        ({"data": "12/3", "argomento": "A", "organizzazioni": "X"}, "organizzazioni", "«X» non è nel"),
        ({"data": "12/3", "argomento": "A" * 2001}, "argomento", "al massimo 2000"),
        ({"data": "12/3", "argomento": "A", "luogo": "A" * 501}, "luogo", "al massimo 500"),
    ],
)
def test_ogni_errore_e_accanto_alla_sua_cella(celle: dict[str, str], colonna: str, messaggio: str) -> None:
    letta = leggi_riga(celle, scelte("incontro", "obb.3"), NOMI)
    assert list(letta.errori) == [colonna]
    assert messaggio in letta.errori[colonna]


@pytest.mark.parametrize(
    ("tipo", "riga", "testo", "misura"),
    [
        ("post", "1.3", "3", {"unita": 3}),
        ("post", "1.3", "1", None),
        ("post", "1.3", "", None),
        ("formazione", "obb.9", "2,5", {"ore": "2.5"}),
        ("piano_editoriale", "obb.7", "Calendario Editoriale", {"parti": ["calendario editoriale"]}),
    ],
)
def test_le_misure(tipo: str, riga: str, testo: str, misura: dict[str, Any] | None) -> None:
    chiave = f"misura-{riga.replace('.', '-')}"
    letta = leggi_riga(
        {"data": "12/3", "titolo": "T", "argomento": "A", chiave: testo}, scelte(tipo, riga), NOMI
    )
    assert letta.errori == {}
    assert letta.voce["imputazioni"][0].get("misura") == misura


@pytest.mark.parametrize(
    ("tipo", "riga", "testo", "messaggio"),
    [
        ("post", "1.3", "0", "numero intero"),
        ("post", "1.3", "tre", "numero intero"),
        ("post", "1.3", "9" * 400, "numero intero"),
        ("post", "1.3", "000000001999999", "numero intero"),
        ("formazione", "obb.9", "-2", "numero di ore"),
        ("piano_editoriale", "obb.7", "copertina", "Le parti sono"),
    ],
)
def test_le_misure_sbagliate(tipo: str, riga: str, testo: str, messaggio: str) -> None:
    chiave = f"misura-{riga.replace('.', '-')}"
    letta = leggi_riga(
        {"data": "12/3", "titolo": "T", "argomento": "A", chiave: testo}, scelte(tipo, riga), NOMI
    )
    assert messaggio in letta.errori[chiave]


def test_il_titolo_fatto_da_se_non_e_mai_troppo_lungo() -> None:
    letta = leggi_riga({"data": "12/3", "argomento": "parola " * 200}, scelte("incontro"), NOMI)
    assert len(letta.voce["titolo"]) <= LUNGHEZZA_TITOLO


@pytest.mark.parametrize("indirizzo", ["javascript:alert(1)", "esempio.it", "ftp://esempio.it", "https://"])
def test_un_indirizzo_web_si_scrive_per_intero(indirizzo: str) -> None:
    celle = {"data": "12/3", "argomento": "A", "url": indirizzo}
    assert "per intero" in leggi_riga(celle, scelte("post", "1.3"), NOMI).errori["url"]


def test_i_doppioni_si_dicono_per_tipo_giorno_e_argomento() -> None:
    registrate = Registrate(
        [{"codice": "e1", "tipo": "incontro", "data": "2025-03-12", "argomento": "Avvio", "titolo": "T"}]
    )
    uguale = {"tipo": "incontro", "data": "2025-03-12", "argomento": " AVVIO "}
    assert registrate.uguale_a(uguale) == "l'evidenza e1"
    assert registrate.uguale_a(uguale | {"data": "2025-03-13"}) == ""
    assert registrate.uguale_a(uguale | {"tipo": "evento"}) == ""
    registrate.aggiungi(uguale | {"data": "2025-03-13"}, "la riga 1")
    assert registrate.uguale_a(uguale | {"data": "2025-03-13"}) == "la riga 1"
