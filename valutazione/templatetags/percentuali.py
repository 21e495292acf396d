"""Percentages in pages: one rounding, where the value is written."""

from fractions import Fraction

from django import template

from distretti.basi.italiano import arrotonda, percento
from programmi.parole import Riuso
from valutazione.kernel.esito import EsitoProgramma, Valori
from valutazione.pagine.piu_righe import regola_del_riuso

register = template.Library()

NON_VALUTATA = "non valutata"


@register.filter(name="percento")
def percento_o_no(valore: Fraction | None) -> str:
    """An exact percentage as printed ("33,33%"); None is *non valutata*, never 0."""
    return NON_VALUTATA if valore is None else percento(valore)


@register.filter(name="regola_del_riuso")
def riuso_in_parole(riuso: str) -> str:
    """May an evidence count on several lines of the programme? In words."""
    return regola_del_riuso(Riuso(riuso))


@register.filter
def punti(valore: Fraction) -> str:
    """A difference between two percentages: "6,67 punti"."""
    return f"{percento(valore).removesuffix('%')} punti"


@register.filter
def parti(programma: EsitoProgramma) -> list[tuple[str, Valori]]:
    """The programme and its two halves, each with its name."""
    return [("Programma", programma.valori), *meta(programma)]


@register.filter
def meta(programma: EsitoProgramma) -> list[tuple[str, Valori]]:
    """The two halves of the programme, each with its name."""
    return [("Azioni obbligatorie", programma.obbligatorie), ("Progettualità", programma.progettualita)]


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
