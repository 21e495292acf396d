"""An expired session loses nothing that was typed.

A form posted by somebody whose session ended is set aside, the person signs in, and a page offers to
send the same form again. Files cannot be set aside: the page says so.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.core.signing import BadSignature
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render

CHIAVE = "moduli_sospesi"
COOKIE = "ultimo_accesso"
MASSIMO = 200_000
"""Characters set aside at most: a long premessa fits, an attack on the session store does not."""


class AccessoRichiestoMiddleware(LoginRequiredMiddleware):
    """Django's own, which also sets aside the form of whoever is sent to sign in."""

    def handle_no_permission(
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponseRedirect:
        proprietario = _ultimo_utente(request)
        if request.method == "POST" and proprietario is not None:
            campi = {
                nome: [str(valore) for valore in valori]
                for nome, valori in request.POST.lists()
                if nome != "csrfmiddlewaretoken"
            }
            if sum(len(v) for valori in campi.values() for v in valori) <= MASSIMO:
                request.session[CHIAVE] = {
                    "utente": proprietario,
                    "indirizzo": request.path,
                    "campi": campi,
                    "file": bool(request.FILES),
                }
        return super().handle_no_permission(request, view_func)


class ModuliSospesiMiddleware:
    """After the sign-in, offers the form that was set aside at the same address, to the same person."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        sospeso = request.session.get(CHIAVE)
        if sospeso is not None and request.user.is_authenticated:
            if str(request.user.pk) != sospeso["utente"]:
                del request.session[CHIAVE]
            elif request.path == sospeso["indirizzo"]:
                del request.session[CHIAVE]
                if request.method == "GET" and "scarta" not in request.GET:
                    return self.offri(request, sospeso)
        risposta = self.get_response(request)
        return _annota(request, risposta)

    @staticmethod
    def offri(request: HttpRequest, sospeso: dict[str, Any]) -> HttpResponse:
        campi = [(nome, valore) for nome, valori in sospeso["campi"].items() for valore in valori]
        contesto = {"campi": campi, "indirizzo": sospeso["indirizzo"], "file": sospeso["file"]}
        return render(request, "distretti/riprendi.html", contesto)


def _ultimo_utente(request: HttpRequest) -> str | None:
    """Who last signed in with this browser, if they never signed out."""
    try:
        return request.get_signed_cookie(COOKIE, default=None)
    except BadSignature:
        return None


def _annota(request: HttpRequest, risposta: HttpResponseBase) -> HttpResponseBase:
    nota = getattr(request, "_accesso_da_annotare", None)
    if nota == "":
        risposta.delete_cookie(COOKIE)
    elif nota is not None:
        risposta.set_signed_cookie(
            COOKIE, nota, max_age=30 * 24 * 3600, httponly=True, samesite="Lax", secure=request.is_secure()
        )
    return risposta


@receiver(user_logged_in, dispatch_uid="annota_accesso")
def annota_accesso(request: HttpRequest | None, user: Any, **altro: Any) -> None:
    if request is not None:
        request._accesso_da_annotare = str(user.pk)  # type: ignore[attr-defined]


@receiver(user_logged_out, dispatch_uid="annota_uscita")
def annota_uscita(request: HttpRequest | None, **altro: Any) -> None:
    if request is not None:
        request._accesso_da_annotare = ""  # type: ignore[attr-defined]
