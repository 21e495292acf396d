"""Where one stands and what is still missing, with the way to do it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from valutazione.accesso import programma_valutabile
from valutazione.letture import valutazione_di
from valutazione.manca import cosa_manca_di, gruppi


@require_safe
def cosa_manca(request: HttpRequest, codice: str, anno: int) -> HttpResponse:
    """What the programme lacks; ``?azione=`` and ``?riga=`` narrow it. An unknown one is not there (404)."""
    programma = programma_valutabile(request, codice, anno)
    valutazione = valutazione_di(programma)
    azione, riga = request.GET.get("azione", ""), request.GET.get("riga", "")
    if azione and azione not in valutazione.esito.azioni_per_codice:
        raise Http404
    if riga and riga not in valutazione.esito.righe:
        raise Http404
    manca = cosa_manca_di(request.user, [valutazione], timezone.localdate())[0]
    contesto = {
        "programma": programma,
        "manca": manca,
        "gruppi": gruppi(manca.scelte(azione=azione, riga=riga)),
        "scelta": riga or azione,
    }
    return render(request, "valutazione/cosa_manca.html", contesto)
