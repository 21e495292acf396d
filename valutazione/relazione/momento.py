"""The day a report speaks of: it follows from the data, never from the clock, so that the same data make the
same bytes on any day, on any machine and in any time zone.
"""

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import Max, Q
from django.utils.timezone import get_default_timezone

from programmi.models import Programma
from valutazione.models import Allegato, Evidenza, Imputazione, StatoEvidenza
from valutazione.scheda.modello import Scheda


def giorno_dei_dati(programma: Programma, scheda: Scheda) -> date:
    """The day of the last change of what the report says: the last fact in it, the last thing people wrote.

    What was imported has the day of its facts, not that of the import. A draft without any fact has the
    first day of its esercizio.
    """
    fuso = get_default_timezone()
    istanti = (istante.astimezone(fuso).date() for istante in _istanti(programma) if istante is not None)
    return max([*_fatti(scheda), *istanti], default=scheda.dal)


def _fatti(scheda: Scheda) -> Iterator[date]:
    yield from (passaggio.il for passaggio in scheda.passaggi)
    yield from (evidenza.data for evidenza in scheda.evidenze if not evidenza.pianificata)


def _istanti(programma: Programma) -> Iterator[datetime | None]:
    """The last instant of each kind of thing people did: steps, evidence, withdrawals, files, decisions."""
    passaggi = programma.passaggi.filter(utente__isnull=False)
    yield passaggi.aggregate(ultimo=Max("registrato_alle"))["ultimo"]
    evidenze = Evidenza.objects.filter(programma=programma).exclude(stato=StatoEvidenza.BOZZA)
    yield from evidenze.aggregate(
        registrata=Max("modificata_alle", filter=Q(registrata_da__isnull=False)),
        ritirata=Max("ritirata_alle"),
    ).values()
    allegati = Allegato.objects.filter(evidenza__in=evidenze, caricato_da__isnull=False)
    yield allegati.aggregate(ultimo=Max("caricato_alle"))["ultimo"]
    decise = Imputazione.objects.filter(evidenza__in=evidenze)
    yield decise.aggregate(ultimo=Max("verificata_alle"))["ultimo"]
