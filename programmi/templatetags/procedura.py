"""How the state of a programme is drawn."""

from django import template

from programmi.models import Programma, StatoProgramma
from programmi.regola import frase, leggi_regola

register = template.Library()

_TONI = {
    StatoProgramma.BOZZA.value: "neutro",
    StatoProgramma.TRASMESSO.value: "info",
    StatoProgramma.INTEGRAZIONI_RICHIESTE.value: "attesa",
    StatoProgramma.APPROVATO.value: "positivo",
}


@register.filter
def tono_dello_stato(programma: Programma) -> str:
    """The tone of ``componenti/badge_stato.html``."""
    return _TONI[programma.stato]


@register.filter
def in_parole(regola: object) -> str:
    """A rule of the exchange format as its Italian sentence."""
    letta = None if regola is None else leggi_regola(regola, "$", [])
    return "non valutata" if letta is None else frase(letta)
