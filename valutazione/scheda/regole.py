"""The rules of a document of the exchange format, changed without touching what it shares with others."""

from collections.abc import Callable
from typing import Any

Oggetto = dict[str, Any]
Cambia = Callable[[str, Oggetto | None], Oggetto | None]


def con_regole(documento: Oggetto, cambia: Cambia) -> Oggetto:
    """``documento`` with the rule of each line as ``cambia(code of the line, rule)`` gives it."""

    def cambiate(righe: list[Oggetto]) -> list[Oggetto]:
        return [riga | {"regola": cambia(riga["codice"], riga["regola"])} for riga in righe]

    return documento | {
        "obbligatorie": cambiate(documento["obbligatorie"]),
        "progettualita": [p | {"indicatori": cambiate(p["indicatori"])} for p in documento["progettualita"]],
    }
