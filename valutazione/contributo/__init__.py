"""From the percentage of realisation to the euro of the contribution: pure functions, no database.

What decides the amount (share of the cost, maximum, own co-funding, function of the realisation) is data of
an authority and a year; here are the forms it may take. Until the authority adopts its parameters the result
is a *simulazione* (docs/contributo.md).
"""

from .calcolo import Contributo, Passo, calcola
from .funzione import Fasce, Fascia, Funzione, Nessuna, Proporzionale, frase_funzione, leggi_funzione
from .parametri import Parametri

__all__ = [
    "Contributo",
    "Fasce",
    "Fascia",
    "Funzione",
    "Nessuna",
    "Parametri",
    "Passo",
    "Proporzionale",
    "calcola",
    "frase_funzione",
    "leggi_funzione",
]
