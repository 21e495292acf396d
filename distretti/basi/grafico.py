"""The geometry of the charts: from numbers to the coordinates of an SVG. Plain Python, no domain.

Coordinates come out as text with a point and at most two decimals, whatever the language of the page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, cos, pi, sin

INTERO = Fraction(100)
TACCHE = 4
"""Lines of a scale at most."""


def coordinata(valore: float | Fraction) -> str:
    """ "12.5", "0", never "-0"."""
    testo = f"{float(valore):.2f}".rstrip("0").rstrip(".")
    return "0" if testo == "-0" else testo


def arco(dal: Fraction, al: Fraction, *, centro: int, raggio: int) -> str:
    """The path along a ring from one percentage to another, clockwise from the top; "" when it is empty."""
    dal, al = max(Fraction(0), dal), min(INTERO, al)
    if al <= dal:
        return ""
    # An arc cannot end where it begins: the path goes in two halves, the longest of which is half a turn.
    fermate = (dal, (dal + al) / 2, al)
    punti = [_sul_cerchio(quota, centro, raggio) for quota in fermate]
    return f"M{punti[0]}" + "".join(f" A{raggio} {raggio} 0 0 1 {punto}" for punto in punti[1:])


def _sul_cerchio(quota: Fraction, centro: int, raggio: int) -> str:
    angolo = 2 * pi * float(quota / INTERO)
    return f"{coordinata(centro + raggio * sin(angolo))} {coordinata(centro - raggio * cos(angolo))}"


def anello(valori: Sequence[Fraction], *, centro: int, raggio: int) -> tuple[str, ...]:
    """One path for each of the growing percentages ``valori``, each from the one before it."""
    fino = Fraction(0)
    percorsi = []
    for valore in valori:
        percorsi.append(arco(fino, valore, centro=centro, raggio=raggio))
        fino = max(fino, valore)
    return tuple(percorsi)


@dataclass(frozen=True)
class Pezzo:
    """A part of a column: of which series, and its rectangle."""

    serie: int
    valore: int
    y: str
    altezza: str


@dataclass(frozen=True)
class Colonna:
    x: str
    larghezza: str
    centro: str
    totale: int
    pezzi: tuple[Pezzo, ...]


@dataclass(frozen=True)
class Tacca:
    """A line of the scale."""

    valore: int
    y: str


def tacche(massimo: int) -> list[int]:
    """Whole numbers of a scale from 0, the last of which is not below ``massimo`` (nor below 1)."""
    massimo = max(1, massimo)
    potenza = 1
    while True:
        for passo in (potenza, 2 * potenza, 5 * potenza):
            if passo * TACCHE >= massimo:
                return list(range(0, passo * ceil(massimo / passo) + 1, passo))
        potenza *= 10


def scala(massimo: int, *, altezza: int) -> list[Tacca]:
    """The lines of a scale ``altezza`` high, from the bottom."""
    valori = tacche(massimo)
    return [Tacca(v, coordinata(altezza - Fraction(altezza * v, valori[-1]))) for v in valori]


def colonne(righe: Sequence[Sequence[int]], *, larghezza: int, altezza: int) -> list[Colonna]:
    """Stacked columns side by side, one for each of ``righe`` (how many of each series), from the bottom."""
    cima = tacche(max((sum(riga) for riga in righe), default=0))[-1]
    passo = Fraction(larghezza, max(1, len(righe)))
    disegnate = []
    for posto, riga in enumerate(righe):
        pezzi, fino = [], 0
        for serie, valore in enumerate(riga):
            fino += valore
            if valore:
                y = altezza - Fraction(altezza * fino, cima)
                pezzi.append(
                    Pezzo(serie, valore, coordinata(y), coordinata(Fraction(altezza * valore, cima)))
                )
        disegnate.append(
            Colonna(
                x=coordinata(passo * posto + passo / 8),
                larghezza=coordinata(passo * 3 / 4),
                centro=coordinata(passo * posto + passo / 2),
                totale=fino,
                pezzi=tuple(pezzi),
            )
        )
    return disegnate


def barre(valori: Sequence[int]) -> list[str]:
    """Lengths from 0 to 100, the longest for the highest of ``valori``; all 0 when there is nothing."""
    massimo = max(valori, default=0)
    return [coordinata(Fraction(100 * valore, massimo)) if massimo else "0" for valore in valori]


@dataclass(frozen=True)
class Punto:
    """A point of a line."""

    x: str
    y: str


def punti(valori: Sequence[tuple[Fraction, Fraction]], *, larghezza: int, altezza: int) -> tuple[Punto, ...]:
    """The points of a line: how far along (0 to 1) and the percentage of each."""
    return tuple(
        Punto(coordinata(larghezza * lungo), coordinata(altezza - altezza * valore / INTERO))
        for lungo, valore in valori
    )
