"""A row of a declared table: the one shape of what may be done, of the procedure and of the closing."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from distretti.basi.parole import Parola
from distretti.models import Ruolo

S = TypeVar("S")
C = TypeVar("C", bound=Parola, covariant=True)


@dataclass(frozen=True, slots=True)
class AzioneDichiarata(Generic[S, C]):
    """Which action, from which states, to where, by whom. ``etichetta`` is the button, ``verbo`` completes
    "non si può …".

    ``a`` is where a step leads, None for what leaves the state as it is. ``condizioni`` say in words what
    the service asks besides the role and the state.
    """

    codice: C
    da: tuple[S, ...]
    a: S | None
    ruoli: tuple[Ruolo, ...]
    etichetta: str
    verbo: str
    condizioni: tuple[str, ...] = ()
