"""The rules stored on the lines, read back."""

from typing import Any

from programmi.models import Programma
from programmi.regola import Errore, Regola, leggi_regola


def regola_di(dato: dict[str, Any] | None) -> Regola | None:
    """The rule stored on a line, which the services checked when they wrote it."""
    errori: list[Errore] = []
    return None if dato is None else leggi_regola(dato, "$.regola", errori)


def regole_di(programma: Programma) -> list[Regola]:
    """The rules of the lines of a programme."""
    lette = (regola_di(dato) for dato in programma.indicatori.values_list("regola", flat=True))
    return [regola for regola in lette if regola is not None]
