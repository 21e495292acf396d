"""What the pages about people say of a role."""

from datetime import date

from django import template

from distretti.models import Incarico
from distretti.persone.elenco import stato_di_incarico

register = template.Library()


@register.filter
def stato_incarico(incarico: Incarico, giorno: date) -> str:
    """ "in corso", "finito", "non ancora cominciato"."""
    return stato_di_incarico(incarico, giorno)
