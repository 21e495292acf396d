"""Two versions of a programme side by side, on the page and in print."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from programmi.accesso import programma_o_404
from programmi.edizione import Edizione
from programmi.models import Programma
from programmi.permissions import segue_programma
from valutazione.confronti import Confronto, Lato, confronto_di, lati_di, predefiniti


@login_not_required
@require_safe
@never_cache
def confronto(request: HttpRequest, codice: str, anno: Edizione) -> HttpResponse:
    """``?prima=1&dopo=oggi``: what changed. For everyone between approved versions, without percentages."""
    programma, lati, tutti = _da_confrontare(request, codice, anno)
    prima, dopo = _scelti(request, lati)
    contesto: dict[str, Any] = {
        "programma": programma,
        "lati": lati,
        "prima": prima,
        "dopo": dopo,
        "confronto": confronto_di(programma, prima, dopo, tutti=tutti),
        "tutti": tutti,
    }
    return render(request, "valutazione/confronto.html", contesto)


def confronto_chiesto(request: HttpRequest, codice: str, anno: Edizione) -> Confronto:
    """The comparison that the address asks for, to who may read it; else Http404."""
    programma, lati, tutti = _da_confrontare(request, codice, anno)
    return confronto_di(programma, *_scelti(request, lati), tutti=tutti)


def _da_confrontare(request: HttpRequest, codice: str, anno: Edizione) -> tuple[Programma, list[Lato], bool]:
    """The programme, what may be compared, and whether the person follows it.

    Everyone else compares two approved versions: where there are not two, there is no such page.
    """
    programma = programma_o_404(request.user, codice, anno)
    tutti = segue_programma(request.user, programma)
    lati = lati_di(programma, tutti=tutti)
    if not tutti and len(lati) < 2:
        raise Http404
    return programma, lati, tutti


def _scelti(request: HttpRequest, lati: list[Lato]) -> tuple[Lato, Lato]:
    """What the address names; what it does not name, or names wrongly, is what one most likely wants."""
    per_chiave = {lato.chiave: lato for lato in lati}
    prima, dopo = predefiniti(lati)
    return (
        per_chiave.get(request.GET.get("prima", ""), prima),
        per_chiave.get(request.GET.get("dopo", ""), dopo),
    )
