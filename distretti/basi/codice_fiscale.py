"""The Italian tax code of a person: its shape and its check letter (D.M. 23 dicembre 1976)."""

import re

_FORMA = re.compile(r"[A-Z]{6}[0-9LMNPQRSTUV]{2}[ABCDEHLMPRST][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z]")
_DISPARI = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23)
"""What a letter or its digit (0 as A, 1 as B, …) is worth in an odd place; in an even one, its rank."""


def normalizza(testo: str) -> str:
    """Upper case, without spaces; the prefix that SPID and CIE put before it (``TINIT-``) goes away."""
    return "".join(testo.split()).upper().removeprefix("TINIT-")


def valido(codice: str) -> bool:
    """Is ``codice``, already normalised, one that may exist? Also those that tell two people apart."""
    return _FORMA.fullmatch(codice) is not None and _controllo(codice[:15]) == codice[15]


def _controllo(prime: str) -> str:
    somma = 0
    for posto, segno in enumerate(prime, start=1):
        rango = int(segno) if segno.isdigit() else ord(segno) - ord("A")
        somma += _DISPARI[rango] if posto % 2 else rango
    return chr(ord("A") + somma % 26)
