"""How a line is told besides its words."""

from datetime import date
from typing import Protocol

from django import template

from distretti.basi.italiano import al_giorno, dal_giorno

register = template.Library()


class ConGiorni(Protocol):
    """A line, of the database or of a scheda."""

    dal: date | None
    al: date | None


@register.filter
def in_vigore(riga: ConGiorni) -> str:
    """ "Vale dal 1º luglio 2025 al 31 agosto 2025."; nothing for a line of the whole esercizio."""
    parti = [] if riga.dal is None else [dal_giorno(riga.dal)]
    if riga.al is not None:
        parti.append(al_giorno(riga.al) if parti else f"fino {al_giorno(riga.al)}")
    return f"Vale {' '.join(parti)}." if parti else ""
