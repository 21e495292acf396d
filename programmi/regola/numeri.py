"""The exact numbers of the contract: texts with a decimal ("12.5") or a fraction ("100/3")."""

import re
from fractions import Fraction

from distretti.basi.lettore import Errore, citazione, natura

LUNGHEZZA_MASSIMA = 200
"""Longer texts are refused, so that no document can make the exact arithmetic endless."""

MODELLO_NUMERO = r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?|(?:0|[1-9][0-9]*)/[1-9][0-9]*"
"""No sign, no exponent, no leading zeros, digits on both sides of the point, no zero denominator."""

_NUMERO = re.compile(MODELLO_NUMERO)
_DECIMALI_COMODI = 20


def numero_da(testo: str) -> Fraction | None:
    """The number a text says, ``None`` when it is not written as the contract asks."""
    if len(testo) > LUNGHEZZA_MASSIMA or not _NUMERO.fullmatch(testo):
        return None
    return Fraction(testo)


def numero_testo(valore: Fraction) -> str:
    """The normal form of a number ≥ 0: an exact decimal where there is a short one, else a fraction."""
    if valore.denominator == 1:
        return str(valore.numerator)
    frazione = f"{valore.numerator}/{valore.denominator}"
    decimali = _decimali_esatti(valore.denominator)
    if decimali is None or (decimali > _DECIMALI_COMODI and decimali + 2 > len(frazione)):
        return frazione
    cifre = str(valore.numerator * 10**decimali // valore.denominator).rjust(decimali + 1, "0")
    return f"{cifre[:-decimali]}.{cifre[-decimali:]}"


def leggi_numero(
    dato: object,
    percorso: str,
    errori: list[Errore],
    *,
    zero: bool = False,
    massimo: Fraction | None = None,
) -> Fraction | None:
    """An exact number > 0 (≥ 0 with ``zero``), not above ``massimo``; else ``None``, and the error noted."""
    letto: Fraction | None = None
    if not isinstance(dato, str):
        messaggio = f'deve essere un numero scritto come testo ("20", "12.5", "100/3"), non {natura(dato)}'
    elif len(dato) > LUNGHEZZA_MASSIMA:
        messaggio = f"il numero è scritto con più di {LUNGHEZZA_MASSIMA} caratteri"
    elif (letto := numero_da(dato)) is None:
        messaggio = f'{citazione(dato)} non è un numero come "20", "12.5" o "100/3"'
    elif letto == 0 and not zero:
        messaggio = "deve essere maggiore di 0"
    elif massimo is not None and letto > massimo:
        messaggio = f"{citazione(dato)} è più di {massimo}"
    else:
        return letto
    errori.append(Errore(percorso, messaggio))
    return None


def _decimali_esatti(denominatore: int) -> int | None:
    """How many decimals write 1/denominatore exactly, ``None`` when no number of them does."""
    quanti = [0, 0]
    for posto, primo in enumerate((2, 5)):
        while denominatore % primo == 0:
            denominatore //= primo
            quanti[posto] += 1
    return max(quanti) if denominatore == 1 else None
