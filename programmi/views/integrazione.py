"""The pages on which the Agenzia integrates its data while it examines a programme."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from distretti.errori import DatiNonValidi, ModificatoNelFrattempo, StatoNonAmmesso
from distretti.models import DatoDichiarato, Utente
from distretti.versioni import versione_di
from distretti.views.risposte import CONFLITTO, NON_VALIDO, inviati, riporta_errori
from programmi.accesso import programma_o_404
from programmi.edizione import Edizione
from programmi.forms.base import in_conflitto
from programmi.forms.integrazione import CifraForm, IntegrazioneForm
from programmi.models import Programma
from programmi.permissions import puo_integrare
from programmi.services.integrazione import (
    CAMPI_INTEGRAZIONE,
    dichiara,
    integra,
    istantanea_integrazione,
)
from programmi.tabella import INTEGRAZIONE
from programmi.views.superati import non_piu

Vista = Callable[[HttpRequest, Programma, Utente], HttpResponse]


def _integra(vista: Vista) -> Callable[..., HttpResponse]:
    """404 to a stranger, 403 to who may not, back with a message in any other state."""

    @wraps(vista)
    def con_programma(request: HttpRequest, codice: str, anno: Edizione) -> HttpResponse:
        programma = programma_o_404(request.user, codice, anno)
        if not isinstance(request.user, Utente) or puo_integrare(request.user, programma) is None:
            raise PermissionDenied
        try:
            if not INTEGRAZIONE.ammessa_da(programma):
                raise StatoNonAmmesso(INTEGRAZIONE.rifiuto(programma))
            return vista(request, programma, request.user)
        except StatoNonAmmesso as errore:
            programma.refresh_from_db()
            return non_piu(request, programma, errore.messaggio)

    return con_programma


@require_http_methods(["GET", "HEAD", "POST"])
@_integra
def programma_integrazione(request: HttpRequest, programma: Programma, utente: Utente) -> HttpResponse:
    """The members' date and the texts in the charge of the Agenzia; the figures, and where the lists are."""
    iniziale = {campo: getattr(programma, campo) for campo in CAMPI_INTEGRAZIONE}
    iniziale["versione"] = versione_di(istantanea_integrazione(programma))
    form = IntegrazioneForm(inviati(request), initial=iniziale)
    contesto: dict[str, Any] = {"programma": programma, "form": form, "dichiarati": _dichiarati(programma)}
    stato = NON_VALIDO if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        dati = {campo: form.cleaned_data[campo] for campo in CAMPI_INTEGRAZIONE}
        try:
            integra(programma=programma, utente=utente, dati=dati, versione=form.versione_letta)
        except DatiNonValidi as errore:
            riporta_errori(form, errore)
        except ModificatoNelFrattempo as errore:
            contesto["conflitto"], stato = in_conflitto(form, errore), CONFLITTO
        else:
            messages.success(request, "I dati dell'Agenzia sono salvati.")
            return redirect(programma)
    return render(request, "programmi/integrazione.html", contesto, status=stato)


@require_http_methods(["GET", "HEAD", "POST"])
@_integra
def programma_cifra(request: HttpRequest, programma: Programma, utente: Utente) -> HttpResponse:
    """Enter or correct a declared figure."""
    form = CifraForm(inviati(request))
    if request.method == "POST" and form.is_valid():
        del_distretto = form.cleaned_data["di"] == "distretto"
        di = programma.distretto if del_distretto else programma.distretto.autorita
        try:
            dichiara(programma=programma, utente=utente, di=di, cifra=form.cifra())
        except DatiNonValidi as errore:
            riporta_errori(form, errore)
        else:
            messages.success(request, "Il dato è salvato.")
            return redirect("programma-integrazione", programma.distretto.codice, programma.edizione)
    stato = NON_VALIDO if request.method == "POST" else 200
    contesto = {"programma": programma, "form": form, "dichiarati": _dichiarati(programma)}
    return render(request, "programmi/cifra.html", contesto, status=stato)


def _dichiarati(programma: Programma) -> list[DatoDichiarato]:
    """The figures of the district and those of its authority."""
    distretto = programma.distretto
    return [
        *distretto.dati_dichiarati.order_by("voce", "-al"),
        *distretto.autorita.dati_dichiarati.order_by("voce", "-al"),
    ]
