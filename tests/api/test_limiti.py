"""Quante richieste si possono fare, e a chi si contano; lo stato del servizio."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection
from django.test import Client

from distretti.token_lettura import crea_token
from tests.api.conftest import API, PROGRAMMA
from tests.conftest import Persone
from valutazione.api import limiti
from valutazione.api.limiti import FINESTRA, conta

pytestmark = pytest.mark.django_db

ELENCO = f"{API}/schema/scheda-programma"


@pytest.fixture(autouse=True)
def poche(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three requests for an address, five with credentials, and a clock that stands still."""
    settings.DISTRETTI_API_LIMITE = 3
    settings.DISTRETTI_API_LIMITE_CREDENZIALI = 5
    settings.DISTRETTI_PROXY = 0
    monkeypatch.setattr("valutazione.api.limiti.time.time", lambda: 1_000_000_010.0)


def intestazioni(risposta: Any) -> tuple[int, int, int]:
    nomi = ("Limit", "Remaining", "Reset")
    limite, restano, secondi = (int(risposta[f"X-RateLimit-{nome}"]) for nome in nomi)
    return limite, restano, secondi


def test_ogni_risposta_dice_quanto_resta_e_la_quarta_aspetta() -> None:
    client = Client()
    for restano in (2, 1, 0):
        risposta = client.get(ELENCO)
        assert risposta.status_code == 200
        assert intestazioni(risposta)[:2] == (3, restano)
    risposta = client.get(ELENCO)
    assert risposta.status_code == 429
    assert risposta["Content-Type"] == "application/problem+json"
    dati = risposta.json()
    assert dati["title"] == "Troppe richieste"
    assert "Retry-After" in dati["detail"]
    assert intestazioni(risposta)[:2] == (3, 0)
    assert risposta["Retry-After"] == risposta["X-RateLimit-Reset"]
    assert 1 <= int(risposta["Retry-After"]) <= FINESTRA


