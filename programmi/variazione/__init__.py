"""The variazione of an approved programme: a draft over it, on the same path, with its own act.

It is a programme of its own (``Programma.variazione`` ≥ 1) until the approval, when its content is written
onto the programme of the year; that one is the only one that everyone reads and that is evaluated.
"""

from .apertura import apri_variazione, controlla_apertura, controlla_riapertura, variazione_aperta
from .applicazione import applica
from .impedimenti import impedimenti

__all__ = [
    "applica",
    "apri_variazione",
    "controlla_apertura",
    "controlla_riapertura",
    "impedimenti",
    "variazione_aperta",
]
