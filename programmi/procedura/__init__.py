"""The procedure: the services that walk the declared table (``programmi.tabella``), one step at a time."""

from programmi.tabella import (
    APPROVAZIONE,
    AZIONI,
    MESSA_ALLA_FIRMA,
    PER_CODICE,
    PRESA_IN_CARICO,
    PROPOSTA,
    PUBBLICAZIONE,
    RESPINGIMENTO,
    RESTITUZIONE,
    RIAPERTURA,
    RINVIO,
    RITIRO,
    TRANSIZIONI,
    TRASMISSIONE,
    Azione,
)

from .atti import approva, respingi
from .frattempo import SuperatoNelFrattempo
from .lettura import azioni_ammesse, azioni_possibili, passaggi_dopo, ultimo_ordine
from .passi import compi
from .trasmissione import trasmetti

__all__ = [
    "APPROVAZIONE",
    "AZIONI",
    "MESSA_ALLA_FIRMA",
    "PER_CODICE",
    "PRESA_IN_CARICO",
    "PROPOSTA",
    "PUBBLICAZIONE",
    "RESPINGIMENTO",
    "RESTITUZIONE",
    "RIAPERTURA",
    "RINVIO",
    "RITIRO",
    "TRANSIZIONI",
    "TRASMISSIONE",
    "Azione",
    "SuperatoNelFrattempo",
    "approva",
    "azioni_ammesse",
    "azioni_possibili",
    "compi",
    "passaggi_dopo",
    "respingi",
    "trasmetti",
    "ultimo_ordine",
]
