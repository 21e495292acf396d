"""A form larger than the server accepts gets an answer that can be read.

Django refuses it without reading it; the server then closes a connection that still holds unread bytes,
which resets it, and the browser shows its own error instead of our page.
"""

from collections.abc import Callable
from http import HTTPStatus

from django.core.exceptions import BadRequest, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import Http404, HttpRequest, HttpResponseBase, UnreadablePostError
from django.shortcuts import render

MASSIMO_LETTO = 64 * 1024 * 1024
"""Bytes read and thrown away at most before answering: beyond that the connection may well break."""
PEZZO = 64 * 1024


class CorpoTroppoGrandeMiddleware:
    """413 with an explanation, for a form with too much text, too many fields or too many files."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        try:
            request.POST  # noqa: B018  (read here, where its refusal can be answered)
        except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent):
            _consuma(request)
            return render(request, "413.html", status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        except UnreadablePostError:
            pass  # the browser went away: the check of the token answers it, as without us
        return self.get_response(request)


class CaratteriMiddleware:
    """No text holds a NUL: PostgreSQL cannot store one, and nobody types it.

    An address with one does not exist (404); a form with one was made by a program (400).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if "\0" in request.path and not request.path.startswith("/api/"):
            raise Http404  # the REST interface answers in its own words
        if any("\0" in testo for nome, valori in request.POST.lists() for testo in (nome, *map(str, valori))):
            raise BadRequest("Il modulo contiene caratteri che non si possono scrivere.")
        return self.get_response(request)


def _consuma(request: HttpRequest) -> None:
    letti = 0
    try:
        while letti < MASSIMO_LETTO and (pezzo := request.read(PEZZO)):
            letti += len(pezzo)
    except (OSError, ValueError):
        return  # nothing more can be read: there is nothing left to wait for
