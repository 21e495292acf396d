"""The year's curve of a programme."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from valutazione.accesso import programma_valutabile
from valutazione.grafico_andamento import SERIE, TACCHE, andamento_di
from valutazione.letture import valutazione_di


@require_safe
def andamento(request: HttpRequest, codice: str, anno: int) -> HttpResponse:
    """How the percentages grew, month by month, and where what is planned would take them."""
    programma = programma_valutabile(request, codice, anno)
    contesto = {
        "programma": programma,
        "andamento": andamento_di(valutazione_di(programma).scheda, timezone.localdate()),
        "serie": SERIE,
        "tacche": TACCHE,
    }
    return render(request, "valutazione/andamento.html", contesto)
