"""The accesses of administrators, in the event log: who enters, who leaves, who tried with a wrong password.

An administrator's role opens pages that nobody else's does, and the law wants their accesses complete and
tamper-evident (measures on system administrators): signing in and out tells them all, because nothing is
opened without. Those of the other people are in the access log alone.
"""

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from distretti.eventi import annota
from distretti.models import Ruolo, Utente
from distretti.permissions import incarichi_di
from distretti.provenienza import indirizzo_cliente


@receiver(user_logged_in, dispatch_uid="annota_entrata_amministratore")
def entrata(request: HttpRequest | None, user: Any, **altro: Any) -> None:
    _annota("accesso.entrata", user, request)


@receiver(user_logged_out, dispatch_uid="annota_uscita_amministratore")
def uscita(request: HttpRequest | None, user: Any, **altro: Any) -> None:
    _annota("accesso.uscita", user, request)


@receiver(user_login_failed, dispatch_uid="annota_tentativo_amministratore")
def tentativo(credentials: dict[str, Any], request: HttpRequest | None = None, **altro: Any) -> None:
    utente = Utente.objects.filter(username=credentials.get("username") or "").first()
    _annota("accesso.tentativo_fallito", utente, request, riconosciuto=False)


def _annota(azione: str, utente: Any, request: HttpRequest | None, *, riconosciuto: bool = True) -> None:
    """``riconosciuto``: it was really they; whoever tried with their name is nobody knows who."""
    if not isinstance(utente, Utente) or not _amministra(utente):
        return
    da = "" if request is None or not request.META.get("REMOTE_ADDR") else indirizzo_cliente(request)
    annota(
        azione=azione,
        oggetti=[utente],
        utente=utente if riconosciuto else None,
        ruolo=Ruolo.AMMINISTRATORE if riconosciuto else "",
        dopo={"Account": utente.get_username()} | ({"Indirizzo": da} if da else {}),
    )


def _amministra(utente: Utente) -> bool:
    return any(incarico.ruolo == Ruolo.AMMINISTRATORE for incarico in incarichi_di(utente))
