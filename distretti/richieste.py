"""Every request has an id; when the logs ask for it, one line tells who asked for what and how it ended.

The line holds what tracing an access needs (instant, address, method, path, outcome, duration, the ids of
the user and of the token) and no more: no name, no query, no header, nothing of what was sent.
"""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.encoding import escape_uri_path
from django.utils.functional import SimpleLazyObject, empty

from distretti.log import richiesta_corrente
from distretti.provenienza import indirizzo_cliente, riferimento_richiesta

INTESTAZIONE = "X-Request-ID"
CON_SEGRETO = "invito"
"""The name of the address whose path lets in who knows it: it never reaches the logs."""

_accessi = logging.getLogger("distretti.accessi")


class RichiestaMiddleware:
    """Outermost of all: what the others refuse is logged too, and every answer carries the id."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        riferimento = riferimento_richiesta(request)
        gettone = richiesta_corrente.set(riferimento)
        inizio = time.monotonic()
        try:
            risposta = self.get_response(request)
            risposta.headers[INTESTAZIONE] = riferimento
            if _accessi.isEnabledFor(logging.INFO):
                _registra(request, risposta, time.monotonic() - inizio)
            return risposta
        finally:
            richiesta_corrente.reset(gettone)


def _registra(request: HttpRequest, risposta: HttpResponseBase, secondi: float) -> None:
    dati = {
        "indirizzo": indirizzo_cliente(request),
        "metodo": request.method,
        "percorso": _percorso(request),
        "esito": risposta.status_code,
        "durata_ms": round(secondi * 1000, 1),
        "utente": _utente(request),
        "token": getattr(getattr(request, "auth", None), "pk", None),
    }
    _accessi.info("%(metodo)s %(percorso)s %(esito)s", dati, extra=dati)


def _percorso(request: HttpRequest) -> str:
    """The path, without the secret that the link of an invitation holds."""
    trovato = request.resolver_match
    if trovato is not None and trovato.url_name == CON_SEGRETO:
        return f"/{trovato.route}"
    return str(escape_uri_path(request.path))


def _utente(request: HttpRequest) -> Any:
    """The key of who was signed in, without asking the database for a user nobody looked at.

    On the request that signs out, it is who signs out.
    """
    utente = request.__dict__.get("user")
    if isinstance(utente, SimpleLazyObject) and utente.__dict__.get("_wrapped") is empty:
        return None
    return getattr(utente, "pk", None) or getattr(getattr(request, "_cached_user", None), "pk", None)
