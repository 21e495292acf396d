"""Osservazioni: what the Agenzia asks to mend, the replies of the district, the closing."""

from programmi.models import Osservazione, Programma
from programmi.models.osservazione import OsservazioneQuerySet


def aperte(programma: Programma) -> OsservazioneQuerySet:
    """Those of ``programma`` that nobody closed yet, replied or not, in order."""
    return Osservazione.objects.filter(programma=programma).aperte().order_by("numero")
