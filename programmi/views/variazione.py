"""Opening a variazione of an approved programme."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from distretti.errori import DatiNonValidi, StatoNonAmmesso
from distretti.models import Utente
from distretti.views.risposte import inviati, riporta_errori, stato_di
from programmi.accesso import programma_o_404
from programmi.forms.variazione import VariazioneForm
from programmi.permissions import puo_aprire_variazione
from programmi.variazione import apri_variazione, controlla_apertura
from programmi.views.porta import al_modulo


@require_http_methods(["GET", "HEAD", "POST"])
def variazione_create(request: HttpRequest, codice: str, anno: int) -> HttpResponse:
    """A draft over the programme: it stays in force until the variazione is approved."""
    programma = programma_o_404(request.user, codice, anno)
    if not puo_aprire_variazione(request.user, programma) or not isinstance(request.user, Utente):
        raise PermissionDenied
    form = VariazioneForm(inviati(request))
    try:
        controlla_apertura(programma)
        if request.method == "POST" and form.is_valid():
            motivo = form.cleaned_data["motivo"]
            variazione = apri_variazione(programma=programma, utente=request.user, motivo=motivo)
            messages.success(
                request,
                f"La variazione n. {variazione.variazione} è pronta: contiene tutto il programma, "
                "da cambiare dove serve. Finché non è approvata, vale il programma com'è.",
            )
            return al_modulo(variazione)
    except DatiNonValidi as errore:
        riporta_errori(form, errore)
    except StatoNonAmmesso as errore:
        messages.error(request, errore.messaggio)
        return redirect(programma)
    contesto = {"programma": programma, "form": form}
    return render(request, "programmi/variazione_nuova.html", contesto, status=stato_di(form))
