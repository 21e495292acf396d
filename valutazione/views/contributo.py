"""The contribution of a programme, with the cost it comes from."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from distretti.errori import DatiNonValidi, ModificatoNelFrattempo
from distretti.versioni import versione_di
from distretti.views.risposte import CONFLITTO, inviati, riporta_errori, stato_di
from programmi.forms.base import in_conflitto
from valutazione.accesso import programma_valutabile, utente_di
from valutazione.contributi import contributo_di
from valutazione.forms.contributo import CostoForm
from valutazione.permissions import puo_scrivere_costo, puo_vedere_parametri
from valutazione.services.contributo import costo_di, costo_in_parole, parametri_in_parole, scrivi_costo


@require_safe
def contributo(request: HttpRequest, codice: str, anno: int) -> HttpResponse:
    """The sum, passage by passage, with what it starts from."""
    programma = programma_valutabile(request, codice, anno)
    trovato = contributo_di(programma)
    contesto = {
        "programma": programma,
        "trovato": trovato,
        "parametri": {} if trovato.parametri is None else parametri_in_parole(trovato.parametri),
        "puo_scrivere_costo": puo_scrivere_costo(request.user, programma),
        "puo_vedere_parametri": puo_vedere_parametri(request.user, programma.distretto.autorita),
    }
    return render(request, "valutazione/contributo.html", contesto)


@require_http_methods(["GET", "HEAD", "POST"])
def contributo_costo(request: HttpRequest, codice: str, anno: int) -> HttpResponse:
    """Declare, or correct, what the manager costs."""
    programma = programma_valutabile(request, codice, anno)
    if not puo_scrivere_costo(request.user, programma):
        raise PermissionDenied("Il costo del manager lo dichiara il referente amministrativo del distretto.")
    costo = costo_di(programma)
    iniziale = CostoForm.iniziale(costo) | {"versione": versione_di(costo_in_parole(costo))}
    form = CostoForm(inviati(request), initial=iniziale)
    contesto: dict[str, Any] = {"programma": programma, "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            scrivi_costo(
                programma=programma,
                dati=form.cleaned_data,
                utente=utente_di(request),
                versione=form.versione_letta,
            )
        except DatiNonValidi as errore:
            riporta_errori(form, errore)
        except ModificatoNelFrattempo as errore:
            contesto["conflitto"] = in_conflitto(form, errore)
            return render(request, "valutazione/contributo_costo.html", contesto, status=CONFLITTO)
        else:
            messages.success(request, "Il costo del manager è salvato.")
            return redirect("contributo", codice, anno)
    return render(request, "valutazione/contributo_costo.html", contesto, status=stato_di(form))
