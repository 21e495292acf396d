"""Closed lists of words, each with its Italian label: what Django calls choices, without Django.

The exchange format and the kernel, which know no ORM, and the models read the same lists.
"""

from enum import StrEnum
from typing import Self


class Parola(StrEnum):
    """A word of the vocabulary: its code, and its label. ``APPROVATO = "approvato", "approvato"``."""

    etichetta: str

    def __new__(cls, codice: str, etichetta: str = "") -> Self:
        parola = str.__new__(cls, codice)
        parola._value_ = codice
        parola.etichetta = etichetta
        return parola

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Code and label of each word; a model's field takes this function itself."""
        return [(parola.value, parola.etichetta) for parola in cls]
