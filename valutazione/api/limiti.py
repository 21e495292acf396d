"""How many requests a client may make, told in every answer (linee guida ModI, RAC_ROBUSTEZZA_001).

``X-RateLimit-Limit``, ``X-RateLimit-Remaining`` and ``X-RateLimit-Reset`` (seconds); beyond the limit 429
with ``Retry-After``. A client is a token, else a signed-in person, else an address. The count lives in
Django's cache: with the default one each process counts for itself; ``CACHE_URL`` makes them count together.
"""

import logging
import time
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.utils.cache import patch_vary_headers
from rest_framework.exceptions import AuthenticationFailed, Throttled
from rest_framework.request import Request
from rest_framework.views import APIView

from distretti.models import TokenLettura
from distretti.provenienza import rete_cliente

FINESTRA = 60
"""Seconds. Windows begin at the same instants for everyone, so nothing but a number has to be kept."""

RIPROVARE_TRA = 30
"""Seconds after which it makes sense to ask again, when it is we who do not answer (503)."""

_registro = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Conteggio:
    """Where a client stands in its window."""

    limite: int
    fatte: int
    secondi: int

    @property
    def superato(self) -> bool:
        return self.fatte > self.limite


class Limitata(APIView):
    """A view that counts who asks. A refused token counts for the address that sent it."""

    def perform_authentication(self, request: Request) -> None:
        try:
            super().perform_authentication(request)
        except AuthenticationFailed:
            self.check_throttles(request)
            raise

    def check_throttles(self, request: Request) -> None:
        conteggio = _conta_richiesta(request)
        if conteggio.superato:
            raise Throttled(conteggio.secondi)

    def finalize_response(
        self, request: Request, response: Any, *args: Any, **kwargs: Any
    ) -> Any:  # what DRF declares
        risposta = super().finalize_response(request, response, *args, **kwargs)
        patch_vary_headers(risposta, ["Authorization"])  # what everyone reads is not the answer to a token
        conteggio = request.__dict__.get("_conteggio") or _conta_richiesta(request, nota=False)
        risposta["X-RateLimit-Limit"] = str(conteggio.limite)
        risposta["X-RateLimit-Remaining"] = str(max(0, conteggio.limite - conteggio.fatte))
        risposta["X-RateLimit-Reset"] = str(conteggio.secondi)
        if risposta.status_code == 429:
            risposta["Retry-After"] = str(conteggio.secondi)
        elif risposta.status_code == 503:
            risposta["Retry-After"] = str(RIPROVARE_TRA)
        return risposta


def _conta_richiesta(request: Request, *, nota: bool = True) -> Conteggio:
    """Count a request; ``nota``: who asks is known, otherwise (refused before) it is only an address."""
    cliente, limite = _cliente(request) if nota else _ignoto(request)
    conteggio = conta(cliente, limite, time.time())
    request.__dict__["_conteggio"] = conteggio
    return conteggio


def conta(cliente: str, limite: int, adesso: float) -> Conteggio:
    """One more request of ``cliente`` at the instant ``adesso`` (seconds)."""
    finestra, passati = divmod(int(adesso), FINESTRA)
    chiave = f"api-limite:{finestra}:{cliente}"
    try:
        fatte = _aumenta(chiave)
    except Exception:  # whatever the cache behind is: a broken count must not close the doors
        _registro.exception("Il conteggio delle richieste non funziona: nessun limite.")
        fatte = 1
    return Conteggio(limite, fatte, FINESTRA - passati)


def _aumenta(chiave: str) -> int:
    try:
        return int(cache.incr(chiave))
    except ValueError:
        if cache.add(chiave, 1, FINESTRA * 2):
            return 1
        return int(cache.incr(chiave))


def _cliente(request: Request) -> tuple[str, int]:
    credenziali = request.auth
    if isinstance(credenziali, TokenLettura):
        return f"token-{credenziali.pk}", settings.DISTRETTI_API_LIMITE_CREDENZIALI
    if request.user is not None and request.user.is_authenticated:
        return f"utente-{request.user.pk}", settings.DISTRETTI_API_LIMITE_CREDENZIALI
    return _ignoto(request)


def _ignoto(request: Request) -> tuple[str, int]:
    return rete_cliente(request._request), settings.DISTRETTI_API_LIMITE
