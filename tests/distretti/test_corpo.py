"""Un modulo troppo grande riceve una risposta che si legge, non una connessione interrotta."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client, RequestFactory

from distretti.corpo import MASSIMO_LETTO, CorpoTroppoGrandeMiddleware

pytestmark = pytest.mark.django_db


def test_un_testo_oltre_il_limite_riceve_413_in_italiano(client: Client, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    risposte = [
        client.post("/accesso/", {"username": "x" * 2000}),
        client.post("/accesso/", "username=" + "x" * 2000, content_type="application/x-www-form-urlencoded"),
    ]
    for risposta in risposte:
        assert risposta.status_code == 413
        assert "Il modulo è troppo grande" in risposta.content.decode()
        assert "x" * 100 not in risposta.content.decode()


def test_anche_troppi_campi(client: Client, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 3
    assert client.post("/accesso/", {f"c{n}": "" for n in range(5)}).status_code == 413


def test_cio_che_arriva_si_legge_fino_in_fondo_ma_non_oltre_la_misura(settings: Any) -> None:
    """A server that closes with unread bytes resets the connection, and the answer never arrives."""
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    for lunghezza, resto in ((6_000_000, 0), (MASSIMO_LETTO + 1_000_000, 1)):
        ingresso = BytesIO(b"a" * lunghezza)
        richiesta = RequestFactory().post("/", content_type="application/x-www-form-urlencoded")
        richiesta = type(richiesta)(
            richiesta.environ | {"wsgi.input": ingresso, "CONTENT_LENGTH": str(lunghezza)}
        )
        risposta = CorpoTroppoGrandeMiddleware(lambda r: pytest.fail("not reached"))(richiesta)
        assert risposta.status_code == 413
        assert (len(ingresso.read()) > 0) == bool(resto)
