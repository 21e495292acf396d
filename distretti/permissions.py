"""Who holds which role where, on a day. Every predicate of the upper floors stands on these reads."""

from collections.abc import Iterable
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from distretti.models import Distretto, Incarico, Ruolo, Utente

Persona = Utente | AnonymousUser


def incarichi_di(utente: Persona, giorno: date | None = None) -> list[Incarico]:
    """The roles ``utente`` holds on ``giorno`` (default: today), read once for each request."""
    if not isinstance(utente, Utente) or not utente.is_active:
        return []
    giorno = giorno or timezone.localdate()
    letti: dict[date, list[Incarico]] | None = utente.__dict__.get("_incarichi_letti")
    if letti is None:
        letti = utente.__dict__["_incarichi_letti"] = {}
    if giorno not in letti:
        incarichi = Incarico.objects.alla_data(giorno).filter(utente=utente)
        letti[giorno] = list(incarichi.select_related("distretto", "autorita").order_by("dal", "pk"))
    return letti[giorno]


def ambiti_di(utente: Persona, giorno: date | None = None) -> tuple[set[int], set[int]]:
    """Primary keys of the districts and of the authorities over which ``utente`` holds a role."""
    incarichi = incarichi_di(utente, giorno)
    distretti = {incarico.distretto_id for incarico in incarichi if incarico.distretto_id is not None}
    autorita = {incarico.autorita_id for incarico in incarichi if incarico.autorita_id is not None}
    return distretti, autorita


def ruoli_su(utente: Persona, distretto: Distretto, giorno: date | None = None) -> list[Ruolo]:
    """The roles of ``utente`` that reach ``distretto``: its own and those of its authority."""
    return [
        Ruolo(incarico.ruolo)
        for incarico in incarichi_di(utente, giorno)
        if incarico.distretto_id == distretto.pk or incarico.autorita_id == distretto.autorita_id
    ]


def ruolo_tra(utente: Persona, distretto: Distretto, ammessi: Iterable[Ruolo]) -> Ruolo | None:
    """The first role of ``utente`` on ``distretto`` that is among ``ammessi``, or None."""
    ammessi = set(ammessi)
    return next((ruolo for ruolo in ruoli_su(utente, distretto) if ruolo in ammessi), None)


def puo_tenere_registro(utente: Persona, distretto: Distretto) -> bool:
    """May ``utente`` enter memberships in the register? Staff of the authority only."""
    return ruolo_tra(utente, distretto, (Ruolo.REFERENTE_ATTIVITA, Ruolo.AMMINISTRATORE)) is not None
