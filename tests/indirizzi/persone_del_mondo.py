"""Le persone della scena che hanno bisogno di qualcosa: un invito, uno sblocco, un accesso da ridare."""

from datetime import date

from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.utils import timezone

from distretti import tentativi
from distretti.models import Autorita, Distretto, Incarico, Ruolo, Utente
from distretti.persone import inviti

INIZIO = date(2022, 1, 1)


def invitata(distretto: Distretto, da: Utente) -> Utente:
    """Was sent a link, has not used it, and tried too many passwords meanwhile."""
    utente = _persona("invitata")
    Incarico.objects.create(utente=utente, ruolo=Ruolo.COORDINATORE, distretto=distretto, dal=INIZIO)
    inviti.manda(utente=utente, da=da)
    Session.objects.create(
        pk=tentativi.chiave_di_persona("prova", utente),
        session_data=f"tentativi:{tentativi.MASSIMO}:{tentativi.di_chi(utente.username)}",
        expire_date=timezone.now() + tentativi.FINESTRA,
    )
    return utente


def sospesa(autorita: Autorita) -> Utente:
    """Cannot come in, and has an app of codes."""
    utente = _persona("sospesa", is_active=False)
    Incarico.objects.create(utente=utente, ruolo=Ruolo.AUDITOR, autorita=autorita, dal=INIZIO)
    Authenticator.objects.create(user=utente, type="totp", data={"secret": "non si legge"})
    return utente


def _persona(nome: str, **altro: bool) -> Utente:
    utente = Utente(username=nome, nome_esteso=nome, email=f"{nome}@example.org", **altro)
    utente.set_unusable_password()
    utente.save()
    return utente
