"""Entering a membership in the register: staff of the authority only."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from distretti.errori import DatiNonValidi
from distretti.forms import AdesioneForm
from distretti.models import Distretto
from distretti.permissions import puo_tenere_registro
from distretti.services import registra_adesione
from distretti.views.risposte import NON_VALIDO, inviati, riporta_errori


@require_http_methods(["GET", "HEAD", "POST"])
def adesione_create(request: HttpRequest, codice: str) -> HttpResponse:
    """The form of a new membership."""
    distretto = get_object_or_404(Distretto.objects.select_related("autorita"), codice=codice)
    if not puo_tenere_registro(request.user, distretto):
        raise PermissionDenied
    form = AdesioneForm(inviati(request))
    if request.method == "POST" and form.is_valid():
        try:
            adesione = registra_adesione(distretto=distretto, **form.cleaned_data)
        except DatiNonValidi as errore:
            riporta_errori(form, errore)
        else:
            messages.success(request, f"{adesione.organizzazione} è registrata tra gli aderenti.")
            return redirect("distretto", codice=distretto.codice)
    stato = NON_VALIDO if request.method == "POST" else 200
    return render(request, "distretti/adesione.html", {"distretto": distretto, "form": form}, status=stato)
