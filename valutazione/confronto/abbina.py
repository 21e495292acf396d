"""Which thing of a list is which of another: by what it is, then by what it resembles, then by its place.

Every step is the same read from either side, so that swapping the lists swaps the pairs.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")

ABBASTANZA_SIMILI = 0.5
"""Two things with half of their words in common are one thing that changed."""

_MOLTE = 40_000
"""Pairs beyond which resemblance is not looked for: no real programme has so many."""


@dataclass
class Abbinati(Generic[T]):
    """``coppie`` are places in the two lists, in the order of the second."""

    coppie: list[tuple[int, int]]
    tolti: list[int] = field(default_factory=list)
    aggiunti: list[int] = field(default_factory=list)

    @property
    def spostati(self) -> list[tuple[int, int]]:
        """The pairs whose order among the pairs changed."""
        in_ordine = sorted(self.coppie)
        dopo = [coppia[1] for coppia in in_ordine]
        return [coppia for coppia, posto in zip(in_ordine, sorted(dopo), strict=True) if coppia[1] != posto]


def abbina(
    prima: Sequence[T],
    dopo: Sequence[T],
    *identita: Callable[[T], Hashable],
    parole: Callable[[T], str] | None = None,
    posto: Callable[[T], Hashable] | None = None,
) -> Abbinati[T]:
    """Pair what has the same identity (the first function that finds one wins; None is no identity), then
    what resembles each other in its ``parole``, then what stands at the same ``posto``."""
    coppie: list[tuple[int, int]] = []
    qui, la = list(range(len(prima))), list(range(len(dopo)))

    def prendi(nuove: list[tuple[int, int]]) -> None:
        coppie.extend(nuove)
        presi_qui, presi_la = {i for i, _ in nuove}, {j for _, j in nuove}
        qui[:] = [i for i in qui if i not in presi_qui]
        la[:] = [j for j in la if j not in presi_la]

    for uguale in identita:
        prendi(_uguali(prima, dopo, qui, la, uguale))
    if parole is not None and len(qui) * len(la) <= _MOLTE:
        prendi(_simili([parole(voce) for voce in prima], [parole(voce) for voce in dopo], qui, la))
    if posto is not None:
        prendi(_uguali(prima, dopo, qui, la, posto))
    return Abbinati(sorted(coppie, key=lambda coppia: coppia[1]), qui, la)


def _uguali(
    prima: Sequence[T], dopo: Sequence[T], qui: list[int], la: list[int], uguale: Callable[[T], Hashable]
) -> list[tuple[int, int]]:
    """The first of those with an identity with the first, the second with the second…"""
    attesi: dict[Hashable, list[int]] = defaultdict(list)
    for j in la:
        attesi[uguale(dopo[j])].append(j)
    attesi.pop(None, None)
    coppie = []
    for i in qui:
        candidati = attesi.get(uguale(prima[i]))
        if candidati:
            coppie.append((i, candidati.pop(0)))
    return coppie


def _simili(prima: list[str], dopo: list[str], qui: list[int], la: list[int]) -> list[tuple[int, int]]:
    """The most alike first; of two equally alike, the nearest."""
    conti_qui, conti_la = (
        {i: Counter(t[i].lower().split()) for i in posti} for t, posti in ((prima, qui), (dopo, la))
    )
    classifica = sorted(
        (-valore, abs(i - j), i + j, i, j)
        for i in qui
        for j in la
        if (valore := somiglianza(conti_qui[i], conti_la[j])) >= ABBASTANZA_SIMILI
    )
    coppie: list[tuple[int, int]] = []
    for *_, i, j in classifica:
        if all(i != altro_i and j != altro_j for altro_i, altro_j in coppie):
            coppie.append((i, j))
    return coppie


def somiglianza(prima: "Counter[str]", dopo: "Counter[str]") -> float:
    """From 0 (no word in common) to 1 (the same words), whichever comes first."""
    totale = prima.total() + dopo.total()
    return 2 * (prima & dopo).total() / totale if totale else 0.0
