"""A brake on guessing: so many failures, then a pause. The only one of the product, for every door.

Passwords are counted for each account and address, the second factor for each account (who comes to it knows
the password already). The count lives in the table of the sessions, which every worker shares and which
expires by itself: no table of its own, and no in-memory cache that each process would have to itself. The
address is the one that connects, or the one that our own proxies saw (``DISTRETTI_PROXY``): never one the
guesser writes (of IPv6 the network: ``rete_cliente``). It ends with time, or when an administrator says so
(``sblocca``).
"""

import unicodedata
from collections.abc import Callable
from datetime import datetime, timedelta
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

from distretti.eventi import annota
from distretti.models import Utente
from distretti.provenienza import rete_cliente

MASSIMO = 10
FINESTRA = timedelta(minutes=15)

_SEGNO = "tentativi"
"""How the rows begin: ``tentativi:COUNT:ACCOUNT``, the account as a hash."""


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
        return risposta_di_pausa(request, chiave_di_accesso(request, request.POST.get("username", "")))


def risposta_di_pausa(request: HttpRequest, chiave: str) -> HttpResponse | None:
    """The 429 page while the pause of ``chiave`` lasts; None when there is none."""
    riga = Session.objects.filter(pk=chiave, expire_date__gt=timezone.now()).first()
    if riga is None or _conto(riga) < MASSIMO:
        return None
    secondi = ceil((riga.expire_date - timezone.now()).total_seconds())
    risposta = render(
        request, "429.html", {"minuti": ceil(secondi / 60)}, status=HTTPStatus.TOO_MANY_REQUESTS
    )
    risposta.headers["Retry-After"] = str(secondi)
    return risposta


def conta(chiave: str, nome: str) -> int:
    """One more failure of ``chiave``, on the account with this user name: how many they are now."""
    adesso = timezone.now()
    Session.objects.filter(expire_date__lte=adesso).delete()
    with transaction.atomic():
        riga, _ = Session.objects.select_for_update(no_key=True).get_or_create(
            pk=chiave,
            defaults={"session_data": f"{_SEGNO}:0:{di_chi(nome)}", "expire_date": adesso + FINESTRA},
        )
        quanti = _conto(riga) + 1
        riga.session_data = f"{_SEGNO}:{quanti}:{di_chi(nome)}"
        riga.save(update_fields=["session_data"])
        if quanti == MASSIMO:
            utente = Utente.objects.filter(username=_stesso(nome)).first()
            if utente is not None:
                annota(azione="persona.bloccata", oggetti=[utente], motivo="troppi tentativi di accesso")
    return quanti


def azzera(chiave: str) -> None:
    """Forget the failures of ``chiave``."""
    Session.objects.filter(pk=chiave).delete()


def bloccato_fino(nome: str) -> datetime | None:
    """When the last pause of an account ends, from whatever address; None when there is none now."""
    righe = Session.objects.filter(session_data__startswith=f"{_SEGNO}:", expire_date__gt=timezone.now())
    fermi = [r for r in righe.filter(session_data__endswith=f":{di_chi(nome)}") if _conto(r) >= MASSIMO]
    return max((riga.expire_date for riga in fermi), default=None)


def sblocca(nome: str) -> int:
    """End every pause of an account, from whatever address: how many counts were forgotten."""
    righe = Session.objects.filter(session_data__startswith=f"{_SEGNO}:")
    return righe.filter(session_data__endswith=f":{di_chi(nome)}").delete()[0]


@receiver(user_login_failed, dispatch_uid="conta_tentativo")
def conta_tentativo(credentials: dict[str, Any], request: HttpRequest | None = None, **altro: Any) -> None:
    if request is not None:
        nome = credentials.get("username", "")
        conta(chiave_di_accesso(request, nome), nome)


@receiver(user_logged_in, dispatch_uid="azzera_tentativi")
def azzera_tentativi(request: HttpRequest | None, user: Any, **altro: Any) -> None:
    if request is not None:
        azzera(chiave_di_accesso(request, user.get_username()))


def chiave_di_accesso(request: HttpRequest, nome: str) -> str:
    """The same for every spelling that Django takes for the same name; nobody can make one up."""
    return _impronta(f"{rete_cliente(request)}\n{_stesso(nome)}")


def chiave_di_persona(che_cosa: str, utente: Utente) -> str:
    """Of something that one person does, from whatever address."""
    return _impronta(f"{che_cosa}\n{utente.pk}")


def _conto(riga: Session) -> int:
    return int(riga.session_data.split(":")[1])


def _stesso(nome: str) -> str:
    return unicodedata.normalize("NFKC", nome).strip().casefold()


def di_chi(nome: str) -> str:
    return salted_hmac("distretti.tentativi.di", _stesso(nome), algorithm="sha256").hexdigest()[:24]


def _impronta(dati: str) -> str:
    return salted_hmac("distretti.tentativi", dati, algorithm="sha256").hexdigest()[:40]
