"""Ciò che vede chi ha fatto accesso non resta nella memoria del browser né di un intermediario."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.conftest import Persone

pytestmark = pytest.mark.django_db

CHIUSA = {"private", "no-store"}


def memoria(client: Client, indirizzo: str) -> set[str]:
    valore = client.get(indirizzo).headers.get("Cache-Control", "")
    return {parte.strip() for parte in valore.split(",") if parte.strip()}


@pytest.mark.parametrize("nome", ["scrivania", "distretti", "inizio"])
def test_a_chi_ha_fatto_accesso_nessuna_pagina_si_conserva(
    persone: Persone, accedi: Callable[..., Client], nome: str
) -> None:
    assert memoria(accedi(persone.manager), reverse(nome)) == CHIUSA


def test_anche_le_risposte_dell_api(persone: Persone, accedi: Callable[..., Client]) -> None:
    assert memoria(accedi(persone.manager), reverse("api-programmi")) == CHIUSA


def test_la_pagina_di_accesso_non_si_conserva(client: Client) -> None:
    assert "no-store" in memoria(client, reverse("accesso"))


def test_l_uscita_non_si_conserva(persone: Persone, accedi: Callable[..., Client]) -> None:
    risposta = accedi(persone.manager).post(reverse("uscita"))
    assert {parte.strip() for parte in risposta["Cache-Control"].split(",")} >= CHIUSA


@pytest.mark.parametrize("nome", ["inizio", "distretti", "privacy"])
def test_le_pagine_pubbliche_restano_come_sono(client: Client, nome: str) -> None:
    assert memoria(client, reverse(nome)) == set()


def test_i_file_statici_restano_come_sono(
    persone: Persone, accedi: Callable[..., Client], settings: Any
) -> None:
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True
    risposta = accedi(persone.manager).get("/static/css/distretti.css")
    assert risposta.status_code == 200
    assert b".aggiornamento" in risposta.getvalue()
    assert "no-store" not in risposta.headers.get("Cache-Control", "")
