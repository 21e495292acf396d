"""Top floor: what was DONE and what it is worth."""

from valutazione.parole import AzioneChiusura, StatoChiusura, StatoImputazione

from .allegato import Allegato
from .autovalutazione import Autovalutazione, CommentoAzione
from .chiusura import Chiusura, ParametriChiusura, PassaggioChiusura
from .evidenza import Evidenza, OrganizzazioneCoinvolta, StatoEvidenza
from .imputazione import Imputazione

__all__ = [
    "Allegato",
    "Autovalutazione",
    "AzioneChiusura",
    "Chiusura",
    "CommentoAzione",
    "Evidenza",
    "Imputazione",
    "OrganizzazioneCoinvolta",
    "ParametriChiusura",
    "PassaggioChiusura",
    "StatoChiusura",
    "StatoEvidenza",
    "StatoImputazione",
]
