"""Writes on evidence and on its verification: one transaction, a row lock, errors with a name."""

from .allegati import aggiungi_allegato, segna_dati_personali, togli_allegato
from .evidenze import (
    crea_evidenza,
    elimina_bozza,
    registra_evidenza,
    ritira_evidenza,
    salva_dati_modulo,
)
from .verifica import verifica_imputazione

__all__ = [
    "aggiungi_allegato",
    "crea_evidenza",
    "elimina_bozza",
    "registra_evidenza",
    "ritira_evidenza",
    "salva_dati_modulo",
    "segna_dati_personali",
    "togli_allegato",
    "verifica_imputazione",
]
