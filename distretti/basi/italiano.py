"""Italian words for dates, numbers and counts: plain Python, no domain and no Django."""

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

MESI = (
    "gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno",
    "luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre",
)  # fmt: skip


def data_estesa(giorno: date) -> str:
    """``date(2025, 6, 19)`` → "19 giugno 2025"; the first of the month is "1º"."""
    numero = "1º" if giorno.day == 1 else str(giorno.day)
    return f"{numero} {MESI[giorno.month - 1]} {giorno.year}"


def arrotonda(valore: Fraction, decimali: int = 2) -> Decimal:
    """The one rounding of the product: half up, exact on fractions of any size."""
    scala = 10**decimali
    unita = (abs(valore) * scala * 2 + 1) // 2
    with localcontext() as contesto:
        contesto.prec = max(28, len(str(unita)) + decimali)
        esito = Decimal(int(unita)).scaleb(-decimali).quantize(Decimal(1).scaleb(-decimali), ROUND_HALF_UP)
    return -esito if valore < 0 else esito


def numero(valore: Fraction | Decimal | int, decimali: int = 2) -> str:
    """A number as it is written in Italian, without useless zeros: "33,33", "8,5", "60"."""
    testo = f"{arrotonda(Fraction(valore), decimali):f}"
    if "." in testo:
        testo = testo.rstrip("0").rstrip(".")
    return testo.replace(".", ",")


def percento(valore: Fraction | Decimal | int) -> str:
    """A percentage with two decimals, as it is printed in tables: "33,33%"."""
    return f"{arrotonda(Fraction(valore)):f}%".replace(".", ",")


def conta(quanti: int, singolare: str, plurale: str) -> str:
    """``conta(1, "incontro", "incontri")`` → "1 incontro"."""
    return f"{quanti} {singolare if quanti == 1 else plurale}"


def elenco(voci: Sequence[str], congiunzione: str = "e") -> str:
    """``["a", "b", "c"]`` → "a, b e c"."""
    if len(voci) < 2:
        return "".join(voci)
    return f"{', '.join(voci[:-1])} {congiunzione} {voci[-1]}"
