"""Il quadro dell'anno: chi lo legge, che cosa dice, le tabelle da portare via."""

import csv
import html
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from io import BytesIO, StringIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from distretti.basi.italiano import arrotonda, percento
from distretti.models import Utente
from programmi.models import Programma
from tests.bench.genera import genera
from tests.bench.misure import Misure
from tests.bench.registro import PREFISSO
from tests.conftest import Persone
from valutazione.letture import valutazione_di
from valutazione.models import Chiusura
from valutazione.provincia.quadro import quadro_di
from valutazione.provincia.tabella import COLONNE

PICCOLE = Misure(distretti=4, anni=2, progettualita=3, aderenti=2, evidenze=8, ultimo_anno=2026)


def indirizzo(nome: str = "quadro", anno: int = 2025) -> str:
    return reverse(nome, args=["pat-acs", anno])


@pytest.fixture
def agenzia(accedi: Callable[[Utente], Client], persone: Persone) -> Client:
    return accedi(persone.agenzia)


def test_ogni_programma_con_le_sue_percentuali(agenzia: Client, programma: Programma) -> None:
    genera(PICCOLE)
    quadro = quadro_di(programma.distretto.autorita, 2025)
    assert len(quadro.programmi) == 5
    for riga in quadro.programmi:
        assert riga.tre == valutazione_di(riga.programma).esito.programma.valori
    azioni = [azione for riga in quadro.programmi for azione in riga.azioni]
    senza = [azione for azione in azioni if not azione.valori.valutata]
    assert quadro.quota_non_valutate == Fraction(100 * len(senza), len(azioni))
    assert [gruppo.nome for gruppo in quadro.per_anno] == ["2025"]
    medie = [riga.tre.riconosciuto or Fraction(0) for riga in quadro.programmi]
    assert quadro.per_anno[0].valori.riconosciuto == sum(medie, Fraction(0)) / 5
    pagina = agenzia.get(indirizzo()).content.decode()
    quanti = f"Su {len(azioni)} azioni dei programmi approvati, {len(senza)} non "
    assert f"{quanti}sono valutate ({percento(quadro.quota_non_valutate)})." in pagina
    assert "Percentuali del 2025" in pagina
    assert "Gli anni a confronto" in pagina
    assert "Per macroarea" in pagina
    assert "(in corso)" not in pagina  # the state says so already
    assert "Se avviene ciò che è previsto" in pagina  # with the name it has elsewhere


def test_una_progettualita_con_due_codici_di_un_area_vi_conta_una_volta(programma: Programma) -> None:
    quadro = quadro_di(programma.distretto.autorita, 2025)
    valutate = {
        a.codice for a in quadro.programmi[0].azioni if a.codice.startswith("P") and a.valori.valutata
    }
    assert quadro.per_area
    assert all(gruppo.quanti <= len(valutate) for gruppo in quadro.per_area)
    assert sum(gruppo.quanti for gruppo in quadro.per_codice) >= sum(g.quanti for g in quadro.per_area)


def test_le_interrogazioni_non_crescono(agenzia: Client, programma: Programma) -> None:
    def quante(nome: str) -> int:
        with CaptureQueriesContext(connection) as fatte:
            b"".join(agenzia.get(indirizzo(nome)))
        return len(fatte)

    nomi = ("quadro", "quadro-csv", "quadro-xlsx")
    quante(nomi[0])  # the first request of a session also writes when it began
    prima = [quante(nome) for nome in nomi]
    genera(PICCOLE)
    assert [quante(nome) for nome in nomi] == prima


def test_si_sceglie_e_si_mette_in_ordine(agenzia: Client, programma: Programma) -> None:
    genera(PICCOLE)
    Chiusura.objects.create(programma=programma, stato="autovalutata", stato_dal="2026-01-31")

    def trovati(domanda: str) -> list[Programma]:
        return [riga.programma for riga in agenzia.get(f"{indirizzo()}?{domanda}").context["pagina"]]

    assert trovati("chiusura=autovalutata") == [programma]
    assert trovati("q=alta+valsugana") == [programma]
    assert len(trovati("chiusura=inventata")) == 5
    valori = [valutazione_di(p).esito.programma.valori.riconosciuto for p in trovati("ordine=riconosciuto")]
    noti = [valore for valore in valori if valore is not None]
    assert noti == sorted(noti, reverse=True)


def test_la_tabella_dice_gli_stessi_numeri(agenzia: Client, programma: Programma) -> None:
    genera(PICCOLE)
    Programma.objects.filter(distretto__codice__startswith=PREFISSO).update(titolo="=1+1")
    risposta = agenzia.get(indirizzo("quadro-csv"))
    righe = list(csv.DictReader(StringIO(b"".join(risposta).decode())))
    assert [c.nome for c in COLONNE] == list(righe[0])
    sua = next(riga for riga in righe if riga["distretto"] == programma.distretto.codice)
    valori = valutazione_di(programma).esito.programma
    assert valori.valori.dichiarato is not None
    assert Decimal(sua["dichiarato"]) == arrotonda(valori.valori.dichiarato)
    assert sua["stato_chiusura"] == "anno in corso"
    libro = load_workbook(BytesIO(agenzia.get(indirizzo("quadro-xlsx")).content))
    assert libro.sheetnames == ["Programmi", "Colonne"]
    assert libro["Programmi"].max_row == 1 + len(righe) == 6
    assert libro["Colonne"].max_row == 1 + len(COLONNE)


def test_una_cella_non_diventa_una_formula(agenzia: Client, programma: Programma) -> None:
    programma.distretto.denominazione = "=HYPERLINK(1)"
    programma.distretto.save()
    testo = b"".join(agenzia.get(indirizzo("quadro-csv"))).decode()
    assert ",'=HYPERLINK(1)," in testo


def test_una_bozza_non_ha_percentuali(agenzia: Client, bozza: Programma) -> None:
    quadro = quadro_di(bozza.distretto.autorita, 2026)
    assert [riga.valori for riga in quadro.programmi] == [None]
    assert "Bozza" in agenzia.get(indirizzo(anno=2026)).content.decode()
    assert [gruppo.nome for gruppo in quadro.per_anno] == ["2025", "2026"]


def test_un_anno_senza_programmi_lo_dice(agenzia: Client, programma: Programma) -> None:
    assert "Per quest'anno non c'è ancora nessun programma" in html.unescape(
        agenzia.get(indirizzo(anno=2011)).content.decode()
    )
    assert len(b"".join(agenzia.get(indirizzo("quadro-csv", 2011))).splitlines()) == 1


def test_chi_non_lavora_per_l_autorita_non_lo_legge(
    accedi: Callable[[Utente], Client], persone: Persone, programma: Programma, client: Client
) -> None:
    for nome in ("quadro", "quadro-csv", "quadro-xlsx"):
        assert accedi(persone.manager).get(indirizzo(nome)).status_code == 403
        assert client.get(indirizzo(nome)).status_code == 302
    assert accedi(persone.agenzia).get(indirizzo(anno=1900)).status_code == 404
    assert accedi(persone.agenzia).post(indirizzo()).status_code == 405


def test_la_scrivania_porta_al_quadro(agenzia: Client, programma: Programma) -> None:
    assert indirizzo() in agenzia.get(f"{reverse('scrivania')}?anno=2025").content.decode()
