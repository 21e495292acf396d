"""Only characters that the fonts of the documents have: the others would come from whatever fonts a machine
happens to hold, and where it holds none would be the sign of a missing one, which PDF/A and PDF/UA refuse.
"""

import re
from functools import cache
from pathlib import Path
from unicodedata import category, normalize

from django.contrib.staticfiles import finders

FOGLIO = "css/stampa.css"
SIMBOLO, LETTERA = "•", "?"
"""What stands for a symbol (an emoji, a tick) and for a letter (of another alphabet) that no font has."""

_AL_POSTO = {"‐": "-", "‑": "-", "−": "-", "→": "->", "←": "<-", "≥": ">=", "≤": "<=", "″": '"'}
_SPAZI = {ord(spazio) for spazio in "\n\r\t"}


def stampabile(testo: str) -> str:
    """``testo`` in characters that can be printed: composed, then the nearest ones, then a sign."""
    return normalize("NFC", testo).translate(_tavola())


class _Tavola(dict[int, str]):
    """What is printed for each character, found the first time it is met."""

    def __init__(self, presenti: frozenset[int]) -> None:
        super().__init__({codice: chr(codice) for codice in presenti | _SPAZI})
        self.presenti = presenti

    def __missing__(self, codice: int) -> str:
        trovato = self[codice] = self._vicino(chr(codice))
        return trovato

    def _vicino(self, segno: str) -> str:
        if segno in _AL_POSTO:
            return _AL_POSTO[segno]
        scomposto = normalize("NFKD", segno)
        vicino = "".join(parte for parte in scomposto if ord(parte) in self.presenti)
        if vicino:
            return vicino
        specie = category(segno)
        if specie[0] in "MC":  # accents of nothing, joiners, marks of direction
            return ""
        return LETTERA if specie[0] in "LN" else SIMBOLO


@cache
def _tavola() -> _Tavola:
    """Of the characters that every font of the style sheet has."""
    from fontTools.ttLib import TTFont

    foglio = Path(_trova(FOGLIO)).read_text(encoding="utf-8")
    nomi = re.findall(r'url\("statico:([^"]+\.woff2)"\)', foglio)
    return _Tavola(frozenset.intersection(*(frozenset(TTFont(_trova(n)).getBestCmap()) for n in nomi)))


def _trova(nome: str) -> str:
    percorso = finders.find(nome)
    assert isinstance(percorso, str)
    return percorso
