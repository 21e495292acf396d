"""Withdrawing an evidence: works; refuses strangers, the unentitled, the wrong state; shows its effect."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from distretti.models import Utente
from tests.conftest import Persone
from tests.valutazione.conftest import Registra, indirizzo
from valutazione.letture import valutazione_di
from valutazione.models import Chiusura, Evidenza, StatoChiusura, StatoEvidenza

pytestmark = pytest.mark.django_db


def ritira(client: Client, evidenza: Evidenza, motivo: str = "Registrata due volte") -> int:
    indirizzo_ritiro = indirizzo("evidenza-ritira", evidenza.programma, evidenza.pk)
    return client.post(indirizzo_ritiro, {"motivo": motivo}).status_code


def test_ritirata_non_conta_piu_ma_resta(manager: Client, registra: Registra, persone: Persone) -> None:
    evidenza = registra("comunicato_stampa", ["obb.6"])
    assert valutazione_di(evidenza.programma).esito.righe["obb.6"].valori.dichiarato == 25
    assert ritira(manager, evidenza) == 302
    evidenza.refresh_from_db()
    assert evidenza.stato == StatoEvidenza.RITIRATA
    assert evidenza.ritirata_da == persone.manager
    assert evidenza.motivo_ritiro == "Registrata due volte"
    assert valutazione_di(evidenza.programma).esito.righe["obb.6"].valori.dichiarato == 0
    pagina = manager.get(indirizzo("evidenza", evidenza.programma, evidenza.pk)).content.decode()
    assert "Registrata due volte" in pagina


def test_senza_motivo_non_si_ritira(manager: Client, registra: Registra) -> None:
    evidenza = registra()
    ritira(manager, evidenza, motivo="  ")
    evidenza.refresh_from_db()
    assert evidenza.stato == StatoEvidenza.REGISTRATA


@pytest.mark.parametrize("chi", ["estraneo", "manager_altro", "manager_scaduto", "agenzia", "auditor"])
def test_ritira_solo_il_manager(
    accedi: Callable[[Utente], Client], persone: Persone, registra: Registra, chi: str
) -> None:
    evidenza = registra()
    assert ritira(accedi(getattr(persone, chi)), evidenza) == 403
    evidenza.refresh_from_db()
    assert evidenza.stato == StatoEvidenza.REGISTRATA


def test_due_volte_la_seconda_non_cambia_niente(manager: Client, registra: Registra) -> None:
    evidenza = registra()
    ritira(manager, evidenza)
    ritira(manager, evidenza, motivo="un altro motivo")
    evidenza.refresh_from_db()
    assert evidenza.motivo_ritiro == "Registrata due volte"


def test_la_pagina_mostra_l_effetto_e_non_ritira(manager: Client, registra: Registra) -> None:
    evidenza = registra("comunicato_stampa", ["obb.6"])
    risposta: Any = manager.get(indirizzo("evidenza-ritira", evidenza.programma, evidenza.pk))
    assert risposta.status_code == 200
    voci = [(v.prima, v.dopo) for v in risposta.context["effetto"].voci if v.nome.startswith("obb.6")]
    assert voci == [(25, 0)]
    evidenza.refresh_from_db()
    assert evidenza.stato == StatoEvidenza.REGISTRATA


def test_senza_motivo_la_pagina_lo_chiede(manager: Client, registra: Registra) -> None:
    evidenza = registra()
    nome = indirizzo("evidenza-ritira", evidenza.programma, evidenza.pk)
    risposta = manager.post(nome, {"motivo": " "})
    assert risposta.status_code == 422
    assert "Effetto sulle percentuali" in risposta.content.decode()


def test_ad_anno_chiuso_non_si_ritira(manager: Client, registra: Registra) -> None:
    evidenza = registra()
    Chiusura.objects.create(
        programma=evidenza.programma, stato=StatoChiusura.AUTOVALUTATA, stato_dal=date(2026, 1, 7)
    )
    nome = indirizzo("evidenza-ritira", evidenza.programma, evidenza.pk)
    assert manager.get(nome).status_code == 302
    assert ritira(manager, evidenza) == 302
    evidenza.refresh_from_db()
    assert evidenza.stato == StatoEvidenza.REGISTRATA
