"""Cells: what a person typed or pasted, as plain text on one line."""

import re
import unicodedata
from collections.abc import Mapping

MASSIMO_RIGHE = 500
"""Rows of a table: a year of meetings of the busiest district, several times over."""
MASSIMO_CELLA = 2000
"""Characters of a cell."""

Celle = Mapping[str, str]
"""What a row holds, by the key of its column."""

_DIREZIONE = dict.fromkeys([0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""Marks that change the order in which a text is read: it would not be what it looks like."""
_BIANCHI = re.compile(r"[^\S\n]+")


def pulita(testo: str) -> str:
    """``testo`` without what cannot be seen; the lines of a cell become voices of a list ("; ").

    A formula stays the text that it is: nothing here is ever computed (``distretti.basi.celle``).
    """
    testo = testo.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").translate(_DIREZIONE)
    visibile = "".join(c for c in testo if c == "\n" or c.isspace() or unicodedata.category(c) != "Cc")
    righe = (_BIANCHI.sub(" ", riga).strip() for riga in visibile.split("\n"))
    return "; ".join(riga.rstrip(";").rstrip() if riga != ";" else "" for riga in righe if riga)


def voci(testo: str) -> list[str]:
    """The names of a cell, each once, in their order: "Comune; CS4" → two."""
    return list(dict.fromkeys(voce.strip() for voce in testo.split(";") if voce.strip()))


def vuota(celle: Celle) -> bool:
    """Was nothing written in the row?"""
    return not any(celle.values())
