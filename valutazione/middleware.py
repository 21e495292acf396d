"""Faults of the content that a page meets anywhere, told in a page of their own instead of an error."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from distretti.log import richiesta_corrente
from programmi.errori import ContenutoAlterato
from valutazione.scheda.errori import SchedaNonValida


class SchedaNonValidaMiddleware:
    """Turns SchedaNonValida, wherever a page meets it, into a readable 409."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, SchedaNonValida):
            return None
        contesto = {"mancanze": exception.errori}
        return render(request, "valutazione/non_valutabile.html", contesto, status=409)


class VersioneAlterataMiddleware:
    """Turns ContenutoAlterato, wherever a page or a document meets it, into a page that says so plainly.

    A 500: nothing that was asked is wrong, the data of the server are, and whoever watches over it must
    know (the log has a line of level CRITICAL). Nothing of the altered content is shown.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, ContenutoAlterato):
            return None
        contesto = {"errore": exception, "riferimento": richiesta_corrente.get()}
        return render(request, "valutazione/versione_alterata.html", contesto, status=500)
