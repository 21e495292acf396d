"""Percentages in pages: one rounding, where the value is written."""

from fractions import Fraction

from django import template

from distretti.basi.italiano import arrotonda, percento

register = template.Library()

NON_VALUTATA = "non valutata"


@register.filter(name="percento")
def percento_o_no(valore: Fraction | None) -> str:
    """An exact percentage as printed ("33,33%"); None is *non valutata*, never 0."""
    return NON_VALUTATA if valore is None else percento(valore)


@register.inclusion_tag("componenti/percentuale.html")
def percentuale(
    dichiarato: Fraction | None,
    riconosciuto: Fraction | None = None,
    etichetta: str = "",
    classe: str = "",
) -> dict[str, str | None]:
    """The bar of a value; with ``riconosciuto`` the solid part is what the Agenzia recognised."""
    return {
        "testo": None if dichiarato is None else percento(dichiarato),
        "valore": None if dichiarato is None else str(arrotonda(dichiarato)),
        "valore_certo": None if riconosciuto is None else str(arrotonda(riconosciuto)),
        "etichetta": etichetta,
        "classe": classe,
    }
