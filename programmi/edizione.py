"""How an address names a programme of a district: the year, or the year with the number of a variazione."""

import re
from typing import Any, Self

from django.urls import register_converter

_SCRITTA = re.compile(r"([0-9]+)(?:-v([1-9][0-9]*))?")


class Edizione(int):
    """``2025``, the programme of a year, or ``2025-v1``, its first variazione. The number is the year."""

    variazione: int

    def __new__(cls, anno: int, variazione: int = 0) -> Self:
        edizione = super().__new__(cls, anno)
        edizione.variazione = variazione
        return edizione

    def __str__(self) -> str:
        anno = int.__repr__(self)
        return f"{anno}-v{self.variazione}" if self.variazione else anno

    def __format__(self, formato: str) -> str:
        return format(str(self), formato)

    def __eq__(self, altro: object) -> bool:
        return super().__eq__(altro) is True and self.variazione == getattr(altro, "variazione", 0)

    def __ne__(self, altro: object) -> bool:  # int has one of its own
        return not self == altro

    def __hash__(self) -> int:
        return super().__hash__()

    def __repr__(self) -> str:
        return f"Edizione({self})"

    @classmethod
    def letta(cls, testo: str) -> Self | None:
        """The edition that ``testo`` writes; None when it writes none."""
        trovata = _SCRITTA.fullmatch(testo) if testo.isascii() else None
        return None if trovata is None else cls(int(trovata[1]), int(trovata[2] or 0))


class ConvertitoreEdizione:
    """``<edizione:anno>`` in an address."""

    regex = r"[0-9]+(?:-v[1-9][0-9]*)?"

    def to_python(self, value: str) -> Edizione:
        edizione = Edizione.letta(value)
        if edizione is None:
            raise ValueError(value)
        return edizione

    def to_url(self, value: Any) -> str:
        return str(value)


register_converter(ConvertitoreEdizione, "edizione")

PERCORSO = "programmi/<str:codice>/<edizione:anno>"
"""The address of a programme, annual or variazione, for the pages and for the API."""
PERCORSO_ANNUALE = "programmi/<str:codice>/<int:anno>"
"""That of an annual programme alone: a variazione has no evidence, no percentages, no report."""
