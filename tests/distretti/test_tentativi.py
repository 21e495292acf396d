"""Chi prova molte password si ferma per un po'; chi si sbaglia qualche volta no."""

import re
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.contrib.sessions.models import Session
from django.test import Client, RequestFactory
from django.utils import timezone

from distretti.provenienza import rete_cliente
from distretti.tentativi import FINESTRA, MASSIMO
from tests.conftest import Persone

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def cast(persone: Persone) -> None:
    """The people whose account is tried."""


SBAGLIATA, GIUSTA = "sbagliata", "parola-di-prova"


def prova(client: Client, nome: str, password: str, da: str = "192.0.2.1") -> int:
    dati = {"username": nome, "password": password}
    return client.post("/accesso/", dati, REMOTE_ADDR=da).status_code


def fallisci(client: Client, volte: int = MASSIMO, nome: str = "manager") -> None:
    for _ in range(volte):
        assert prova(client, nome, SBAGLIATA) == 422


def test_dopo_troppi_tentativi_nemmeno_la_password_giusta_entra(client: Client) -> None:
    fallisci(client)
    risposta = client.post(
        "/accesso/", {"username": "manager", "password": "parola-di-prova"}, REMOTE_ADDR="192.0.2.1"
    )
    assert risposta.status_code == 429
    assert re.search(r"Riprova tra 1[45] minuti", risposta.content.decode())
    assert 0 < int(risposta["Retry-After"]) <= FINESTRA.total_seconds()
    assert "_auth_user_id" not in client.session


def test_passato_il_tempo_si_entra(client: Client) -> None:
    fallisci(client)
    with patch("distretti.tentativi.timezone.now", return_value=timezone.now() + FINESTRA + timedelta(1)):
        assert prova(client, "manager", GIUSTA) == 302


def test_chi_entra_ricomincia_da_capo(client: Client) -> None:
    fallisci(client, MASSIMO - 1)
    assert prova(client, "manager", GIUSTA) == 302
    altro = Client()
    fallisci(altro, MASSIMO - 1)


def test_gli_altri_non_ne_risentono(client: Client) -> None:
    fallisci(client)
    assert prova(client, "referente", GIUSTA) == 302
    assert prova(Client(), "manager", GIUSTA, da="192.0.2.2") == 302


@pytest.mark.parametrize("scritto", [" manager ", "ｍanager", "MANAGER"])
def test_lo_stesso_nome_scritto_altrimenti_conta_insieme(client: Client, scritto: str) -> None:
    fallisci(client)
    assert prova(client, scritto, GIUSTA) == 429


def test_un_nome_che_non_esiste_si_comporta_allo_stesso_modo(client: Client) -> None:
    fallisci(client, nome="nessuno")
    assert prova(client, "nessuno", GIUSTA) == 429


def test_un_modulo_vuoto_non_e_un_tentativo(client: Client) -> None:
    for _ in range(MASSIMO + 1):
        assert prova(client, "manager", "") == 422
    assert prova(client, "manager", GIUSTA) == 302


def test_i_conteggi_scaduti_si_buttano_e_non_sono_sessioni(client: Client) -> None:
    fallisci(client, 1, "qualcuno")
    riga = Session.objects.get()
    assert riga.get_decoded() == {}
    with patch("distretti.tentativi.timezone.now", return_value=timezone.now() + FINESTRA + timedelta(1)):
        fallisci(client, 1, "altro")
    assert not Session.objects.filter(pk=riga.pk).exists()


def test_chi_ha_una_rete_intera_non_ricomincia_da_ogni_indirizzo(client: Client) -> None:
    for ultimo in range(MASSIMO):
        assert prova(client, "manager", SBAGLIATA, da=f"2001:db8::{ultimo:x}") == 422
    assert prova(client, "manager", GIUSTA, da="2001:db8::ffff") == 429
    assert prova(client, "manager", GIUSTA, da="2001:db8:0:1::1") == 302


@pytest.mark.parametrize(
    ("indirizzo", "rete"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "rete-20010db800010002"),
        ("", ""),
    ],
)
def test_la_rete_di_un_indirizzo(rf: RequestFactory, indirizzo: str, rete: str) -> None:
    assert rete_cliente(rf.get("/", REMOTE_ADDR=indirizzo)) == rete
