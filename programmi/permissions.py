"""One predicate per action on a programme; used by views, templates, services and API alike.

A predicate says who; the state of the procedure is checked by ``programmi.procedura``. Those of the steps
give the role in which the person takes them, as the step records it.
"""

from distretti.models import Distretto, Ruolo
from distretti.permissions import Persona, ruoli_su, ruolo_tra
from programmi.models import Programma

SCRIVONO = (Ruolo.MANAGER, Ruolo.REFERENTE_AMMINISTRATIVO)
TRASMETTONO = (Ruolo.REFERENTE_AMMINISTRATIVO,)
APPROVANO = (Ruolo.DIRIGENTE, Ruolo.REFERENTE_ATTIVITA)


def segue_programma(utente: Persona, programma: Programma) -> bool:
    """Does ``utente`` hold any role that reaches this programme?"""
    return bool(ruoli_su(utente, programma.distretto))


def puo_creare_programma(utente: Persona, distretto: Distretto) -> bool:
    """May ``utente`` begin a draft for ``distretto``?"""
    return ruolo_tra(utente, distretto, SCRIVONO) is not None


def puo_scrivere_programma(utente: Persona, programma: Programma) -> bool:
    """May ``utente`` write the promise (while it is being written)?"""
    return ruolo_tra(utente, programma.distretto, SCRIVONO) is not None


def puo_trasmettere(utente: Persona, programma: Programma) -> Ruolo | None:
    """The referente amministrativo of the district transmits to the Agenzia."""
    return ruolo_tra(utente, programma.distretto, TRASMETTONO)


def puo_approvare(utente: Persona, programma: Programma) -> Ruolo | None:
    """Staff of the authority enter the determinazione that the dirigente signed."""
    return ruolo_tra(utente, programma.distretto, APPROVANO)


def puo_rinviare(utente: Persona, programma: Programma) -> Ruolo | None:
    """Staff of the authority send the programme back, saying what is to mend."""
    return ruolo_tra(utente, programma.distretto, APPROVANO)
