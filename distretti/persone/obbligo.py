"""Who must have a second factor."""

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from distretti.models import Ruolo
from distretti.permissions import Persona, incarichi_di

RUOLI_CON_SECONDO_FATTORE = (
    Ruolo.DIRIGENTE,
    Ruolo.SOSTITUTO,
    Ruolo.REFERENTE_ATTIVITA,
    Ruolo.VERIFICATORE,
    Ruolo.AMMINISTRATORE,
)
"""Who approves, who verifies, who gives others their roles."""

CHIAVE = "secondo_fattore_alle"
"""In the session: when the second factor was passed, or added."""


def richiede_secondo_fattore(utente: Persona) -> bool:
    """Does a role that ``utente`` holds today want a second factor, in this installation?"""
    return settings.SECONDO_FATTORE_OBBLIGATORIO and any(
        incarico.ruolo in RUOLI_CON_SECONDO_FATTORE for incarico in incarichi_di(utente)
    )


def segna_superato(request: HttpRequest) -> None:
    """This session has shown a second factor."""
    request.session[CHIAVE] = timezone.now().isoformat()
