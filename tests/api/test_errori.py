"""Gli errori sono sempre documenti problem+json, in italiano, con lo stato giusto."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from distretti.basi.lettore import Errore
from distretti.errori import DatiNonValidi, StatoNonAmmesso
from tests.api.conftest import API
from tests.conftest import Persone
from valutazione.api import radice
from valutazione.api.errori import SchedaIncompleta, gestisci

pytestmark = pytest.mark.django_db


def problema(risposta: Any, stato: int) -> dict[str, Any]:
    assert risposta.status_code == stato
    assert risposta["Content-Type"] == "application/problem+json"
    dati: dict[str, Any] = risposta.json()
    assert set(dati) <= {"type", "title", "status", "detail", "instance", "errors"}
    assert dati["type"] == "about:blank"
    assert dati["status"] == stato
    assert dati["title"]
    assert dati["detail"]
    return dati


def test_parametro_sconosciuto() -> None:
    dati = problema(Client().get(f"{API}/distretti", {"colore": "blu"}), 400)
    assert dati["instance"] == f"{API}/distretti"
    (errore,) = dati["errors"]
    assert errore["parameter"] == "colore"
    assert errore["detail"].startswith("Parametro non previsto. I parametri ammessi sono modificato_da,")


@pytest.mark.parametrize(
    ("risorsa", "parametri", "nome", "messaggio"),
    [
        ("distretti", {"tipo": "blu"}, "tipo", "I valori ammessi sono territoriale, tematico, family_audit."),
        ("distretti", {"stato": ""}, "stato", "Il valore è vuoto."),
        ("distretti", {"testo": "  "}, "testo", "Il valore è vuoto."),
        ("distretti", {"testo": "a\x00b"}, "testo", "Il valore contiene un carattere non ammesso."),
        ("distretti", {"testo": "a" * 101}, "testo", "Al massimo 100 caratteri."),
        ("distretti", {"autorita": "nessuna"}, "autorita", "Nessuna autorità ha questo codice."),
        ("distretti", {"tipo": ["tematico", "territoriale"]}, "tipo", "Il parametro è ripetuto."),
        ("organizzazioni", {"alla_data": "31/12/2025"}, "alla_data", "Deve essere una data AAAA-MM-GG."),
        ("organizzazioni", {"alla_data": "2025-02-30"}, "alla_data", "Deve essere una data AAAA-MM-GG."),
        ("organizzazioni", {"alla_data": "2025-2-3"}, "alla_data", "Deve essere una data AAAA-MM-GG."),
        ("organizzazioni", {"distretto": "nessuno"}, "distretto", "Nessun distretto ha questo codice."),
        ("programmi", {"anno": "venti"}, "anno", "Deve essere un anno di quattro cifre."),
        ("programmi", {"anno": "99999999999999999999"}, "anno", "Deve essere un anno di quattro cifre."),
        ("programmi", {"stato": "finito"}, "stato", "I valori ammessi sono bozza, trasmesso,"),
        ("programmi", {"classificazione": "Z9"}, "classificazione", "Nessuno schema di classificazione"),
        ("programmi", {"classificazione": "x:A0301"}, "classificazione", "Nessuno schema"),
        ("distretti/dfa-alta-valsugana", {"alla_data": "ieri"}, "alla_data", "Deve essere una data"),
        ("distretti/dfa-alta-valsugana", {"limit": "3"}, "limit", "Parametro non previsto."),
        ("programmi/dfa-alta-valsugana/2025", {"anno": "2025"}, "anno", "Parametro non previsto. Qui non"),
        ("distretti", {"limit": "0"}, "limit", "Deve essere un numero intero da 1 a 100."),
        ("distretti", {"limit": "101"}, "limit", "Deve essere un numero intero da 1 a 100."),
        ("distretti", {"limit": "-1"}, "limit", "Deve essere un numero intero da 1 a 100."),
        ("distretti", {"limit": "1.0"}, "limit", "Deve essere un numero intero da 1 a 100."),
        ("distretti", {"limit": "²"}, "limit", "Deve essere un numero intero da 1 a 100."),
        ("distretti", {"sort": "colore"}, "sort", "I valori ammessi sono denominazione, -denominazione,"),
        ("distretti", {"cursor": "abc"}, "cursor", "Il cursore non è valido"),
    ],
)
def test_parametro_sbagliato(risorsa: str, parametri: dict[str, Any], nome: str, messaggio: str) -> None:
    (errore,) = problema(Client().get(f"{API}/{risorsa}", parametri), 400)["errors"]
    assert errore["parameter"] == nome
    assert errore["detail"].startswith(messaggio)


def test_tutti_gli_errori_insieme() -> None:
    dati = problema(Client().get(f"{API}/distretti", {"colore": "blu", "stato": ""}), 400)
    assert {errore["parameter"] for errore in dati["errors"]} == {"colore", "stato"}
    dati = problema(Client().get(f"{API}/distretti", {"tipo": "blu", "stato": "verde"}), 400)
    assert {errore["parameter"] for errore in dati["errors"]} == {"tipo", "stato"}


@pytest.mark.parametrize(
    "percorso",
    [
        "distretti/nessuno",
        "distretti/%00",
        "distretti/due%20parole",
        "distretti/due%0Arighe",
        "programmi/%0A/2025/pacchetto",
        "niente%0A",
        "distretti/",
        "organizzazioni/nessuna",
        "programmi/dfa-alta-valsugana",
        "programmi/dfa-alta-valsugana/1999",
        "programmi/dfa-alta-valsugana/99999999999999999999",
        "programmi/dfa-alta-valsugana/duemila",
        "programmi/nessuno/2025/scheda",
        "programmi/nessuno/2025/valutazione",
        "schema/altro",
        "niente",
    ],
)
def test_indirizzo_che_non_c_e(percorso: str) -> None:
    dati = problema(Client().get(f"{API}/{percorso}"), 404)
    assert dati["title"] == "Risorsa non trovata"
    assert dati["instance"] == f"{API}/{percorso}"


@pytest.mark.parametrize("metodo", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("percorso", ["", "distretti", "programmi/dfa-alta-valsugana/2025/scheda"])
def test_sola_lettura(metodo: str, percorso: str, persone: Persone) -> None:
    """Anche per chi ha fatto l'accesso e non manda il segno contro le richieste di altri siti."""
    for client in (Client(enforce_csrf_checks=True), Client(enforce_csrf_checks=True)):
        risposta = getattr(client, metodo)(f"{API}/{percorso}", data="{}", content_type="application/json")
        dati = problema(risposta, 405)
        assert risposta["Allow"] == "GET, HEAD, OPTIONS"
        assert "sola lettura" in dati["detail"]
        client.force_login(persone.manager)


