"""Sets a form aside when its session has ended, and offers it again at its address."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.core.signing import BadSignature
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render

from distretti.sessione import sospesi

COOKIE = "ultimo_accesso"
RICEVUTO = {HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY}
"""Refusals that show the form again with what was typed. After any other one it stays set aside."""


class AccessoRichiestoMiddleware(LoginRequiredMiddleware):
    """Django's own, which also sets aside the form of whoever is sent to sign in.

    A part of a page (htmx) is answered with two lines and a link instead: the sign-in page would
    otherwise be drawn inside the page.
    """

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: tuple[Any, ...],
        view_kwargs: dict[Any, Any],
    ) -> HttpResponseBase | None:
        risposta = super().process_view(request, view_func, view_args, view_kwargs)
        if risposta is None or not sospesi.da_htmx(request):
            return risposta
        contesto = {"accesso": risposta["Location"], "sospeso": getattr(request, "_sospeso", None)}
        return render(request, "distretti/_scaduta.html", contesto, status=HTTPStatus.UNAUTHORIZED)

    def handle_no_permission(
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponseRedirect:
        proprietario = ultimo_utente(request)
        if request.method == "POST" and proprietario is not None:
            sospeso = sospesi.metti_da_parte(request, proprietario, "sessione")
            request._sospeso = sospeso  # type: ignore[attr-defined]
        return super().handle_no_permission(request, view_func)


class ModuliSospesiMiddleware:
    """Offers the form that was set aside at this address until it is sent, or given up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        sospeso = sospesi.trova(request)
        if sospeso is not None and request.method == "GET" and not sospesi.da_htmx(request):
            if request.GET.get("scarta") != sospeso["gettone"]:
                return sospesi.offri(request, sospeso)
            sospesi.togli(request, sospeso)
        risposta = self.get_response(request)
        if sospeso is not None and request.method == "POST" and _ricevuto(risposta):
            sospesi.togli(request, sospeso)
        if "scarta" in request.GET and risposta.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            risposta = redirect("scrivania")  # an address to send to, with no page of its own
        return _annota(request, risposta)


def ultimo_utente(request: HttpRequest) -> str | None:
    """Who last signed in with this browser, if they never signed out."""
    try:
        return request.get_signed_cookie(COOKIE, default=None)
    except BadSignature:
        return None


def _ricevuto(risposta: HttpResponseBase) -> bool:
    return risposta.status_code < HTTPStatus.BAD_REQUEST or risposta.status_code in RICEVUTO


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
