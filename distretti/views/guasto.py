"""The page of an error of ours: it names the request, so that its line of log can be found."""

from django.http import HttpRequest, HttpResponse
from django.template import loader

from distretti.log import richiesta_corrente


def guasto(request: HttpRequest) -> HttpResponse:
    """Without the request's context: what failed may be what every page needs (the database, the session)."""
    pagina = loader.render_to_string("500.html", {"riferimento": richiesta_corrente.get()})
    return HttpResponse(pagina, status=500)