def test_metodi_senza_contenuto() -> None:
    risposta = Client().options(f"{API}/distretti", {"qualunque": "cosa"})
    assert (risposta.status_code, risposta.content, risposta["Content-Length"]) == (200, b"", "0")
    assert risposta["Allow"] == "GET, HEAD, OPTIONS"
    intera, testa = Client().get(f"{API}/distretti"), Client().head(f"{API}/distretti")
    assert testa.status_code == 200
    assert testa.content == b""
    assert testa["Content-Type"] == intera["Content-Type"] == "application/json"


def test_formato_non_disponibile() -> None:
    dati = problema(Client().get(f"{API}/distretti", headers={"accept": "text/html"}), 406)
    assert "CSV" in dati["detail"]


@pytest.mark.parametrize(
    ("accetta", "tipo"),
    [
        ("", "json"),
        ("*/*", "json"),
        ("application/json; charset=utf-8", "json"),
        ("application/JSON;version=1", "json"),
        ("text/csv; charset=utf-8; header=present", "csv"),
        ("application/json;q=0.4, text/csv;q=0.5", "csv"),
        ("text/*, application/json;q=0.9", "csv"),
        ("*/*, application/json;q=0", "csv"),
        ("text/csv;q=0, */*", "json"),
        ("text/csv, application/json", "json"),
        ("application/json;q=0", None),
        ("niente", None),
    ],
)
def test_il_formato_che_si_chiede(accetta: str, tipo: str | None) -> None:
    """Decide la qualità del tipo scritto più precisamente; gli altri parametri non contano."""
    risposta = Client().get(f"{API}/distretti", headers={"accept": accetta})
    if tipo is None:
        problema(risposta, 406)
    else:
        assert risposta.status_code == 200
        assert f"/{tipo}" in risposta["Content-Type"]


@pytest.mark.parametrize(
    ("errore", "stato", "dettaglio"),
    [
        (exceptions.NotAuthenticated(), 401, "Per leggere questa risorsa occorre accedere, o"),
        (PermissionDenied(), 403, "Non si ha il ruolo necessario per leggere questa risorsa."),
        (exceptions.UnsupportedMediaType("text/csv"), 415, "Il contenuto inviato non è in un formato"),
        (StatoNonAmmesso("È già approvato."), 409, "È già approvato."),
        (DatiNonValidi({"anno": "Manca l'anno."}), 400, "Manca l'anno."),
        (SchedaIncompleta([Errore("$.al", "manca")]), 409, "Il programma non è ancora completo"),
        (ValueError("particolare interno"), 500, "Si è verificato un errore inatteso."),
    ],
)
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_ogni_eccezione_ha_il_suo_documento(errore: Exception, stato: int, dettaglio: str) -> None:
    request = Request(APIRequestFactory().get("/api/v1/prova", {"segreto": "valore"}))
    risposta = gestisci(errore, {"request": request})
    assert risposta.status_code == stato
    assert risposta.content_type == "application/problem+json"
    assert risposta.data["detail"].startswith(dettaglio)
    assert risposta.data["instance"] == "/api/v1/prova"
    assert "particolare interno" not in str(risposta.data)


def test_un_guasto_e_un_documento_e_resta_nel_registro(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def guasto() -> None:
        raise RuntimeError("particolare interno")

    monkeypatch.setattr(radice, "schema_json", guasto)
    risposta = Client(raise_request_exception=False).get(f"{API}/schema/scheda-programma")
    dati = problema(risposta, 500)
    assert "particolare interno" not in str(dati)
    (riga,) = [riga for riga in caplog.records if riga.levelname == "ERROR"]
    assert riga.exc_info is not None
    assert "particolare interno" in str(riga.exc_info[1])
