"""How long the files of evidence are kept: who works for the authority reads it, some set it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from distretti.errori import DatiNonValidi, ModificatoNelFrattempo
from distretti.models import Autorita
from distretti.versioni import versione_di
from distretti.views.risposte import CONFLITTO, inviati, riporta_errori, stato_di
from programmi.forms.base import in_conflitto
from programmi.models import Programma
from valutazione.accesso import utente_di
from valutazione.forms.conservazione import ConservazioneForm
from valutazione.models import ParametriConservazione
from valutazione.permissions import puo_tenere_parametri, puo_vedere_parametri
from valutazione.services.conservazione import stabilisci_conservazione

ANNI = range(2011, 2101)


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


@require_http_methods(["GET", "HEAD", "POST"])
def conservazione_parametri(request: HttpRequest, codice: str, anno: int) -> HttpResponse:
    """Set or change the term of a year."""
    autorita = get_object_or_404(Autorita, codice=codice)
    if anno not in ANNI:
        raise Http404
    if puo_tenere_parametri(request.user, autorita) is None:
        raise PermissionDenied
    form = ConservazioneForm(inviati(request), initial=_iniziali(autorita, anno))
    contesto: dict[str, Any] = {"autorita": autorita, "anno": anno, "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            stabilisci_conservazione(
                autorita=autorita,
                anno=anno,
                dati=form.cleaned_data,
                utente=utente_di(request),
                versione=form.versione_letta,
            )
        except DatiNonValidi as errore:
            riporta_errori(form, errore)
        except ModificatoNelFrattempo as errore:
            contesto["conflitto"] = in_conflitto(form, errore)
            return render(request, "valutazione/conservazione_parametri.html", contesto, status=CONFLITTO)
        else:
            messages.success(request, f"Il termine di conservazione dei file del {anno} è stabilito.")
            return redirect("conservazione", codice=autorita.codice)
    return render(request, "valutazione/conservazione_parametri.html", contesto, status=stato_di(form))


def _iniziali(autorita: Autorita, anno: int) -> dict[str, Any]:
    attuali = ParametriConservazione.objects.filter(autorita=autorita, anno=anno).first()
    if attuali is None:
        return {"versione": versione_di({})}
    return {"versione": versione_di(attuali.valori()), "mesi": attuali.mesi, "fonte": attuali.fonte}
