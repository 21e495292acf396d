"""Filters for texts, dates and numbers as the pages print them."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.core.paginator import Page
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from distretti.basi.italiano import (
    MESI,
    al_giorno,
    con_preposizione,
    dal_giorno,
    data_estesa,
    del_giorno,
    il_giorno,
)
from distretti.basi.markdown import in_html

register = template.Library()


@register.filter
def markdown(testo: str, livello: int = 2) -> SafeString:
    """Restricted Markdown as safe HTML; ``livello`` is the level of its highest heading."""
    return mark_safe(in_html(testo, int(livello)))


@register.filter
def dimensione(quanti: int) -> str:
    """ "512 byte", "4,9 KB": a size in bytes. Django's Italian has "bytes", which Italian does not."""
    return filesizeformat(quanti).replace("bytes", "byte")


@register.filter
def data_in_lettere(giorno: date | None) -> str:
    """ "19 giugno 2025"; empty when there is no date."""
    return "" if giorno is None else data_estesa(giorno)


def _se_c_e(in_parole: Callable[[date], str]) -> Callable[[date | None], str]:
    return lambda giorno: "" if giorno is None else in_parole(giorno)


# "dal 9 gennaio 2026", "dall'8 marzo 2025": a page never writes the preposition before a date by itself.
register.filter("il_giorno", _se_c_e(il_giorno))
register.filter("dal_giorno", _se_c_e(dal_giorno))
register.filter("al_giorno", _se_c_e(al_giorno))
register.filter("del_giorno", _se_c_e(del_giorno))


@register.filter
def istante_in_lettere(istante: datetime | None) -> str:
    """ "19 giugno 2025, ore 9:05", at the time of the place."""
    if istante is None:
        return ""
    locale = timezone.localtime(istante)
    return f"{data_estesa(locale.date())}, ore {locale.hour}:{locale.minute:02}"


@register.filter
def il_momento(istante: datetime | None) -> str:
    """An instant with its article: "il 19 giugno 2025, ore 9:05", "l'8 marzo 2025, ore 9:05"."""
    return "" if istante is None else con_preposizione("il", istante_in_lettere(istante))


@register.inclusion_tag("componenti/breadcrumb.html")
def briciole(*voci: str) -> dict[str, Any]:
    """Where the page stands: label, address, label, address …; the last label has no address."""
    coppie = [
        (voci[posto], voci[posto + 1] if posto + 1 < len(voci) else "") for posto in range(0, len(voci), 2)
    ]
    return {"voci": coppie}


@register.inclusion_tag("componenti/breadcrumb.html")
def briciole_di(voci: Sequence[str]) -> dict[str, Any]:
    """As :func:`briciole`, of a page whose view says where it stands."""
    return briciole(*voci)


@register.filter
def data_del_dato(testo: str) -> str:
    """The date of a declared figure, as precise as its source: "settembre 2019", "2019"."""
    parti = [int(parte) for parte in testo.split("-") if parte.isdigit()]
    if len(parti) == 3:
        return data_estesa(date(*parti))
    if len(parti) == 2 and 1 <= parti[1] <= 12:
        return f"{MESI[parti[1] - 1]} {parti[0]}"
    return testo


@register.filter
def pagine_vicine(pagina: Page[Any]) -> Iterator[str | int]:
    """Numbers of the pages around this one, with the first and the last, and "…" where some are left out."""
    return pagina.paginator.get_elided_page_range(pagina.number, on_each_side=2, on_ends=1)
