"""The page on which each action of the table is done."""

from django.urls import reverse

from programmi.models import Programma
from programmi.parole import AltraAzione
from programmi.tabella import TRANSIZIONI, Azione

_PAGINE = {
    AltraAzione.SCRITTURA: "programma-modifica",
    AltraAzione.INTEGRAZIONE: "programma-integrazione",
    AltraAzione.OSSERVAZIONE: "osservazione-nuova",
    AltraAzione.REPLICA: "osservazioni",
    AltraAzione.CHIUSURA: "osservazioni",
    AltraAzione.APERTURA_VARIAZIONE: "variazione-nuova",
}


def indirizzo_di(azione: Azione, programma: Programma) -> str:
    """Where ``azione`` is done on ``programma``."""
    dove = [programma.distretto.codice, programma.edizione]
    if azione in TRANSIZIONI:
        return reverse("programma-passaggio", args=[*dove, azione.codice.value])
    return reverse(_PAGINE[AltraAzione(azione.codice)], args=dove)
