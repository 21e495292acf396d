"""L'orologio della procedura: quanto è durato ogni passaggio, da quanto dura questo, chi si aspetta."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programmi.models import AzionePassaggio, Passaggio, Programma, StatoProgramma
from programmi.orologio import in_frasi, orologi_di, orologio
from tests.conftest import Persone
from tests.programmi.passi import porta

OGGI = date(2026, 3, 1)
_S, _P = StatoProgramma, AzionePassaggio


def _passo(azione: AzionePassaggio, da: StatoProgramma, a: StatoProgramma, il: date) -> Passaggio:
    return Passaggio(azione=azione, da_stato=da, a_stato=a, il=il)


def _programma(stato: StatoProgramma, **altro: Any) -> Programma:
    return Programma(anno=2026, stato=stato, al=date(2026, 12, 31), **{"stato_dal": None, **altro})


def test_i_giorni_di_ogni_passaggio_e_di_questo() -> None:
    passaggi = [
        _passo(_P.TRASMISSIONE, _S.BOZZA, _S.TRASMESSO, date(2026, 1, 20)),
        _passo(_P.PRESA_IN_CARICO, _S.TRASMESSO, _S.IN_ESAME, date(2026, 1, 22)),
        _passo(_P.RINVIO, _S.IN_ESAME, _S.INTEGRAZIONI_RICHIESTE, date(2026, 2, 1)),
        _passo(_P.TRASMISSIONE, _S.INTEGRAZIONI_RICHIESTE, _S.TRASMESSO, date(2026, 2, 11)),
        _passo(_P.PRESA_IN_CARICO, _S.TRASMESSO, _S.IN_ESAME, date(2026, 2, 11)),
    ]
    programma = _programma(_S.IN_ESAME, stato_dal=date(2026, 2, 11), trasmesso_il=date(2026, 2, 11))
    letto = orologio(programma, passaggi, OGGI)
    assert [tratto.giorni for tratto in letto.tratti] == [2, 10, 10, 0, 18]
    assert (letto.giorni, letto.in_attesa, letto.totale) == (18, "in attesa dell'Agenzia", 18)
    assert in_frasi(letto) == (
        "Il programma è nello stato «in esame» dall'11 febbraio 2026 (18 giorni), in attesa dell'Agenzia. "
        "Dalla trasmissione (11 febbraio 2026) a oggi: 18 giorni."
    )


@pytest.mark.parametrize(
    ("stato", "atteso"),
    [
        (_S.BOZZA, "in attesa del distretto"),
        (_S.INTEGRAZIONI_RICHIESTE, "in attesa del distretto"),
        (_S.TRASMESSO, "in attesa dell'Agenzia"),
        (_S.PROPOSTO, "in attesa del dirigente"),
        (_S.ALLA_FIRMA, "in attesa del dirigente"),
        (_S.APPROVATO, "in attesa dell'Agenzia"),
        (_S.IN_ATTUAZIONE, ""),
        (_S.RITIRATO, ""),
        (_S.RESPINTO, ""),
    ],
)
def test_chi_si_aspetta(stato: StatoProgramma, atteso: str) -> None:
    assert orologio(_programma(stato), [], OGGI).in_attesa == atteso


def test_finito_l_esercizio_la_pubblicazione_non_si_aspetta_piu() -> None:
    programma = _programma(_S.APPROVATO, stato_dal=date(2026, 6, 19))
    passaggi = [_passo(_P.APPROVAZIONE, _S.ALLA_FIRMA, _S.APPROVATO, date(2026, 6, 19))]
    ultimo = orologio(programma, passaggi, date(2026, 12, 31))
    assert (ultimo.giorni, ultimo.in_attesa, ultimo.tratti[0].giorni) == (195, "in attesa dell'Agenzia", 195)
    dopo = orologio(programma, passaggi, date(2027, 1, 1))
    assert (dopo.giorni, dopo.in_attesa, dopo.attesi, dopo.tratti[0].giorni) == (None, "", (), None)


def test_di_una_bozza_vecchia_non_si_sa_da_quando() -> None:
    letto = orologio(_programma(_S.BOZZA), [], OGGI)
    assert (letto.dal, letto.giorni, letto.totale) == (None, None, None)
    assert in_frasi(letto) == "Il programma è nello stato «bozza», in attesa del distretto."


def test_una_variazione_non_ferma_il_conto_e_dove_e_finita_non_si_conta() -> None:
    passaggi = [
        _passo(_P.APPROVAZIONE, _S.TRASMESSO, _S.APPROVATO, date(2026, 1, 10)),
        _passo(_P.VARIAZIONE, _S.APPROVATO, _S.APPROVATO, date(2026, 1, 15)),
        _passo(_P.PUBBLICAZIONE, _S.APPROVATO, _S.IN_ATTUAZIONE, date(2026, 1, 20)),
    ]
    programma = _programma(
        _S.IN_ATTUAZIONE,
        stato_dal=date(2026, 1, 20),
        trasmesso_il=date(2026, 1, 1),
        approvato_il=date(2026, 1, 10),
    )
    letto = orologio(programma, passaggi, OGGI)
    assert [tratto.giorni for tratto in letto.tratti] == [10, None, None]
    assert (letto.giorni, letto.totale) == (None, 9)


def test_il_programma_vero_del_2025_e_nella_storia_come_avvenne(programma: Programma) -> None:
    """Delibera 99 del 22 aprile, trasmissione il 23, determinazione 6607 del 19 giugno: 57 giorni."""
    letto = orologi_di([programma], OGGI)[programma.pk]
    assert letto.totale == 57
    storia = [
        (t.passaggio.azione, t.passaggio.il, t.passaggio.atto and t.passaggio.atto.numero, t.giorni)
        for t in letto.tratti
    ]
    assert storia[0] == ("trasmissione", date(2025, 4, 23), "99", 57)
    assert storia[1][:3] == ("approvazione", date(2025, 6, 19), "6607")
    assert len(storia) == 2
    trasmissione = letto.tratti[0].passaggio
    assert trasmissione.protocollo_ricevente == "324973"
    assert trasmissione.atto is not None
    assert trasmissione.atto.data == date(2025, 4, 22)
    assert programma.stato_dal == date(2025, 6, 19)
    assert "19 giugno 2025): 57 giorni." in in_frasi(letto)


def test_di_molti_programmi_in_una_sola_lettura(programma: Programma, bozza: Programma) -> None:
    with CaptureQueriesContext(connection) as viste:
        letti = orologi_di([programma, bozza], OGGI)
    assert len(viste) == 1
    assert set(letti) == {programma.pk, bozza.pk}


def test_la_pagina_racconta_i_passaggi_a_chi_segue_il_programma(
    bozza: Programma, persone: Persone, accedi: Any, client: Any
) -> None:
    porta(bozza, persone, StatoProgramma.APPROVATO)
    pagina = accedi(persone.manager).get(bozza.get_absolute_url()).content.decode()
    assert (
        "Dalla trasmissione (22 gennaio 2026) all&#x27;approvazione (10 febbraio 2026): 19 giorni." in pagina
    )
    for parola in ("Presa in carico", "Messa alla firma", "Referente per l&#x27;attività", "dirigente<br>"):
        assert parola in pagina
    pubblica = client.get(bozza.get_absolute_url()).content.decode()
    assert "Presa in carico" not in pubblica
    assert "Approvazione" in pubblica
    assert "Dirigente" not in pubblica
