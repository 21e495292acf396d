"""Top floor: what was DONE and what it is worth."""

from valutazione.parole import AzioneChiusura, StatoChiusura, StatoImputazione

from .allegato import Allegato
from .autovalutazione import Autovalutazione, CommentoAzione
from .chiusura import Chiusura, ParametriChiusura, PassaggioChiusura
from .completamento import Completamento
from .conservazione import ParametriConservazione
from .contributo import CostoManager, ParametriContributo
from .evidenza import Evidenza, OrganizzazioneCoinvolta, StatoEvidenza
from .imputazione import Imputazione
from .motivo import MotivoVerifica
from .replica import EsitoReplica, ReplicaVerifica
from .risultato import Risultato
from .serie import SerieInCorso

__all__ = [
    "Allegato",
    "Autovalutazione",
    "AzioneChiusura",
    "Chiusura",
    "CommentoAzione",
    "Completamento",
    "CostoManager",
    "EsitoReplica",
    "Evidenza",
    "Imputazione",
    "MotivoVerifica",
    "OrganizzazioneCoinvolta",
    "ParametriChiusura",
    "ParametriConservazione",
    "ParametriContributo",
    "PassaggioChiusura",
    "ReplicaVerifica",
    "Risultato",
    "SerieInCorso",
    "StatoChiusura",
    "StatoEvidenza",
    "StatoImputazione",
]
