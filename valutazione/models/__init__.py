"""Top floor: what was DONE and what it is worth."""

from valutazione.parole import StatoImputazione

from .allegato import Allegato
from .evidenza import Evidenza, OrganizzazioneCoinvolta, StatoEvidenza
from .imputazione import Imputazione

__all__ = [
    "Allegato",
    "Evidenza",
    "Imputazione",
    "OrganizzazioneCoinvolta",
    "StatoEvidenza",
    "StatoImputazione",
]
