"""How the state of a programme is drawn."""

from django import template

from programmi.indirizzi import indirizzo_di
from programmi.models import Programma, StatoProgramma
from programmi.regola import frase, leggi_regola
from programmi.tabella import Azione

register = template.Library()

TONI = {
    StatoProgramma.BOZZA.value: "neutro",
    StatoProgramma.TRASMESSO.value: "info",
    StatoProgramma.IN_ESAME.value: "info",
    StatoProgramma.INTEGRAZIONI_RICHIESTE.value: "attesa",
    StatoProgramma.PROPOSTO.value: "info",
    StatoProgramma.ALLA_FIRMA.value: "info",
    StatoProgramma.APPROVATO.value: "positivo",
    StatoProgramma.IN_ATTUAZIONE.value: "positivo",
    StatoProgramma.RITIRATO.value: "neutro",
    StatoProgramma.RESPINTO.value: "negativo",
}
"""The tone of each state in ``componenti/badge_stato.html`` and in the charts."""


@register.filter
def tono_dello_stato(programma: Programma) -> str:
    """The tone of ``componenti/badge_stato.html``."""
    return TONI[programma.stato]


@register.simple_tag
def indirizzo_azione(azione: Azione, programma: Programma) -> str:
    """The page on which an action of the table is done."""
    return indirizzo_di(azione, programma)


@register.filter
def in_parole(regola: object) -> str:
    """A rule of the exchange format as its Italian sentence."""
    letta = None if regola is None else leggi_regola(regola, "$", [])
    return "non valutata" if letta is None else frase(letta)
