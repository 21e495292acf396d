"""A brake on guessing passwords: so many failures per account and address, then a pause.

The count lives in the table of the sessions, which every worker shares and which expires by itself: no
table of its own, and no in-memory cache that each process would have to itself. The address is the one
that connects, or the one that our own proxies saw (``DISTRETTI_PROXY``): never one the guesser writes.
"""

import unicodedata
from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from math import ceil
from typing import Any

from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.contrib.sessions.models import Session
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import salted_hmac

from distretti.provenienza import indirizzo_cliente

MASSIMO = 10
FINESTRA = timedelta(minutes=15)


class TentativiMiddleware:
    """429 on the sign-in page, whatever the password, while the pause lasts."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *altro: Any) -> HttpResponse | None:
        trovato = request.resolver_match
        if request.method != "POST" or trovato is None or trovato.url_name != "accesso":
            return None
        chiave = _chiave(request, request.POST.get("username", ""))
        riga = Session.objects.filter(pk=chiave, expire_date__gt=timezone.now()).first()
        if riga is None or int(riga.session_data) < MASSIMO:
            return None
        secondi = ceil((riga.expire_date - timezone.now()).total_seconds())
        contesto = {"minuti": ceil(secondi / 60)}
        risposta = render(request, "429.html", contesto, status=HTTPStatus.TOO_MANY_REQUESTS)
        risposta.headers["Retry-After"] = str(secondi)
        return risposta


@receiver(user_login_failed, dispatch_uid="conta_tentativo")
def conta_tentativo(credentials: dict[str, Any], request: HttpRequest | None = None, **altro: Any) -> None:
    if request is None:
        return
    adesso = timezone.now()
    Session.objects.filter(expire_date__lte=adesso).delete()
    with transaction.atomic():
        riga, _ = Session.objects.select_for_update().get_or_create(
            pk=_chiave(request, credentials.get("username", "")),
            defaults={"session_data": "0", "expire_date": adesso + FINESTRA},
        )
        riga.session_data = str(int(riga.session_data) + 1)
        riga.save(update_fields=["session_data"])


@receiver(user_logged_in, dispatch_uid="azzera_tentativi")
def azzera_tentativi(request: HttpRequest | None, user: Any, **altro: Any) -> None:
    if request is not None:
        Session.objects.filter(pk=_chiave(request, user.get_username())).delete()


def _chiave(request: HttpRequest, nome: str) -> str:
    """The same for every spelling that Django takes for the same name; nobody can make one up."""
    stesso = unicodedata.normalize("NFKC", nome).strip().casefold()
    dati = f"{indirizzo_cliente(request)}\n{stesso}"
    return salted_hmac("distretti.tentativi", dati, algorithm="sha256").hexdigest()[:40]
