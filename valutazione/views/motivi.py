"""The reasons for rejecting of an authority: who works for it reads them, some add and end them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from distretti.errori import DatiNonValidi, StatoNonAmmesso
from distretti.models import Autorita
from distretti.views.risposte import inviati, pagina_di, riporta_errori, stato_di
from valutazione.accesso import utente_di
from valutazione.models import MotivoVerifica
from valutazione.services.motivi import aggiungi_motivo, cessa_motivo, puo_tenere_motivi, puo_vedere_motivi


class MotivoForm(forms.Form):
    """A new reason."""

    codice = forms.CharField(
        label="Codice",
        max_length=40,
        help_text="Breve e senza spazi, per esempio «manca-elenco». Non si cambia più.",
    )
    testo = forms.CharField(
        label="Testo",
        max_length=300,
        help_text="Come lo legge il manager, prima della nota. Non si cambia più.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def motivo_list(request: HttpRequest, codice: str) -> HttpResponse:
    """All of them, those in use first; and the form of a new one."""
    autorita = get_object_or_404(Autorita, codice=codice)
    tiene = puo_tenere_motivi(request.user, autorita) is not None
    if not puo_vedere_motivi(request.user, autorita) or (request.method == "POST" and not tiene):
        raise PermissionDenied
    form = MotivoForm(inviati(request))
    if request.method == "POST" and form.is_valid():
        try:
            aggiungi_motivo(autorita=autorita, utente=utente_di(request), **form.cleaned_data)
        except DatiNonValidi as errore:
            riporta_errori(form, errore)
        else:
            messages.success(request, "Il motivo è aggiunto: da adesso si può scegliere.")
            return redirect("motivi", codice)
    motivi = MotivoVerifica.objects.filter(autorita=autorita)
    contesto: dict[str, Any] = {
        "autorita": autorita,
        "pagina": pagina_di(request, motivi.in_uso_prima()),
        "puo_tenere": tiene,
        "form": form,
    }
    return render(request, "valutazione/motivi.html", contesto, status=stato_di(form))


@require_POST
def motivo_cessa(request: HttpRequest, codice: str, pk: int) -> HttpResponse:
    """From today it is chosen no more."""
    autorita = get_object_or_404(Autorita, codice=codice)
    if puo_tenere_motivi(request.user, autorita) is None:
        raise PermissionDenied
    motivo = get_object_or_404(MotivoVerifica.objects.select_related("autorita"), pk=pk, autorita=autorita)
    try:
        cessa_motivo(motivo=motivo, utente=utente_di(request))
    except StatoNonAmmesso as errore:
        messages.error(request, errore.messaggio)
    else:
        messages.success(request, f"Il motivo «{motivo}» non si sceglie più.")
    return redirect("motivi", codice)
