"""The weighted mean of what is scored, exact: whole numbers over one denominator, one fraction at the end."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import lcm

from valutazione.kernel.esito import NON_VALUTATA, Valori


def media(pesati: Iterable[tuple[Fraction, Valori]]) -> Valori:
    """The mean of each of the three values; *non valutata* when nothing is scored."""
    pesi: list[Fraction] = []
    dichiarati: list[Fraction] = []
    riconosciuti: list[Fraction] = []
    prospettici: list[Fraction] = []
    for peso, valori in pesati:
        if valori.dichiarato is None or valori.riconosciuto is None or valori.prospettico is None:
            continue
        pesi.append(peso)
        dichiarati.append(valori.dichiarato)
        riconosciuti.append(valori.riconosciuto)
        prospettici.append(valori.prospettico)
    if not pesi:
        return NON_VALUTATA
    if len(pesi) == 1:
        return Valori(dichiarati[0], riconosciuti[0], prospettici[0])
    if pesi.count(pesi[0]) == len(pesi):  # all alike: the plain mean
        di = _media
    else:
        totale = sum(pesi, Fraction(0))

        def di(valori: Sequence[Fraction]) -> Fraction:
            return _pesata(pesi, valori) / totale

    dichiarato = di(dichiarati)
    # Most often nothing is planned.
    return Valori(dichiarato, di(riconosciuti), dichiarato if prospettici == dichiarati else di(prospettici))


def _media(valori: Sequence[Fraction]) -> Fraction:
    numeratore, denominatore = _somma(valori)
    return Fraction(numeratore, denominatore * len(valori))


def _pesata(pesi: Sequence[Fraction], valori: Sequence[Fraction]) -> Fraction:
    return Fraction(*_somma([peso * valore for peso, valore in zip(pesi, valori, strict=True)]))


def _somma(valori: Sequence[Fraction]) -> tuple[int, int]:
    """Numerator and denominator of the sum, not reduced."""
    numeratore, denominatore = 0, 1
    for valore in valori:
        n, d = valore.as_integer_ratio()
        if d == denominatore:
            numeratore += n
        else:
            comune = lcm(denominatore, d)
            numeratore = numeratore * (comune // denominatore) + n * (comune // d)
            denominatore = comune
    return numeratore, denominatore
