"""A form refused because its CSRF token is no longer the good one."""

from http import HTTPStatus
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.csrf import csrf_failure

from distretti.sessione import sospesi
from distretti.sessione.middleware import ultimo_utente

MAI = {"accesso", "uscita"}
"""Names of addresses whose forms are never kept: one holds a password, the other asks to leave."""


def modulo_rifiutato(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Set the form aside and offer it again, when it is a page of ours that sent it; else the plain 403.

    Signing in again in another tab changes the token, and the page left open in the first tab can no
    longer save. Why keeping its form is safe: nothing is done now (the answer is still 403), and nothing
    is ever sent again by itself. The person finds on our own page, which no other site can frame, the
    address the form goes to, and must press a button; that second request carries a fresh token and is
    checked like any other. Another site cannot even have a form set aside: the browser says where a
    POST comes from (``Origin``, else ``Referer``), and whoever is signed in must be the person of the
    signed cookie, which browsers do not send along with other sites' POSTs.
    """
    if not _nostro(request):
        return csrf_failure(request, reason)
    sospeso = sospesi.metti_da_parte(request, str(request.user.pk), "gettone")
    if sospesi.da_htmx(request):
        contesto = {"sospeso": sospeso}
        return render(request, "distretti/_scaduta.html", contesto, status=HTTPStatus.FORBIDDEN)
    return sospesi.offri(request, sospeso, status=HTTPStatus.FORBIDDEN)


def _nostro(request: HttpRequest) -> bool:
    trovato = request.resolver_match
    return (
        request.method == "POST"
        and request.user.is_authenticated
        and ultimo_utente(request) == str(request.user.pk)
        and trovato is not None
        and trovato.url_name not in MAI
        and _stesso_sito(request)
    )


def _stesso_sito(request: HttpRequest) -> bool:
    provenienza = request.headers.get("Origin") or request.headers.get("Referer", "")
    try:
        parti = urlsplit(provenienza)
    except ValueError:
        return False
    return (parti.scheme, parti.netloc) == (request.scheme, request.get_host())
