"""What one may do now: for the buttons of the pages and for the API."""

from django.db.models import Max

from distretti.permissions import Persona
from programmi.models import AzionePassaggio, Passaggio, Programma
from programmi.models.passaggio import PassaggioQuerySet
from programmi.models.stati import STATI_CHIUSI
from programmi.osservazioni import aperte
from programmi.permissions import puo
from programmi.tabella import APERTURA_VARIAZIONE, AZIONI, CHIUSURA, REPLICA, TRANSIZIONI, Azione


def azioni_ammesse(utente: Persona, programma: Programma) -> list[Azione]:
    """What ``utente`` may do on ``programma`` now, in the order of the table."""
    return [azione for azione in AZIONI if _adesso(azione, programma) and puo(azione, utente, programma)]


def azioni_possibili(utente: Persona, programma: Programma) -> list[AzionePassaggio]:
    """Of those, the steps of the procedure."""
    return [
        AzionePassaggio(azione.codice)
        for azione in TRANSIZIONI
        if azione.ammessa_da(programma) and puo(azione, utente, programma)
    ]


def _adesso(azione: Azione, programma: Programma) -> bool:
    """Does the state allow it? And, of what is done on something else of the programme, is that there?"""
    if not azione.ammessa_da(programma):
        return False
    if azione is APERTURA_VARIAZIONE:
        return not programma.variazioni.exclude(stato__in=STATI_CHIUSI).exists()
    return azione not in (REPLICA, CHIUSURA) or aperte(programma).exists()


def ultimo_ordine(programma: Programma) -> int:
    """The number of the last step, 0 when there is none: the form of a step carries it."""
    return programma.passaggi.aggregate(ultimo=Max("ordine"))["ultimo"] or 0


def passaggi_dopo(programma: Programma, ordine: int) -> PassaggioQuerySet:
    """The steps taken after the one with that number, in order."""
    return Passaggio.objects.filter(programma=programma, ordine__gt=ordine).order_by("ordine")
