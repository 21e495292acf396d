"""L'andamento dell'anno: ciò che era fatto alla fine di ogni mese, e ciò che è previsto da oggi in poi."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from programmi.models import Programma
from tests.kernel.costruzione import Json, scheda_con
from tests.valutazione.conftest import Registra, indirizzo
from valutazione.andamento import momenti
from valutazione.grafico_andamento import andamento_di
from valutazione.kernel import valuta
from valutazione.scheda import leggi_scheda

INCONTRI = {"tipo": "per_unita", "percentuale": "20", "evidenze": ["incontro"]}
EVIDENZE: list[Json] = [
    {"codice": "e1", "tipo": "incontro", "riga": "1.1", "data": "2025-01-31", "stato": "accolta"},
    {"codice": "e2", "tipo": "incontro", "riga": "1.1", "data": "2025-02-01"},
    {"codice": "e3", "tipo": "incontro", "riga": "1.1", "data": "2025-05-20"},
    {"codice": "e4", "tipo": "incontro", "riga": "1.1", "data": "2025-11-30", "pianificata": True},
    {"codice": "e5", "tipo": "incontro", "riga": "1.1", "data": "2025-04-02", "pianificata": True},
]
OGGI = date(2025, 5, 20)


def scheda(evidenze: list[Json] = EVIDENZE, **altro: Any) -> Any:
    return leggi_scheda(scheda_con({"1.1": INCONTRI}, evidenze, **altro))


def colonne(oggi: date = OGGI) -> dict[str, tuple[str, ...]]:
    return {riga.nome: riga.celle for riga in andamento_di(scheda(), oggi).curve[0].righe}


def test_ogni_mese_fino_a_oggi_e_poi_cio_che_e_previsto() -> None:
    righe = colonne()
    assert list(righe)[:6] == ["gennaio", "febbraio", "marzo", "aprile", "oggi, 20 maggio 2025", "maggio"]
    assert righe["gennaio"] == ("20,00%", "20,00%", "–")
    assert righe["febbraio"] == ("40,00%", "20,00%", "–")
    assert righe["aprile"] == ("40,00%", "20,00%", "–")
    # Ciò che doveva avvenire in aprile e non è confermato si vede, ma solo nella previsione.
    assert righe["oggi, 20 maggio 2025"] == ("60,00%", "20,00%", "80,00%")
    assert righe["maggio"] == ("–", "–", "80,00%")
    assert righe["ottobre"] == ("–", "–", "80,00%")
    assert righe["dicembre"] == ("–", "–", "100,00%")


def test_l_ultimo_punto_e_la_valutazione_di_oggi() -> None:
    esito = valuta(scheda()).programma.valori
    oggi, fine = (next(m for m in momenti(scheda(), OGGI) if m.nome == nome) for nome in ("oggi", "dicembre"))
    assert (oggi.esito.valori.dichiarato, oggi.esito.valori.riconosciuto) == (
        esito.dichiarato,
        esito.riconosciuto,
    )
    assert fine.esito.valori == esito


def test_oggi_sull_ultimo_giorno_di_un_mese_non_si_ripete() -> None:
    righe = colonne(date(2025, 5, 31))
    assert len(righe) == 12
    assert righe["maggio"] == ("60,00%", "20,00%", "80,00%")
    segnata = [riga.nome for riga in andamento_di(scheda(), date(2025, 5, 31)).curve[0].righe if riga.oggi]
    assert segnata == ["maggio"]


@pytest.mark.parametrize(
    ("oggi", "dichiarati", "previsti"),
    [
        (date(2024, 12, 30), 0, 12),
        (date(2024, 12, 31), 0, 12),
        (date(2025, 1, 1), 1, 13),
        (date(2025, 12, 31), 12, 1),
        (date(2026, 1, 1), 12, 1),
    ],
)
def test_ai_bordi_dell_esercizio(oggi: date, dichiarati: int, previsti: int) -> None:
    andamento = andamento_di(scheda(), oggi)
    righe = andamento.curve[0].righe
    assert sum(riga.celle[0] != "–" for riga in righe) == dichiarati
    assert sum(riga.celle[2] != "–" for riga in righe) == previsti
    assert (andamento.oggi is not None) is (date(2025, 1, 1) <= oggi <= date(2025, 12, 31))
    assert len(andamento.mesi) == 12


def test_le_parole_del_grafico_dicono_cio_che_si_vede() -> None:
    curva = andamento_di(scheda(), OGGI).curve[0]
    assert curva.descrizione == (
        "Al 20 maggio 2025: dichiarato 60,00%, riconosciuto 20,00%. "
        "Alla fine dell'esercizio, se avviene ciò che è previsto: 100,00%"
    )


def test_le_linee_stanno_nel_disegno() -> None:
    curva = andamento_di(scheda(), OGGI).curve[0]
    dichiarato, riconosciuto, prospettico = curva.linee
    assert [(p.x, p.y) for p in dichiarato.punti[:3]] == [("0", "200"), ("50", "160"), ("100", "120")]
    assert len(dichiarato.punti) == len(riconosciuto.punti) == 6
    assert prospettico.punti[-1].x == "600"
    assert prospettico.punti[-1].y == "0"
    assert prospettico.percorso.startswith("232.26,40")


def test_un_esercizio_di_due_anni_dice_l_anno() -> None:
    andamento = andamento_di(scheda(al="2026-12-31"), OGGI)
    assert len(andamento.mesi) == 24
    assert andamento.curve[0].righe[-1].nome == "dicembre 2026"


def test_cio_che_non_si_valuta_non_ha_una_curva() -> None:
    assert andamento_di(leggi_scheda(scheda_con({"1.1": None})), OGGI).curve == ()
    senza = andamento_di(scheda(), OGGI)
    assert [curva.nome for curva in senza.curve] == ["Programma", "Progettualità"]


@pytest.mark.django_db
def test_la_pagina_ha_il_disegno_e_la_tabella(
    manager: Client, programma: Programma, registra: Registra
) -> None:
    registra("comunicato_stampa", ["obb.6"])
    pagina = manager.get(indirizzo("andamento", programma)).content.decode()
    assert pagina.count('role="img"') == 3
    assert pagina.count("<polyline") == 3 * (3 + 3)
    assert "I numeri del grafico" in pagina
    nomi = [riga.split('"')[0] for riga in pagina.split(' id="')[1:]]
    assert len(nomi) == len(set(nomi))
