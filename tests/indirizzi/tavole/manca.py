"""Where one stands: what is missing, the year's curve."""

from tests.indirizzi.indirizzo import Indirizzo
from tests.indirizzi.mondo import programma_di

RIGHE = (
    Indirizzo("cosa-manca", programma_di("approvato")),
    Indirizzo("cosa-manca", programma_di("approvato"), query="?azione=P1"),
    Indirizzo("andamento", programma_di("approvato")),
)
