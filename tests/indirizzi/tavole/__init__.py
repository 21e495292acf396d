"""The rows of the table, area by area: each module of this package gives its ``RIGHE``, written by hand.

A new address needs its row (or rows: one for each question, state, or content that answers otherwise) in
the module of its area; a new module is found by itself.
"""

from importlib import import_module
from pkgutil import iter_modules

from tests.indirizzi.indirizzo import Indirizzo


def righe() -> tuple[Indirizzo, ...]:
    """Those of every module, in the order of their names."""
    moduli = sorted(modulo.name for modulo in iter_modules(__path__))
    return tuple(riga for nome in moduli for riga in import_module(f"{__name__}.{nome}").RIGHE)
