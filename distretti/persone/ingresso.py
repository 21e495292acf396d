"""Coming in: who proved the first factor shows the second one, if they have one, and is then signed in."""

import time
from typing import TypedDict, cast

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from distretti.models import Utente
from distretti.persone import fattori
from distretti.persone.obbligo import segna_superato
from distretti.sessione.durata import ENTRATO
from distretti.sessione.sospesi import in_una_sessione_nuova

SOSPESO = "accesso_sospeso"
DURATA = 10 * 60
"""Seconds to show the second factor."""

CONFERMATO = "confermato_alle"
"""In the session: when the person last proved who they are, here or by signing in."""
CONFERMA_DURA = 10 * 60

ENTRA = "django.contrib.auth.backends.ModelBackend"


class _Sospeso(TypedDict):
    utente: int
    impronta: str
    prossima: str
    alle: float


def entra(request: HttpRequest, utente: Utente, *, prossima: str = "") -> HttpResponse:
    """Sign ``utente`` in and go to ``prossima`` (an address of ours, else the desk), or ask for the rest.

    To be called when somebody has proved to be ``utente``: with the password, a link of ours, the gateway.
    """
    if fattori.ha_fattore(utente):
        sospeso: _Sospeso = {
            "utente": utente.pk,
            "impronta": utente.get_session_auth_hash(),
            "prossima": prossima,
            "alle": time.time(),
        }
        in_una_sessione_nuova(request)
        request.session[SOSPESO] = sospeso
        return redirect("secondo-fattore")
    return _dentro(request, utente, prossima)


def in_attesa(request: HttpRequest) -> Utente | None:
    """Who has still to show the second factor in this session; None when nobody, or too long ago."""
    sospeso = cast("_Sospeso | None", request.session.get(SOSPESO))
    if sospeso is None or time.time() - sospeso["alle"] > DURATA:
        request.session.pop(SOSPESO, None)
        return None
    utente = Utente.objects.filter(pk=sospeso["utente"], is_active=True).first()
    if utente is None or utente.get_session_auth_hash() != sospeso["impronta"]:
        return None
    return utente


def completa(request: HttpRequest, utente: Utente) -> HttpResponse:
    """The second factor was shown: in."""
    sospeso = cast("_Sospeso", request.session.pop(SOSPESO))
    risposta = _dentro(request, utente, sospeso["prossima"])
    segna_superato(request)
    return risposta


def conferma(request: HttpRequest) -> None:
    """The person has just proved again who they are."""
    request.session[CONFERMATO] = time.time()


def confermato(request: HttpRequest) -> bool:
    """Did the person prove who they are in the last ten minutes?"""
    alle = request.session.get(CONFERMATO)
    return isinstance(alle, float) and time.time() - alle < CONFERMA_DURA


def sicura(request: HttpRequest, indirizzo: str) -> str:
    """``indirizzo`` when it is one of this site, else the desk."""
    buono = url_has_allowed_host_and_scheme(
        indirizzo, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return indirizzo if indirizzo and buono else resolve_url(settings.LOGIN_REDIRECT_URL)


def _dentro(request: HttpRequest, utente: Utente, prossima: str) -> HttpResponse:
    login(request, utente, backend=ENTRA)
    request.session[ENTRATO] = request.session[CONFERMATO] = time.time()
    return redirect(sicura(request, prossima))
