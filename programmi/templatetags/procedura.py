"""How the state of a programme is drawn."""

from django import template

from programmi.indirizzi import indirizzo_di
from programmi.models import Programma, StatoProgramma
from programmi.orologio import Orologio, Tratto, in_frasi
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
def orologio_in_parole(orologio: Orologio) -> str:
    """ "Il programma è in esame dal 24 aprile 2025 (12 giorni), in attesa dell'Agenzia." and the total."""
    return in_frasi(orologio)


@register.filter
def giorni_del_tratto(tratto: Tratto) -> str:
    """The days of a step in the history: "12", "12 finora", a dash where nobody counts them."""
    if tratto.giorni is None:
        return "–"
    return str(tratto.giorni) if tratto.al else f"{tratto.giorni} finora"


@register.filter
def in_parole(regola: object) -> str:
    """A rule of the exchange format as its Italian sentence."""
    letta = None if regola is None else leggi_regola(regola, "$", [])
    return "non valutata" if letta is None else frase(letta)
