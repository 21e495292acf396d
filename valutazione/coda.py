"""The queue of what waits for the Agenzia in a programme: filters, order, what comes next."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from distretti.models import Utente
from programmi.models import Indicatore, Programma
from valutazione.filtri import CodaFilter
from valutazione.models import Imputazione

INTORNO = 12
"""Rows of the queue shown beside the one that is being decided."""


def righe_con_evidenze(programma: Programma) -> list[Indicatore]:
    """The lines with evidence, as in the scheda: a filter holds also when nothing waits on its line."""
    imputate = Imputazione.objects.filter(evidenza__programma=programma)
    return list(Indicatore.objects.filter(pk__in=imputate.values("indicatore")).in_ordine())


def filtro_di(dati: Mapping[str, Any], programma: Programma) -> CodaFilter:
    """The queue of ``programma`` filtered as ``dati`` (of an address) asks."""
    return CodaFilter(
        dati or None, queryset=Imputazione.objects.in_coda(programma), righe=righe_con_evidenze(programma)
    )


@dataclass(frozen=True)
class Coda:
    """The primary keys of the queue that one person may decide, in its order."""

    chiavi: tuple[int, ...]

    def posto(self, imputazione: Imputazione) -> int | None:
        return self.chiavi.index(imputazione.pk) if imputazione.pk in self.chiavi else None

    def dopo(self, posto: int | None) -> int | None:
        """What comes after the one in ``posto``; from the beginning again at the end, None when alone."""
        if posto is None:
            return self.chiavi[0] if self.chiavi else None
        if len(self.chiavi) < 2:
            return None
        return self.chiavi[(posto + 1) % len(self.chiavi)]

    def intorno(self, posto: int | None) -> list[Imputazione]:
        """The rows to show beside it: from the one in ``posto`` on."""
        inizio = max(0, min(posto or 0, len(self.chiavi) - INTORNO))
        chiavi = self.chiavi[inizio : inizio + INTORNO]
        righe = Imputazione.objects.select_related("evidenza", "indicatore__progettualita").in_bulk(chiavi)
        return [righe[chiave] for chiave in chiavi if chiave in righe]


def coda_di(filtro: CodaFilter, utente: Utente) -> Coda:
    """What ``utente`` may decide of a filtered queue; of a filter that does not hold, of the whole queue."""
    righe = filtro.qs if not filtro.is_bound or filtro.form.is_valid() else filtro.queryset
    sue = righe.decidibili_da(utente)
    return Coda(tuple(sue.values_list("pk", flat=True)))
