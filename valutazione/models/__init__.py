"""Top floor: what was DONE and what it is worth."""

from valutazione.parole import StatoImputazione

from .evidenza import Allegato, Evidenza, Imputazione, OrganizzazioneCoinvolta, StatoEvidenza

__all__ = [
    "Allegato",
    "Evidenza",
    "Imputazione",
    "OrganizzazioneCoinvolta",
    "StatoEvidenza",
    "StatoImputazione",
]
