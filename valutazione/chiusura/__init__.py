"""The closing of the year: the services that walk the declared table (``valutazione.tabella``)."""

from .condizioni import mancanze
from .controlli import controlla_completabile, controlla_decidibile, controlla_registrabile
from .lettura import (
    azioni_ammesse,
    chiusura_di,
    passaggi_di,
    passi_possibili,
    puo_ora,
    registra_ora,
    stati_di,
    stato_di,
    ultimo_ordine,
)
from .passi import ChiusuraIncompleta, comincia, compi, concludi

__all__ = [
    "ChiusuraIncompleta",
    "azioni_ammesse",
    "chiusura_di",
    "comincia",
    "compi",
    "concludi",
    "controlla_completabile",
    "controlla_decidibile",
    "controlla_registrabile",
    "mancanze",
    "passaggi_di",
    "passi_possibili",
    "puo_ora",
    "registra_ora",
    "stati_di",
    "stato_di",
    "ultimo_ordine",
]
