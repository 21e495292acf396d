"""The published results where programmes are shown."""

from collections.abc import Iterable, Mapping

from django import template

from programmi.models import Programma
from valutazione.models import Risultato
from valutazione.risultati.lettura import ultimi_pubblicati

register = template.Library()


@register.simple_tag
def risultati_pubblici(programmi: Iterable[Programma]) -> dict[int, Risultato]:
    """The last published result of each programme, by its primary key: two queries."""
    return ultimi_pubblicati(programmi)


@register.simple_tag
def risultato_pubblico(programma: Programma) -> Risultato | None:
    """The last published result of one programme."""
    return ultimi_pubblicati([programma]).get(programma.pk)


@register.filter
def risultato_di(risultati: Mapping[int, Risultato], programma: Programma) -> Risultato | None:
    """Of those, that of ``programma``."""
    return risultati.get(programma.pk)
