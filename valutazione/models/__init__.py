"""Top floor: what was DONE and what it is worth."""

from .evidenza import (
    Allegato,
    Evidenza,
    Imputazione,
    OrganizzazioneCoinvolta,
    StatoEvidenza,
    StatoImputazione,
)

__all__ = [
    "Allegato",
    "Evidenza",
    "Imputazione",
    "OrganizzazioneCoinvolta",
    "StatoEvidenza",
    "StatoImputazione",
]
