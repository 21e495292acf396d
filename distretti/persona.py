"""Who is asking, for what is written while the request is being answered."""

from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponseBase

from distretti.models import Utente

_richiesta: ContextVar[HttpRequest | None] = ContextVar("richiesta_in_corso", default=None)


class PersonaMiddleware:
    """After authentication: keeps the request, so that its person is looked up only when somebody asks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        gettone = _richiesta.set(request)
        try:
            return self.get_response(request)
        finally:
            _richiesta.reset(gettone)


def in_richiesta() -> bool:
    """Is a request being answered? Outside of one it is a command that runs."""
    return _richiesta.get() is not None


def utente_corrente() -> Utente | None:
    """The person of the request being answered; None outside of one, or when nobody is signed in."""
    request = _richiesta.get()
    utente = None if request is None else request.user
    return utente if isinstance(utente, Utente) else None
