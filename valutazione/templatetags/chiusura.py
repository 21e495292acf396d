"""How the closing of a year is drawn."""

from typing import Any

from django import template
from django.utils import timezone

from distretti.permissions import Persona
from programmi.models import Programma
from valutazione.attese_chiusura import anni_del_manager, anni_dell_agenzia
from valutazione.chiusura import azioni_ammesse, chiusura_di
from valutazione.chiusura.attese import attesa_di
from valutazione.chiusura.indirizzi import indirizzo_di
from valutazione.models import StatoChiusura
from valutazione.tabella import TRANSIZIONI, Azione

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


@register.inclusion_tag("valutazione/_scrivania_chiusura.html")
def anni_da_chiudere(utente: Persona) -> dict[str, Any]:
    """The section of the desk on the years that wait to be closed."""
    oggi = timezone.localdate()
    return {"agenzia": anni_dell_agenzia(utente, oggi), "manager": anni_del_manager(utente, oggi)}


@register.inclusion_tag("valutazione/_chiusura.html")
def chiusura_in_breve(programma: Programma, utente: Persona) -> dict[str, Any]:
    """Where the closing of ``programma`` stands, on its page; the steps that ``utente`` may take now."""
    attesa = attesa_di(programma, chiusura_di(programma), timezone.localdate())
    passi = [a for a in azioni_ammesse(utente, programma) if a in TRANSIZIONI]
    return {"programma": programma, "attesa": attesa, "passi": passi}
