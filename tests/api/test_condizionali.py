"""Richieste condizionali e conservazione: chi ha già la risposta non la riceve di nuovo."""

from collections.abc import Callable
from datetime import timedelta
from unittest import mock

import pytest
from django.test import Client
from django.utils import timezone

from distretti.models import Distretto
from tests.api.conftest import API, PROGRAMMA
from tests.conftest import CODICE, Persone

pytestmark = pytest.mark.django_db

INDIRIZZI = [
    f"{API}/",
    f"{API}/distretti?limit=2",
    f"{API}/distretti/{CODICE}",
    f"{API}/progettualita",
    f"{PROGRAMMA}/scheda",
    f"{API}/schema/scheda-programma",
    f"{API}/openapi.json",
]


@pytest.mark.parametrize("indirizzo", INDIRIZZI)
@pytest.mark.parametrize("chi", ["anonimo", "manager"])
def test_chi_l_ha_gia_riceve_304(
    indirizzo: str, chi: str, persone: Persone, accedi: Callable[..., Client]
) -> None:
    client = Client() if chi == "anonimo" else accedi(persone.manager)
    intera = client.get(indirizzo)
    etag = intera["ETag"]
    assert etag.startswith('"')
    assert intera["Cache-Control"] == ("public, max-age=60" if chi == "anonimo" else "private, no-store")
    assert {"Cookie", "Authorization"} <= set(intera["Vary"].split(", "))
    vuota = client.get(indirizzo, headers={"if-none-match": etag})
    assert (vuota.status_code, vuota.content) == (304, b"")
    assert "Content-Type" not in vuota
    for nome in ("ETag", "Cache-Control", "Vary", "Content-Length"):
        assert vuota[nome] == intera[nome]
    testa = client.head(indirizzo)
    assert (testa["ETag"], testa["Content-Length"]) == (etag, intera["Content-Length"])
    assert client.head(indirizzo, headers={"if-none-match": etag}).status_code == 304


@pytest.mark.parametrize(
    ("condizione", "stato"),
    [("*", 304), ("W/{}", 304), ('"altro", {}', 304), ('"altro"', 200), ("", 200), ("senza virgolette", 200)],
)
def test_le_forme_della_condizione(condizione: str, stato: int) -> None:
    etag = Client().get(f"{API}/distretti")["ETag"]
    risposta = Client().get(f"{API}/distretti", headers={"if-none-match": condizione.format(etag)})
    assert risposta.status_code == stato


def test_chi_segue_un_elenco_fermo_riceve_304() -> None:
    """Passato il margine, senza cambiamenti anche l'istante da cui chiedere resta lo stesso."""
    indirizzo = f"{API}/organizzazioni?modificato_da=2020-01-01"
    with mock.patch(
        "valutazione.api.seguito.timezone.now", return_value=timezone.now() + timedelta(minutes=10)
    ):
        etag = Client().get(indirizzo)["ETag"]
    with mock.patch("valutazione.api.seguito.timezone.now", return_value=timezone.now() + timedelta(hours=1)):
        assert Client().get(indirizzo, headers={"if-none-match": etag}).status_code == 304


def test_cio_che_cambia_ha_un_altra_impronta() -> None:
    prima = Client().get(f"{API}/distretti/{CODICE}")["ETag"]
    Distretto.objects.filter(codice=CODICE).update(capofila="Altro")
    risposta = Client().get(f"{API}/distretti/{CODICE}", headers={"if-none-match": prima})
    assert risposta.status_code == 200
    assert risposta["ETag"] != prima


@pytest.mark.parametrize("indirizzo", [f"{API}/distretti?tipo=blu", f"{API}/niente"])
def test_un_errore_non_si_conserva(indirizzo: str) -> None:
    risposta = Client().get(indirizzo, headers={"if-none-match": "*"})
    assert risposta.status_code in (400, 404)
    assert risposta["Cache-Control"] == "no-store"
    assert "ETag" not in risposta


def test_chi_legge_di_tutti_non_apre_una_sessione() -> None:
    risposta = Client().get(f"{API}/distretti")
    assert not risposta.cookies
