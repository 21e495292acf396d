"""Who holds which role where, on a day. Every predicate of the upper floors stands on these reads."""

from collections.abc import Iterable
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from distretti.models import (
    Adesione,
    Autorita,
    Distretto,
    Incarico,
    Organizzazione,
    Ruolo,
    TokenLettura,
    Utente,
)

Persona = Utente | AnonymousUser


def incarichi_di(utente: Persona, giorno: date | None = None) -> list[Incarico]:
    """The roles ``utente`` holds on ``giorno`` (default: today), read once for each request."""
    if not isinstance(utente, Utente) or not utente.is_active:
        return []
    giorno = giorno or timezone.localdate()
    prestato: Incarico | None = utente.__dict__.get("_incarico_prestato")
    if prestato is not None:
        return [prestato] if prestato.attivo(giorno) else []
    letti: dict[date, list[Incarico]] | None = utente.__dict__.get("_incarichi_letti")
    if letti is None:
        letti = utente.__dict__["_incarichi_letti"] = {}
    if giorno not in letti:
        incarichi = Incarico.objects.alla_data(giorno).filter(utente=utente)
        letti[giorno] = list(incarichi.select_related("distretto", "autorita").order_by("dal", "pk"))
    return letti[giorno]


def presta(utente: Utente, incarico: Incarico) -> Utente:
    """From now on this object holds ``incarico`` alone, whatever other roles the person has.

    For who reads with a token: every predicate stands on ``incarichi_di``, so none can see further.
    """
    utente.__dict__["_incarico_prestato"] = incarico
    return utente


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


def autorita_amministrate(utente: Persona) -> list[Autorita]:
    """The authorities of which ``utente`` is an administrator today."""
    return [
        incarico.autorita
        for incarico in incarichi_di(utente)
        if incarico.autorita is not None and incarico.ruolo == Ruolo.AMMINISTRATORE
    ]


def puo_amministrare_token(utente: Persona, autorita: Autorita) -> bool:
    """May ``utente`` see all the tokens of ``autorita``, and create those of applications?"""
    return autorita in autorita_amministrate(utente)


def puo_creare_token(utente: Persona, incarico: Incarico) -> bool:
    """Everyone may lend to a program a role of their own, while they hold it."""
    return incarico in incarichi_di(utente)


def puo_revocare_token(utente: Persona, token: TokenLettura) -> bool:
    """Whose role it lends, and the administrators of the authority."""
    return token.incarico.utente_id == utente.pk or puo_amministrare_token(utente, token.autorita)


_DEL_REGISTRO = (Ruolo.REFERENTE_ATTIVITA, Ruolo.AMMINISTRATORE)


def autorita_del_registro(utente: Persona) -> list[Autorita]:
    """The authorities whose register ``utente`` keeps today, each once."""
    tenute = {
        incarico.autorita.pk: incarico.autorita
        for incarico in incarichi_di(utente)
        if incarico.autorita is not None and incarico.ruolo in _DEL_REGISTRO
    }
    return list(tenute.values())


def puo_tenere_registro_dell_autorita(utente: Persona, autorita: Autorita) -> bool:
    """May ``utente`` enter districts, organisations and marks in the register of ``autorita``?"""
    return autorita in autorita_del_registro(utente)


def puo_tenere_organizzazione(utente: Persona, organizzazione: Organizzazione) -> bool:
    """May ``utente`` change the record of an organisation?

    Whoever keeps the register of a district it belongs or belonged to; of one that belongs to none,
    whoever keeps a register.
    """
    tenute = {autorita.pk for autorita in autorita_del_registro(utente)}
    sue = set(organizzazione.adesioni.order_by().values_list("distretto__autorita", flat=True))
    return bool(tenute & sue if sue else tenute)


def puo_unire(utente: Persona, una: Organizzazione, altra: Organizzazione) -> bool:
    """May ``utente`` merge two records? Who keeps the register of every district of either."""
    tenute = {autorita.pk for autorita in autorita_del_registro(utente)}
    coppia = Adesione.objects.filter(organizzazione__in=[una.pk, altra.pk]).order_by()
    return bool(tenute) and set(coppia.values_list("distretto__autorita", flat=True)) <= tenute
