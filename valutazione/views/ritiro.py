"""Withdrawing an evidence: first what it would change, then why."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from distretti.errori import DatiNonValidi, ErroreDominio
from distretti.views.risposte import inviati, riporta_errori, stato_di
from valutazione.accesso import evidenza_o_404, programma_da_registrare, utente_di
from valutazione.chiusura import stato_di as stato_della_chiusura
from valutazione.effetto import effetto_del_ritiro
from valutazione.forms.ritiro import RitiroForm
from valutazione.letture import valutazione_di
from valutazione.models import StatoImputazione
from valutazione.services import ritira_evidenza
from valutazione.tabella import REGISTRAZIONE


@require_http_methods(["GET", "HEAD", "POST"])
def evidenza_ritira(request: HttpRequest, codice: str, anno: int, pk: int) -> HttpResponse:
    """Withdraw a registered evidence, saying why; before, the percentages as they would be without it."""
    programma = programma_da_registrare(request, codice, anno)
    evidenza = evidenza_o_404(programma, pk)
    form = RitiroForm(inviati(request))
    if request.method == "POST" and form.is_valid():
        try:
            ritira_evidenza(evidenza=evidenza, motivo=form.cleaned_data["motivo"], utente=utente_di(request))
        except DatiNonValidi as errore:
            riporta_errori(form, errore)
        except ErroreDominio as errore:
            messages.error(request, errore.messaggio)
            return redirect(evidenza)
        else:
            messages.success(request, "Evidenza ritirata: da ora non conta più.")
            return redirect("evidenze", codice, anno)
    if not evidenza.registrata:
        messages.error(request, "Si ritirano solo le evidenze registrate.")
        return redirect(evidenza)
    chiusura = stato_della_chiusura(programma)
    if not REGISTRAZIONE.ammessa_da(programma, chiusura):
        messages.error(request, REGISTRAZIONE.rifiuto(programma, chiusura))
        return redirect(evidenza)
    decise = evidenza.imputazioni.exclude(stato=StatoImputazione.IN_ATTESA)
    contesto = {
        "programma": programma,
        "evidenza": evidenza,
        "form": form,
        "effetto": effetto_del_ritiro(valutazione_di(programma), evidenza),
        "decise": [i.indicatore.codice for i in decise.select_related("indicatore__progettualita")],
    }
    return render(request, "valutazione/evidenza_ritira.html", contesto, status=stato_di(form))
