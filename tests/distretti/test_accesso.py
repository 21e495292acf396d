"""Accesso e uscita."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests.conftest import Persone

ACCESSO = reverse("accesso")
GIUSTI = {"username": "manager", "password": "parola-di-prova"}


def test_si_accede_e_si_arriva_alla_scrivania(persone: Persone, client: Client) -> None:
    risposta = client.post(ACCESSO, GIUSTI)
    assert risposta.status_code == 302
    assert risposta["Location"] == reverse("scrivania")


def test_si_torna_dove_si_andava(persone: Persone, client: Client) -> None:
    pagina = reverse("programmi")
    assert client.post(ACCESSO, GIUSTI | {"next": pagina})["Location"] == pagina


@pytest.mark.parametrize("altrove", ["https://esempio.test/", "//esempio.test", "javascript:alert(1)"])
def test_non_si_torna_mai_fuori_dal_sito(persone: Persone, client: Client, altrove: str) -> None:
    assert client.post(ACCESSO, GIUSTI | {"next": altrove})["Location"] == reverse("scrivania")


@pytest.mark.parametrize(
    "dati",
    [
        {"username": "manager", "password": "sbagliata"},
        {"username": "nessuno", "password": "parola-di-prova"},
        {"username": "", "password": ""},
    ],
)
def test_un_errore_si_spiega_senza_dire_quale_dei_due(
    persone: Persone, client: Client, dati: dict[str, str]
) -> None:
    risposta = client.post(ACCESSO, dati)
    assert risposta.status_code == 422
    pagina = risposta.content.decode()
    assert "Controlla i dati inseriti" in pagina
    if dati["username"]:
        assert "Nome utente o password non corretti" in pagina
    assert "sbagliata" not in pagina
    assert "_auth_user_id" not in client.session


def test_un_account_spento_non_entra(persone: Persone, client: Client) -> None:
    persone.manager.is_active = False
    persone.manager.save()
    assert client.post(ACCESSO, GIUSTI).status_code == 422


def test_si_esce_solo_con_post(persone: Persone, accedi: Callable[..., Client]) -> None:
    client = accedi(persone.manager)
    assert client.get(reverse("uscita")).status_code == 405
    assert client.post(reverse("uscita"))["Location"] == reverse("inizio")
    assert client.get(reverse("scrivania")).status_code == 302
