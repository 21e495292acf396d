"""The corrections of a published result, said openly: when, what changed, why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from programmi.models import Programma
from valutazione.models import Risultato
from valutazione.risultati.differenze import Differenza, differenze
from valutazione.risultati.lettura import leggi_tutti


@dataclass(frozen=True)
class Correzione:
    """From a published result to the next published one. ``motivi``: the public sentences in between;
    ``il`` None: who follows the programme reads it before it is published."""

    risultato: Risultato
    il: date | None
    prima: Risultato
    motivi: tuple[str, ...]
    differenze: tuple[Differenza, ...]


def correzioni_di(programma: Programma, fino_a: Risultato) -> list[Correzione]:
    """Those that led to ``fino_a``, the newest first; raises ``RisultatoAlterato``.

    Only between published results (and ``fino_a``): what was defined and corrected before anybody read it
    is no correction.
    """
    righe = list(
        Risultato.objects.filter(programma=programma, numero__lte=fino_a.numero)
        .select_related("passaggio", "pubblicazione__atto")
        .order_by("numero")
    )
    pubblici = [risultato for risultato in righe if risultato.pubblicato or risultato == fino_a]
    for risultato in pubblici:
        risultato.programma = programma
    letti = {r.numero: letto for r, letto in zip(pubblici, leggi_tutti(pubblici), strict=True)}
    correzioni = [
        Correzione(
            risultato=dopo,
            il=dopo.pubblicazione.il if dopo.pubblicato else None,
            prima=prima,
            motivi=_motivi(righe, prima.numero, dopo.numero),
            differenze=tuple(differenze(letti[prima.numero], letti[dopo.numero])),
        )
        for prima, dopo in pairwise(pubblici)
    ]
    return correzioni[::-1]


def _motivi(righe: Iterable[Risultato], dopo: int, fino: int) -> tuple[str, ...]:
    return tuple(r.motivo for r in righe if dopo < r.numero <= fino and r.motivo)
