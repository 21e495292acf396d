"""A programme whose scheda does not hold yet has no percentages: a page says why, instead of an error."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

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
