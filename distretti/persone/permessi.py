"""Who sees the people of an authority, and who manages their accounts."""

from distretti.models import Autorita, Ruolo, Utente
from distretti.permissions import Persona, autorita_amministrate, incarichi_di

VEDONO = (Ruolo.AMMINISTRATORE, Ruolo.AUDITOR, Ruolo.DIRIGENTE, Ruolo.SOSTITUTO)


def puo_vedere_persone(utente: Persona, autorita: Autorita) -> bool:
    """May ``utente`` read who holds which role over ``autorita`` and its districts?"""
    return any(i.autorita_id == autorita.pk and i.ruolo in VEDONO for i in incarichi_di(utente))


def puo_amministrare_persone(utente: Persona, autorita: Autorita) -> bool:
    """May ``utente`` invite people, give and end roles over ``autorita`` and its districts?"""
    return autorita in autorita_amministrate(utente)


def puo_amministrare_account(utente: Persona, persona: Utente) -> bool:
    """May ``utente`` correct, suspend, unlock or erase ``persona``?

    Only when every role that the person holds or held is of authorities that ``utente`` administers: an
    account is one, and nobody shuts out a person who works for others too.
    """
    di = {
        incarico.autorita_id or (incarico.distretto and incarico.distretto.autorita_id)
        for incarico in persona.incarichi.select_related("distretto")
    }
    return bool(di) and di <= {autorita.pk for autorita in autorita_amministrate(utente)}


def autorita_con_persone(utente: Persona) -> list[Autorita]:
    """The authorities whose people ``utente`` may see."""
    viste = {i.autorita.pk: i.autorita for i in incarichi_di(utente) if i.autorita and i.ruolo in VEDONO}
    return list(viste.values())
