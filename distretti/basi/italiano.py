"""Italian words for dates, numbers and counts: plain Python, no domain and no Django."""

import re
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


def numeri_distinti(minore: Fraction, maggiore: Fraction) -> tuple[str, str]:
    """Two different numbers as they are written, with as many decimals as it takes to tell them apart."""
    decimali = 2
    while arrotonda(minore, decimali) == arrotonda(maggiore, decimali):
        decimali += 1
    return numero(minore, decimali), numero(maggiore, decimali)


def numero_per_eccesso(valore: Fraction, decimali: int = 2) -> str:
    """A number of which not less is enough, rounded up: 1/3 → "0,34"."""
    scala = 10**decimali
    return numero(Fraction(-(-valore * scala // 1), scala), decimali)


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


_ELISE = {"il": "l'", "al": "all'", "dal": "dall'", "del": "dell'"}


def _elide(cifre: str) -> bool:
    """Is the number read with a vowel first? "l'8", "l'80%", "l'11 marzo", "l'11,5%"."""
    return cifre.startswith("8") or cifre == "11"


def con_preposizione(parola: str, testo: str) -> str:
    """``parola`` ("il", "al", "dal", "del") before a text that begins with a number: "all'80%", "al 20%"."""
    cifre = re.match(r"\d*", testo)
    return f"{_ELISE[parola]}{testo}" if cifre and _elide(cifre[0]) else f"{parola} {testo}"


def percentuale(valore: Fraction | Decimal | int) -> str:
    """A percentage inside a sentence, without useless zeros: "20%", "33,33%"."""
    return f"{numero(valore)}%"


def il_percento(valore: Fraction | Decimal | int) -> str:
    """With its article: "il 20%", "l'80%"."""
    return con_preposizione("il", percentuale(valore))


def al_percento(valore: Fraction | Decimal | int) -> str:
    """With its preposition: "al 100%", "all'80%"."""
    return con_preposizione("al", percentuale(valore))


def il_giorno(giorno: date) -> str:
    """A date with its article: "il 9 gennaio 2026", "l'8 marzo 2025"."""
    return con_preposizione("il", data_estesa(giorno))


def del_giorno(giorno: date) -> str:
    """ "del 9 gennaio 2026", "dell'8 marzo 2025" """
    return con_preposizione("del", data_estesa(giorno))


def dal_giorno(giorno: date) -> str:
    """ "dal 9 gennaio 2026", "dall'8 marzo 2025" """
    return con_preposizione("dal", data_estesa(giorno))


def al_giorno(giorno: date) -> str:
    """ "al 9 gennaio 2026", "all'8 marzo 2025" """
    return con_preposizione("al", data_estesa(giorno))
