"""How long the files of evidence are kept: who works for the authority reads it, some set it."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from distretti.models import Autorita
from programmi.models import Programma
from valutazione.models import ParametriConservazione
from valutazione.permissions import puo_tenere_parametri, puo_vedere_parametri


@require_safe
def conservazione(request: HttpRequest, codice: str) -> HttpResponse:
    """The term of each year that has a programme, the last year first."""
    autorita = get_object_or_404(Autorita, codice=codice)
    if not puo_vedere_parametri(request.user, autorita):
        raise PermissionDenied
    termini = {termine.anno: termine for termine in ParametriConservazione.objects.filter(autorita=autorita)}
    anni = Programma.objects.filter(distretto__autorita=autorita).order_by().values_list("anno", flat=True)
    contesto = {
        "autorita": autorita,
        "anni": [(anno, termini.get(anno)) for anno in sorted({*anni.distinct(), *termini}, reverse=True)],
        "puo_tenere": puo_tenere_parametri(request.user, autorita) is not None,
    }
    return render(request, "valutazione/conservazione.html", contesto)