def test_passata_la_finestra_si_ricomincia(monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client()
    for _ in range(4):
        risposta = client.get(ELENCO)
    secondi = int(risposta["Retry-After"])
    monkeypatch.setattr("valutazione.api.limiti.time.time", lambda: 1_000_000_010.0 + secondi - 1)
    assert client.get(ELENCO).status_code == 429
    monkeypatch.setattr("valutazione.api.limiti.time.time", lambda: 1_000_000_010.0 + secondi)
    risposta = client.get(ELENCO)
    assert risposta.status_code == 200
    assert intestazioni(risposta) == (3, 2, FINESTRA)


@pytest.mark.parametrize(
    ("percorso", "metodo", "stato"),
    [
        ("distretti?colore=blu", "get", 400),
        ("distretti/nessuno", "get", 404),
        ("nulla", "get", 404),
        ("distretti", "post", 405),
        ("distretti", "options", 200),
        ("distretti", "head", 200),
        ("status", "get", 200),
        ("programmi/dfa-alta-valsugana/2025/valutazione", "get", 401),
    ],
)
def test_le_intestazioni_ci_sono_anche_negli_errori(percorso: str, metodo: str, stato: int) -> None:
    risposta = getattr(Client(), metodo)(f"{API}/{percorso}")
    assert risposta.status_code == stato
    assert intestazioni(risposta)[:2] == (3, 2)


def test_token_persone_e_indirizzi_si_contano_ciascuno_per_se(
    persone: Persone, accedi: Callable[..., Client]
) -> None:
    segreto = crea_token(
        incarico=persone.manager.incarichi.get(), nome="x", durata=30, utente=persone.manager
    )[1]
    altro = crea_token(incarico=persone.manager.incarichi.get(), nome="y", durata=30, utente=persone.manager)[
        1
    ]
    for client in (
        Client(headers={"authorization": f"Bearer {segreto}"}),
        Client(headers={"authorization": f"Bearer {altro}"}),
        accedi(persone.manager),
        accedi(persone.agenzia),
    ):
        assert intestazioni(client.get(ELENCO))[:2] == (5, 4)
    for indirizzo in ("192.0.2.1", "192.0.2.2", "2001:db8:1::1", "2001:db8:1:1::1"):
        assert intestazioni(Client(REMOTE_ADDR=indirizzo).get(ELENCO))[:2] == (3, 2)
    assert intestazioni(Client(REMOTE_ADDR="2001:db8:1:0:ff::9").get(ELENCO))[:2] == (3, 1)
    # Chi ascolta su IPv6 scrive così chi si collega con IPv4: è lo stesso, e non è la rete di tutti.
    assert intestazioni(Client(REMOTE_ADDR="::ffff:192.0.2.1").get(ELENCO))[:2] == (3, 1)
    assert intestazioni(Client(REMOTE_ADDR="::ffff:192.0.2.3").get(ELENCO))[:2] == (3, 2)


def test_indovinare_un_token_costa_le_richieste_dell_indirizzo() -> None:
    client = Client(headers={"authorization": "Bearer dst_inventato"})
    assert [client.get(PROGRAMMA).status_code for _ in range(4)] == [401, 401, 401, 429]
    assert Client().get(ELENCO).status_code == 429


@pytest.mark.parametrize(("fidati", "stato"), [(0, 429), (1, 200), (2, 429)])
def test_dietro_un_proxy_si_conta_chi_si_collega(settings: Any, fidati: int, stato: int) -> None:
    """Con due proxy fidati, l'indirizzo più a destra è il secondo: quello di prima è sempre lo stesso."""
    settings.DISTRETTI_PROXY = fidati
    for numero in range(5):
        catena = f"198.51.100.{numero}, 203.0.113.9, 192.0.2.{numero}"
        risposta = Client(headers={"x-forwarded-for": catena}).get(ELENCO)
    assert risposta.status_code == stato


def test_se_il_conteggio_non_funziona_si_passa(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def guasto(*altro: Any) -> int:
        raise ConnectionError

    monkeypatch.setattr(limiti, "_aumenta", guasto)
    for _ in range(4):
        assert Client().get(ELENCO).status_code == 200
    assert "nessun limite" in caplog.text


def test_contare_costa_microsecondi() -> None:
    """Molto meno di un decimo della più svelta delle liste (qualche millisecondo)."""
    volte, inizio = 2000, time.process_time()  # whatever else the machine does
    for _ in range(volte):
        conta("192.0.2.1", 10**9, 1_000_000_010.0)
    assert (time.process_time() - inizio) / volte < 300e-6
    assert cache.get(f"api-limite:{1_000_000_010 // FINESTRA}:192.0.2.1") == volte


def test_lo_stato_e_un_problema_che_va_bene() -> None:
    for accetta in ("*/*", "application/problem+json", "application/json"):
        risposta = Client().get(f"{API}/status", headers={"accept": accetta})
        assert risposta.status_code == 200
        assert risposta["Content-Type"] == "application/problem+json"
        assert "no-store" in risposta["Cache-Control"]
        cache.clear()
    dati = risposta.json()
    assert (dati["title"], dati["status"], dati["type"]) == ("Servizio disponibile", 200, "about:blank")
    assert Client().get(f"{API}/status?verbose=1").status_code == 400


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_senza_base_dati_lo_stato_e_503(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def guasto(*altro: Any) -> Any:
        raise OperationalError("password dell'utente nel messaggio")

    monkeypatch.setattr(type(connection._connections[connection._alias]), "cursor", guasto)  # type: ignore[attr-defined]
    for percorso in ("status", "distretti"):
        risposta = Client(raise_request_exception=False).get(f"{API}/{percorso}")
        assert risposta.status_code == 503
        assert risposta["Content-Type"] == "application/problem+json"
        assert risposta["Retry-After"] == "30"
        assert intestazioni(risposta)[0] == 3
        assert risposta.json()["title"] == "Servizio non disponibile"
        assert "password" not in risposta.content.decode()
    assert [riga.levelname for riga in caplog.records].count("ERROR") == 2
