"""Ogni richiesta ha un riferimento: nella risposta, nelle righe di registro, nella pagina di errore."""

import json
import logging
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from io import StringIO
from typing import Any

import pytest
from django.test import Client, RequestFactory

from distretti.log import ConRichiesta, FormatoJSON
from distretti.provenienza import indirizzo_cliente
from tests.conftest import Persone

pytestmark = pytest.mark.django_db


class Righe:
    """What the logs write, as one JSON object a line."""

    def __init__(self, flusso: StringIO) -> None:
        self.flusso = flusso

    def lette(self, registro: str = "distretti.accessi") -> list[dict[str, Any]]:
        righe = [json.loads(riga) for riga in self.flusso.getvalue().splitlines()]
        return [riga for riga in righe if riga["registro"] == registro]


@pytest.fixture
def righe() -> Iterator[Righe]:
    flusso = StringIO()
    raccolta = logging.StreamHandler(flusso)
    raccolta.setFormatter(FormatoJSON())
    raccolta.addFilter(ConRichiesta())
    accessi, radice = logging.getLogger("distretti.accessi"), logging.getLogger()
    prima = accessi.level
    radice.addHandler(raccolta)
    accessi.setLevel(logging.INFO)
    yield Righe(flusso)
    accessi.setLevel(prima)
    radice.removeHandler(raccolta)


def test_ogni_risposta_porta_un_riferimento_nuovo(client: Client) -> None:
    primo, secondo = client.get("/")["X-Request-ID"], client.get("/pagina-che-non-c-è/")["X-Request-ID"]

    assert re.fullmatch("[0-9a-f]{32}", primo)
    assert re.fullmatch("[0-9a-f]{32}", secondo)
    assert primo != secondo


def test_una_riga_per_richiesta_dice_chi_che_cosa_e_con_quale_esito(
    righe: Righe, persone: Persone, client: Client
) -> None:
    client.force_login(persone.manager)
    risposta = client.get("/scrivania/?cerca=nome+di+persona", REMOTE_ADDR="192.0.2.7")

    (riga,) = righe.lette()
    assert riga["richiesta"] == risposta["X-Request-ID"]
    assert (riga["metodo"], riga["percorso"], riga["esito"]) == ("GET", "/scrivania/", risposta.status_code)
    assert (riga["indirizzo"], riga["utente"], riga["token"]) == ("192.0.2.7", persone.manager.pk, None)
    assert riga["durata_ms"] >= 0
    assert riga["livello"] == "INFO"
    assert abs((datetime.now(UTC) - datetime.fromisoformat(riga["istante"])).total_seconds()) < 60
    assert riga["istante"].endswith("+00:00")


def test_nella_riga_non_c_è_nulla_di_ciò_che_è_stato_scritto(
    righe: Righe, persone: Persone, client: Client
) -> None:
    client.post("/accesso/?next=/segreto/", {"username": "manager", "password": "una-password-sbagliata"})

    tutto = righe.flusso.getvalue()
    assert "una-password-sbagliata" not in tutto
    assert "segreto" not in tutto
    assert "manager" not in tutto


def test_entrare_e_uscire_dicono_chi(righe: Righe, persone: Persone, client: Client) -> None:
    client.post("/accesso/", {"username": "manager", "password": "parola-di-prova"})
    client.post("/uscita/")

    assert [(r["percorso"], r["utente"]) for r in righe.lette()] == [
        ("/accesso/", persone.manager.pk),
        ("/uscita/", persone.manager.pk),
    ]


def test_un_percorso_non_può_scrivere_una_riga_sua(righe: Righe, client: Client) -> None:
    client.get("/a%0A%7B%22registro%22:1%7D/")

    (riga,) = righe.lette()
    assert "\n" not in riga["percorso"]
    assert riga["esito"] == 404


@pytest.mark.parametrize(
    ("proxy", "inoltrato", "atteso"),
    [
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.1, 203.0.113.9", "198.51.100.1"),
        (2, "203.0.113.9", "192.0.2.1"),
        (1, "chiunque", "192.0.2.1"),
        (1, "", "192.0.2.1"),
        (1, "2001:DB8::1", "2001:db8::1"),
    ],
)
def test_si_crede_solo_ai_proxy_nostri(settings: Any, proxy: int, inoltrato: str, atteso: str) -> None:
    settings.DISTRETTI_PROXY = proxy
    richiesta = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", headers={"X-Forwarded-For": inoltrato})

    assert indirizzo_cliente(richiesta) == atteso


@pytest.mark.parametrize(
    ("proxy", "dato", "tenuto"),
    [
        (1, "0123456789abcdef", True),
        (1, "prova-1.2_3", True),
        (0, "0123456789abcdef", False),
        (1, "breve", False),
        (1, "con spazi dentro", False),
        (1, "a" * 65, False),
        (1, '","registro":"finto', False),
    ],
)
def test_il_riferimento_di_un_altro_vale_solo_da_un_proxy_nostro(
    client: Client, settings: Any, proxy: int, dato: str, tenuto: bool
) -> None:
    settings.DISTRETTI_PROXY = proxy

    assert (client.get("/", headers={"X-Request-ID": dato})["X-Request-ID"] == dato) is tenuto


def test_un_guasto_dice_lo_stesso_riferimento_nella_pagina_e_nel_registro(
    righe: Righe, monkeypatch: pytest.MonkeyPatch
) -> None:
    def guasta(*altro: Any) -> None:
        raise RuntimeError("particolare interno")

    monkeypatch.setattr("distretti.views.pubbliche.render", guasta)
    risposta = Client(raise_request_exception=False).get("/privacy/?gettone=nascosto")

    assert risposta.status_code == 500
    pagina = risposta.content.decode()
    assert f"<code>{risposta['X-Request-ID']}</code>" in pagina
    assert "particolare interno" not in pagina
    (errore,) = righe.lette("django.request")
    assert errore["richiesta"] == risposta["X-Request-ID"]
    assert "particolare interno" in errore["eccezione"]
    assert "nascosto" not in righe.flusso.getvalue()
    assert righe.lette()[0]["esito"] == 500
