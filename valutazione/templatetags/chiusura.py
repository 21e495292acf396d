"""How the closing of a year is drawn."""

from django import template

from programmi.models import Programma
from valutazione.chiusura.indirizzi import indirizzo_di
from valutazione.models import StatoChiusura
from valutazione.tabella import Azione

register = template.Library()

TONI = {
    StatoChiusura.IN_CORSO: "neutro",
    StatoChiusura.AUTOVALUTATA: "info",
    StatoChiusura.VERIFICATA: "attesa",
    StatoChiusura.DEFINITA: "info",
    StatoChiusura.PUBBLICATA: "positivo",
}
"""The tone of each state in ``componenti/badge_stato.html``."""


@register.filter
def tono_chiusura(stato: StatoChiusura) -> str:
    """The tone of ``componenti/badge_stato.html``."""
    return TONI[stato]


@register.filter
def tappe(stato: StatoChiusura) -> list[dict[str, str]]:
    """The states in their order, each before, at or after the present one."""
    stati = list(StatoChiusura)
    qui = stati.index(stato)
    quando = ["prima" if posto < qui else "ora" if posto == qui else "poi" for posto in range(len(stati))]
    return [
        {"nome": uno.etichetta[0].upper() + uno.etichetta[1:], "quando": q}
        for uno, q in zip(stati, quando, strict=True)
    ]


@register.simple_tag
def indirizzo_chiusura(azione: Azione, programma: Programma) -> str:
    """The page on which an action of the closing is done."""
    return indirizzo_di(azione, programma)
