"""I dati inventati della dimostrazione si riconoscono, sono schede valide e usano ogni tipo di evidenza."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from valutazione.kernel import EsitoRiga, Motivo, valuta
from valutazione.scheda.lettura import leggi_scheda
from valutazione.scheda.modello import Scheda
from valutazione.scheda.scrittura import scheda_json

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
UFFICI = ("Coordinatrice istituzionale", "Referente amministrativo", "Referenti", "Componenti", "Manager")


@cache
def leggi_json(nome: str) -> Any:
    return json.loads((FIXTURES / nome).read_text("utf-8"))


def reale_con_evidenze() -> Any:
    programma = leggi_json("programmi/dfa-alta-valsugana-2025.json")
    inventate = leggi_json("dimostrazione/evidenze-dfa-alta-valsugana-2025.json")["evidenze"]
    return {**programma, "dimostrazione": True, "evidenze": inventate}


def dimostrativo() -> Any:
    return leggi_json("dimostrazione/distretto-dimostrativo-2025.json")


DOCUMENTI = pytest.mark.parametrize(
    "documento", [reale_con_evidenze(), dimostrativo()], ids=["reale", "demo"]
)


@DOCUMENTI
def test_e_una_scheda_valida_in_forma_normale(documento: Any) -> None:
    assert scheda_json(leggi_scheda(documento)) == documento


@DOCUMENTI
def test_si_dichiara_dimostrazione(documento: Any) -> None:
    assert leggi_scheda(documento).dimostrazione


def test_gli_atti_del_distretto_inventato_si_riconoscono() -> None:
    for atto in dimostrativo()["atti"]:
        assert (atto["ente"], atto["numero"]) == ("Ente dimostrativo", "0/DIMOSTRAZIONE")
        assert "inventato" in atto["oggetto"]
    assert "dati inventati" in dimostrativo()["distretto"]["denominazione"]
    assert all("(DATI INVENTATI)" in o["denominazione"] for o in dimostrativo()["organizzazioni"])


@DOCUMENTI
def test_le_persone_sono_uffici_e_gli_indirizzi_non_esistono(documento: Any) -> None:
    for evidenza in documento["evidenze"]:
        assert all(persona.startswith(UFFICI) for persona in evidenza.get("persone", []))
        assert evidenza.get("url", "https://dimostrazione.example/").startswith(
            "https://dimostrazione.example/"
        )


def test_le_evidenze_del_programma_reale_usano_ogni_tipo_che_le_regole_ammettono() -> None:
    scheda = leggi_scheda(reale_con_evidenze())
    ammessi = {tipo for riga in scheda.righe.values() if riga.regola for tipo in riga.regola.evidenze}
    assert {evidenza.tipo for evidenza in scheda.evidenze} == ammessi


def stati(scheda: Scheda) -> set[str]:
    imputazioni = [i for e in scheda.evidenze for i in e.imputazioni]
    parziali = {"parziale" for i in imputazioni if i.misura_riconosciuta is not None}
    pianificate = {"pianificata" for e in scheda.evidenze if e.pianificata}
    return {i.stato.value for i in imputazioni} | parziali | pianificate


def test_le_evidenze_del_programma_reale_hanno_ogni_stato() -> None:
    attesi = {"accolta", "in_attesa", "respinta", "parziale", "pianificata"}
    assert stati(leggi_scheda(reale_con_evidenze())) == attesi


def test_il_distretto_inventato_ha_ogni_forma_di_regola() -> None:
    forme = {
        riga.regola.tipo if riga.regola else None for riga in leggi_scheda(dimostrativo()).righe.values()
    }
    assert {None, "unica", "per_unita", "fasce", "per_distinti", "composta", "quota_ore", "manuale"} == forme


def righe_valutate(documento: Any) -> list[EsitoRiga]:
    return [riga for azione in valuta(leggi_scheda(documento)).azioni for riga in azione.righe]


def test_i_due_documenti_mostrano_insieme_ogni_motivo_di_scarto() -> None:
    righe = [*righe_valutate(reale_con_evidenze()), *righe_valutate(dimostrativo())]
    assert {scartata.motivo for riga in righe for scartata in riga.scartate} == set(Motivo)


def test_il_programma_reale_mostra_evidenze_oltre_il_massimo_e_una_riga_non_valutata() -> None:
    righe = righe_valutate(reale_con_evidenze())
    assert [riga.codice for riga in righe if riga.oltre_il_massimo] == ["obb.3", "obb.5", "7.1"]
    assert [riga.codice for riga in righe if riga.valori.dichiarato is None] == ["obb.9"]
