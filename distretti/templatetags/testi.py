"""Filters for texts, dates and numbers as the pages print them."""

from datetime import date
from fractions import Fraction

from django import template
from django.utils.safestring import SafeString, mark_safe

from distretti.basi.italiano import data_estesa, percentuale
from distretti.basi.markdown import in_html

register = template.Library()


@register.filter
def markdown(testo: str, livello: int = 2) -> SafeString:
    """Restricted Markdown as safe HTML; ``livello`` is the level of its highest heading."""
    return mark_safe(in_html(testo, int(livello)))


@register.filter
def data_in_lettere(giorno: date | None) -> str:
    """ "19 giugno 2025"; empty when there is no date."""
    return "" if giorno is None else data_estesa(giorno)


@register.filter
def in_percento(valore: Fraction | int | None) -> str:
    """ "33,33%"; empty when there is no number."""
    return "" if valore is None else percentuale(valore)
