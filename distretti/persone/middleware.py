"""What a person reaches until they have shown the second factor that their role wants."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from distretti.models import Utente
from distretti.persone.fattori import ha_fattore
from distretti.persone.obbligo import CHIAVE, richiede_secondo_fattore
from distretti.sessione import sospesi

APERTI = {
    "fattori",
    "codice-attiva",
    "chiave-aggiungi",
    "conferma-identita",
    "password-cambia",
    "uscita",
    "accesso",
    "privacy",
    "accessibilita",
    "segnalazioni",
    "licenza",
    "dati-pubblici",
    "stato",
}
"""Names of the addresses that a person who still has to add one reaches."""


class SecondoFattoreMiddleware:
    """Whoever must have a second factor, and has not shown one in this session, goes and adds it.

    To the REST interface such a session is nobody's. A form sent meanwhile is set aside, not lost.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *altro: Any) -> HttpResponseBase | None:
        utente = request.user
        if not settings.SECONDO_FATTORE_OBBLIGATORIO or CHIAVE in request.session:
            return None
        if not isinstance(utente, Utente) or not _manca(request, utente):
            return None
        if request.path.startswith("/api/"):
            request.user = AnonymousUser()
            return None
        if request.method == "POST":
            sospesi.metti_da_parte(request, str(utente.pk), "sessione")
        if ha_fattore(utente):
            # It was added elsewhere: this session shows it by signing in again.
            sospesi.in_una_sessione_nuova(request)
            return redirect(f"{reverse('accesso')}?next={request.path}")
        return redirect("fattori")


def _manca(request: HttpRequest, utente: Utente) -> bool:
    trovato = request.resolver_match
    nome = "" if trovato is None else trovato.url_name
    return nome not in APERTI and richiede_secondo_fattore(utente)
