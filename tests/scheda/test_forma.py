"""La forma normale e la forma pubblica."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.scheda.modifiche import cambia, esempio
from valutazione.scheda import forma_pubblica, leggi_scheda, scheda_json

PROGRAMMI = sorted((Path(__file__).parents[2] / "fixtures" / "programmi").glob("*.json"))
E1 = "$.evidenze[0]"


def pieno() -> dict[str, Any]:
    """The example with every optional key somewhere."""
    regola = {
        "tipo": "manuale",
        "assegnata": "62.5",
        "motivazione": "Come da nota riservata",
        "massimo": "50",
    }
    progetto = dict.fromkeys(
        (
            *("tipo_azione", "ambito", "obiettivo_generale", "obiettivo_specifico", "titolo", "azioni"),
            *("altre_organizzazioni", "tempi", "percentuali"),
        ),
        "Testo del progetto",
    ) | {
        "numero": 3,
        "peso": "2",
        "referenti": [{"testo": "Comune", "organizzazione": "comune"}],
        "indicatori_testo": ["Realizzazione del progetto"],
        "classificazioni": [{"schema": "s", "codice": "1"}],
        "indicatori": [
            {"codice": "prima", "testo": "Prima riga", "testo_regola": "", "regola": None},
            {"codice": "seconda", "testo": "Seconda riga", "testo_regola": "50%", "regola": regola},
        ],
    }
    return cambia(
        esempio(),
        ("$.dimostrazione", True),
        (
            "$.fonte",
            {"ente": "Provincia", "atto": "determinazione", "numero": "1", "data": "2025-06-19", "nota": ""},
        ),
        ("$.titolo", "PROGRAMMA DI LAVORO"),
        ("$.premessa", "# Premessa\n\nTesto"),
        ("$.dati", {"anno_nascita": None, "approvazione": "Delibera 1", "accordo": ""}),
        (
            "$.attori",
            [{"ruolo": "manager", "nome": "N.", "qualifica": "", "mail": "a@b.it", "telefono": "0461000000"}],
        ),
        ("$.canali", [{"tipo": "sito", "etichetta": "SITO", "valore": "TBD"}]),
        ("$.testo_obbligatorie", "OBBLIGATORIE"),
        ("$.aderenti_al", "2025-03-31"),
        (
            "$.atti",
            [
                {
                    "codice": "a1",
                    "tipo": "legge",
                    "ente": "P",
                    "numero": "",
                    "data": None,
                    "oggetto": "",
                    "riferimento": "",
                }
            ],
        ),
        (
            "$.passaggi",
            [
                {
                    "azione": "trasmissione",
                    "il": "2025-04-01",
                    "atto": None,
                    "protocollo_mittente": "1",
                    "protocollo_ricevente": "",
                    "nota": "Nota riservata di chi trasmette",
                },
                {
                    "azione": "rinvio",
                    "il": "2025-04-15",
                    "atto": "a1",
                    "protocollo_mittente": "",
                    "protocollo_ricevente": "2",
                    "nota": "Motivo riservato del rinvio",
                },
            ],
        ),
        ("$.organizzazioni[0].natura", "pubblica"),
        ("$.obbligatorie[0].testo_evidenze", "elenco"),
        ("$.obbligatorie[0].peso", "100/3"),
        ("$.obbligatorie[0].dal", "2025-02-01"),
        ("$.obbligatorie[0].al", "2025-11-30"),
        ("$.progettualita[0].peso", "2.5"),
        ("$.progettualita[0].indicatori[2].regola", regola),
        (f"{E1}.data_fine", "2025-02-12"),
        (f"{E1}.descrizione", "Descrizione riservata"),
        (f"{E1}.luogo", "Luogo riservato"),
        (f"{E1}.url", "https://riservato.example/"),
        (
            f"{E1}.allegati",
            [{"nome": "riservato.pdf", "tipo": "application/pdf", "dimensione": 1, "sha256": "0" * 64}],
        ),
        (f"{E1}.titolo_pubblico", "Incontro di avvio"),
        ("$.evidenze[7].tipo", "progetto_fuori_programma"),
        ("$.evidenze[7].progetto", progetto),
    )


@pytest.mark.parametrize("documento", [esempio(), pieno()], ids=["esempio", "con tutte le chiavi"])
def test_la_forma_normale_conserva_tutto(documento: dict[str, Any]) -> None:
    assert scheda_json(leggi_scheda(documento)) == documento


@pytest.mark.parametrize("percorso", PROGRAMMI, ids=lambda percorso: percorso.stem)
def test_i_programmi_veri_si_leggono_e_si_riscrivono(percorso: Path) -> None:
    documento = json.loads(percorso.read_text(encoding="utf-8"))
    scheda = leggi_scheda(documento)
    assert leggi_scheda(scheda_json(scheda)) == scheda


def test_i_valori_predefiniti_scritti_o_taciuti_sono_lo_stesso() -> None:
    scritti = cambia(
        esempio(),
        ("$.obbligatorie[0].peso", "1.0"),
        ("$.obbligatorie[0].regola.massimo", "200/2"),
        ("$.obbligatorie[0].regola.presenze", []),
        ("$.obbligatorie[2].regola.tutte", True),
        ("$.obbligatorie[3].regola.lettura", "soglia"),
        (f"{E1}.pianificata", False),
        (f"{E1}.luogo", ""),
        (f"{E1}.imputazioni[0].misura", None),
        ("$.evidenze[4].imputazioni[0].misura.ore", "6.00"),
    )
    assert leggi_scheda(scritti) == leggi_scheda(esempio())


def test_la_forma_pubblica_toglie_quello_che_e_personale() -> None:
    pubblica = forma_pubblica(pieno())
    testo = json.dumps(pubblica, ensure_ascii=False)
    for parola in (
        "riservat",
        "Testo del progetto",
        "0461000000",
        "motivazione",
        "telefono",
        "Avvio dell'anno",
    ):
        assert parola not in testo
    prima = pubblica["evidenze"][0]
    assert (
        prima["titolo"]
        is prima["argomento"]
        is prima["descrizione"]
        is prima["luogo"]
        is prima["url"]
        is True
    )
    assert (prima["persone"], prima["allegati"]) == (2, 1)
    assert [passaggio["nota"] for passaggio in pubblica["passaggi"]] == ["", ""]
    assert prima["titolo_pubblico"] == "Incontro di avvio"
    assert prima["organizzazioni"] == ["comune", "coop"]
    assert prima["presenze"] == ["manager", "coordinatore"]
    assert (pubblica["evidenze"][1]["allegati"], pubblica["evidenze"][3]["persone"]) == (0, 0)
    assert pubblica["attori"] == [{"ruolo": "manager", "nome": "N.", "qualifica": "", "mail": "a@b.it"}]
    assert pubblica["forma"] == "pubblica"


def test_la_forma_pubblica_di_una_forma_pubblica_e_la_stessa() -> None:
    pubblica = forma_pubblica(pieno())
    assert forma_pubblica(pubblica) == pubblica
    assert scheda_json(leggi_scheda(pubblica)) == pubblica


def test_i_testi_vuoti_restano_vuoti_nella_forma_pubblica() -> None:
    pubblica = forma_pubblica(cambia(esempio(), (f"{E1}.titolo", "  "), (f"{E1}.argomento", " \n")))
    assert pubblica["evidenze"][0]["titolo"] == ""
    assert "argomento" not in pubblica["evidenze"][0]
