"""Where an osservazione leads, and those that a page of the programme shows."""

from typing import Any

from django import template
from django.urls import reverse

from programmi.models import Osservazione, Programma
from programmi.osservazioni import da_correggere, su

register = template.Library()

_PAGINE = {
    "premessa": "programma-premessa",
    "dati": "programma-dati",
    "aderenti": "programma-dati",
    "attori": "programma-attori",
    "canali": "programma-canali",
}


@register.simple_tag
def dove_si_scrive(programma: Programma, osservazione: Osservazione) -> str:
    """The page on which the district mends what the osservazione is about."""
    dove = [programma.distretto.codice, programma.edizione]
    if osservazione.progettualita_id is not None:
        return reverse("progettualita-modifica", args=[*dove, osservazione.progettualita_id])
    if osservazione.indicatore_id is not None:
        pagina = "indicatore-regola" if osservazione.campo == "regola" else "indicatore-modifica"
        return reverse(pagina, args=[*dove, osservazione.indicatore_id])
    return reverse(_PAGINE.get(osservazione.campo, "programma-modifica"), args=dove)


@register.inclusion_tag("programmi/_da_correggere.html")
def osservazioni_su(programma: Programma, *azioni: str) -> dict[str, Any]:
    """The open osservazioni on ``azioni``; without any, all those of the programme."""
    aperte = da_correggere(programma)
    return {"programma": programma, "osservazioni": su(aperte, *azioni) if azioni else aperte}
