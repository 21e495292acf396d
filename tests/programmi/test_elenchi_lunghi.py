"""Mille distretti con il loro programma: a pagine, con i filtri conservati e le stesse interrogazioni."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from distretti.models import Distretto, Utente
from distretti.views.risposte import RIGHE_PER_PAGINA
from programmi.models import Programma, StatoProgramma
from tests.conftest import Persone

MILLE = 1000
ANNO = 2019
RIGA = '<th scope="row" role="rowheader" data-label="Distretto"'
INDIRIZZI = ["/distretti/?tipo=tematico", f"/programmi/?anno={ANNO}"]


@pytest.fixture
def mille(db: None) -> None:
    autorita = Distretto.objects.get(codice="dfa-alta-valsugana").autorita
    distretti = Distretto.objects.bulk_create(
        Distretto(codice=f"mille-{n}", denominazione=f"Mille {n}", tipo="tematico", autorita=autorita)
        for n in range(MILLE)
    )
    Programma.objects.bulk_create(
        Programma(
            distretto=distretto,
            anno=ANNO,
            dal=date(ANNO, 1, 1),
            al=date(ANNO, 12, 31),
            stato=StatoProgramma.APPROVATO,
            trasmesso_il=date(ANNO, 1, 2),
            approvato_il=date(ANNO, 1, 3),
        )
        for distretto in distretti
    )


def leggi(client: Client, indirizzo: str) -> tuple[str, int]:
    """The page and how many queries it took, the second time (what Django keeps is already kept)."""
    client.get(indirizzo)
    with CaptureQueriesContext(connection) as viste:
        risposta = client.get(indirizzo)
    assert risposta.status_code == 200
    return risposta.content.decode(), len(viste)


@pytest.mark.usefixtures("mille")
@pytest.mark.parametrize("chi", ["", "agenzia"])
@pytest.mark.parametrize("indirizzo", INDIRIZZI)
def test_la_prima_e_l_ultima_pagina_costano_lo_stesso(
    indirizzo: str, chi: str, persone: Persone, client: Client, accedi: Callable[[Utente], Client]
) -> None:
    lettore = accedi(getattr(persone, chi)) if chi else client
    prima, interrogazioni = leggi(lettore, indirizzo)
    ultime = [int(n) for n in re.findall(r'aria-label="Pagina (\d+)"', prima)]
    ultima, altre = leggi(lettore, f"{indirizzo}&page={max(ultime)}")

    assert interrogazioni == altre
    assert max(ultime) == -(-MILLE // RIGHE_PER_PAGINA) + ("tematico" in indirizzo)
    assert prima.count(RIGA) == RIGHE_PER_PAGINA
    assert 1 <= ultima.count(RIGA) <= RIGHE_PER_PAGINA
    filtro = indirizzo.partition("?")[2]
    assert f'href="?{filtro}&amp;page=2"' in prima
    assert 'rel="next"' not in ultima
