"""Top floor: what was DONE and what it is worth."""

from valutazione.parole import AzioneChiusura, StatoChiusura, StatoImputazione

from .allegato import Allegato
from .autovalutazione import Autovalutazione, CommentoAzione
from .chiusura import Chiusura, ParametriChiusura, PassaggioChiusura
from .contributo import CostoManager, ParametriContributo
from .evidenza import Evidenza, OrganizzazioneCoinvolta, StatoEvidenza
from .imputazione import Imputazione

__all__ = [
    "Allegato",
    "Autovalutazione",
    "AzioneChiusura",
    "Chiusura",
    "CommentoAzione",
    "CostoManager",
    "Evidenza",
    "Imputazione",
    "OrganizzazioneCoinvolta",
    "ParametriChiusura",
    "ParametriContributo",
    "PassaggioChiusura",
    "StatoChiusura",
    "StatoEvidenza",
    "StatoImputazione",
]
