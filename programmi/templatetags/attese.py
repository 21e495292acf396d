"""The clock of programmes, and how notices are drawn."""

from collections.abc import Mapping
from typing import Any

from django import template

from distretti.permissions import Persona
from programmi.attese import Attesa, attese_per
from programmi.models import Avviso, GenereAvviso, Programma

register = template.Library()

_AVVISI = {
    GenereAvviso.DA_FARE: ("Da fare", "info"),
    GenereAvviso.RESTITUZIONE: ("Torna a te", "attesa"),
    GenereAvviso.ESITO: ("Esito", "positivo"),
    GenereAvviso.RISPOSTA: ("Risposta", "info"),
    GenereAvviso.SCADENZA: ("Scadenza", "attesa"),
    GenereAvviso.INCARICO: ("Incarico", "neutro"),
}


@register.filter
def attesa_di(attese: Mapping[int, Attesa], programma: Programma) -> Attesa | None:
    """The clock of ``programma`` in a list, for ``componenti/orologio.html``; None for who may not see it."""
    return attese.get(programma.pk)


@register.filter
def quante(conteggi: Mapping[int, int], programma: Programma) -> int:
    """How many there are of ``programma``; 0 where nobody counted any."""
    return conteggi.get(programma.pk, 0)


@register.inclusion_tag("componenti/orologio.html")
def orologio(programma: Programma, utente: Persona) -> dict[str, Any]:
    """The clock of one programme; nothing for who does not follow it."""
    return {"attesa": attese_per(utente, [programma]).get(programma.pk)}


@register.filter
def etichetta_dell_avviso(avviso: Avviso) -> str:
    """In two words, for ``componenti/badge_stato.html``."""
    return _AVVISI[GenereAvviso(avviso.genere)][0]


@register.filter
def tono_dell_avviso(avviso: Avviso) -> str:
    return _AVVISI[GenereAvviso(avviso.genere)][1]
