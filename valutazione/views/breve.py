"""Recording in a minute, from a telephone: what, about what, a photograph; everything else later."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from distretti.errori import DatiNonValidi, StatoNonAmmesso
from distretti.sessione.una_volta import compiuto, gia_compiuto
from distretti.views.risposte import inviati, riporta, stato_di
from valutazione.accesso import programma_da_registrare, utente_di
from valutazione.forms.breve import BreveForm
from valutazione.letture import valutazione_di
from valutazione.models import Evidenza
from valutazione.serie.proposte import proposte
from valutazione.serie.ultime import ultime_scelte
from valutazione.services.serie import registra_voci
from valutazione.views.allegati import carica_file
from valutazione.views.serie import non_registrabile

IN_VISTA = 4
"""Proposals on the page before the others are asked for: what fits in a hand."""


@require_http_methods(["GET", "HEAD", "POST"])
def breve(request: HttpRequest, codice: str, anno: int) -> HttpResponse:
    """The short form; what is recorded is completed, if need be, on the evidence."""
    programma = programma_da_registrare(request, codice, anno)
    chiusa = non_registrabile(request, programma)
    if chiusa is not None:
        return chiusa
    possibili = proposte(valutazione_di(programma), ultime_scelte(programma, utente_di(request)))
    oggi = min(timezone.localdate(), programma.al)
    form = BreveForm(inviati(request), proposte=possibili, oggi=oggi)
    if request.method == "POST" and form.is_valid():
        modulo = form.cleaned_data.pop("modulo")
        if gia_compiuto(request, modulo):
            messages.info(request, "L'evidenza era già stata registrata: non è stata registrata due volte.")
            return redirect("evidenze", codice, anno)
        try:
            (evidenza,) = registra_voci(programma=programma, voci=[form.voce()], utente=utente_di(request))
        except (DatiNonValidi, StatoNonAmmesso) as errore:
            riporta(form, errore)
        else:
            compiuto(request, modulo)
            # At once, not at the end of the answer: a file is long to scan, and who waits presses again.
            request.session.save()
            return _registrata(request, evidenza)
    scelte = list(form["proposta"])
    contesto = {
        "programma": programma,
        "form": form,
        "prime": scelte[:IN_VISTA],
        "altre": scelte[IN_VISTA:],
    }
    return render(request, "valutazione/breve.html", contesto, status=stato_di(form))


def _registrata(request: HttpRequest, evidenza: Evidenza) -> HttpResponse:
    rifiutati, _ = carica_file(request, evidenza)
    if rifiutati:
        messages.warning(
            request, "L'evidenza è registrata, ma un file non è stato accettato: il motivo è sotto."
        )
        chiavi = [evidenza.programma.distretto.codice, evidenza.programma.anno, evidenza.pk]
        return redirect(reverse("evidenza-modifica", args=chiavi) + "#allegati")
    messages.success(request, "Evidenza registrata: qui sotto vedi che cosa vale e che cosa le manca.")
    return redirect(evidenza)
