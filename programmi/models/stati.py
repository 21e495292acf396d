"""The states of a programme, from the draft to its realisation."""

from django.db import models
from django.db.models import Q


class StatoProgramma(models.TextChoices):
    BOZZA = "bozza", "bozza"
    TRASMESSO = "trasmesso", "trasmesso"
    IN_ESAME = "in_esame", "in esame"
    INTEGRAZIONI_RICHIESTE = "integrazioni_richieste", "integrazioni richieste"
    PROPOSTO = "proposto", "proposto"
    ALLA_FIRMA = "alla_firma", "alla firma"
    APPROVATO = "approvato", "approvato"
    IN_ATTUAZIONE = "in_attuazione", "in attuazione"
    RITIRATO = "ritirato", "ritirato"
    RESPINTO = "respinto", "respinto"


STATI_APPROVATI = (StatoProgramma.APPROVATO, StatoProgramma.IN_ATTUAZIONE)
"""With the act that approved it: everyone reads the promise of an annual programme in one of these."""

STATI_MODIFICABILI = (StatoProgramma.BOZZA, StatoProgramma.INTEGRAZIONI_RICHIESTE)
"""Being written by the district."""

STATI_CHIUSI = (*STATI_APPROVATI, StatoProgramma.RITIRATO, StatoProgramma.RESPINTO)
"""No longer on its way: a new variazione may be opened when the one before is in one of these."""


def pubblici(percorso: str = "") -> Q:
    """The programmes everyone may read, or with ``percorso`` the rows below them.

    The annual ones that are approved: a variazione is read in the programme it changes, once applied.
    """
    return Q(**{f"{percorso}stato__in": STATI_APPROVATI, f"{percorso}variazione": 0})
