"""The Agenzia's queue and its decisions."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from distretti.errori import DatiNonValidi, ErroreDominio
from distretti.views.risposte import CONFLITTO, RIGHE_PER_PAGINA, inviati, pagina_di, stato_di
from programmi.errori import ModificatoNelFrattempo
from valutazione.accesso import (
    evidenza_o_404,
    imputazione_o_404,
    programma_valutabile,
    utente_di,
)
from valutazione.forms import VerificaForm
from valutazione.letture import valutazione_di
from valutazione.models import Imputazione, StatoImputazione
from valutazione.pagine import evidenza_in_pagina
from valutazione.permissions import puo_verificare, puo_verificare_programma
from valutazione.services import verifica_imputazione
from valutazione.versioni import versione_evidenza


@require_safe
def verifica(request: HttpRequest, codice: str, anno: int) -> HttpResponse:
    """What waits for the Agenzia in a programme, oldest first."""
    programma = programma_valutabile(request, codice, anno)
    if not puo_verificare_programma(request.user, programma):
        raise PermissionDenied("Le evidenze le verifica l'Agenzia.")
    coda = Imputazione.objects.in_coda(programma)
    contesto = {"programma": programma, "pagina": pagina_di(request, coda)}
    return render(request, "valutazione/verifica.html", contesto)


@require_http_methods(["GET", "HEAD", "POST"])
def imputazione_verifica(
    request: HttpRequest, codice: str, anno: int, pk: int, imputazione_pk: int
) -> HttpResponse:
    """One evidence beside the words of the rule, and the decision."""
    programma = programma_valutabile(request, codice, anno)
    evidenza = evidenza_o_404(programma, pk)
    imputazione = imputazione_o_404(evidenza, imputazione_pk)
    if not puo_verificare(request.user, evidenza):
        raise PermissionDenied("Verifica l'Agenzia, e mai chi ha registrato l'evidenza.")
    if not evidenza.registrata or evidenza.pianificata:
        messages.error(request, "Si verificano solo le evidenze registrate e già avvenute.")
        return redirect("verifica", codice, anno)
    valutazione = valutazione_di(programma)
    voce = next(
        voce for voce in evidenza_in_pagina(valutazione, evidenza) if voce.imputazione.pk == imputazione.pk
    )
    form = VerificaForm(
        inviati(request),
        riga=voce.riga,
        evidenza=voce.evidenza,
        imputazione=voce.imputazione_scheda,
        scheda=valutazione.scheda,
        initial={"versione": versione_evidenza(valutazione.documento, evidenza.codice)},
    )
    contesto: dict[str, Any] = {
        "programma": programma,
        "evidenza": evidenza,
        "imputazione": imputazione,
        "voce": voce,
        "form": form,
        "allegati": evidenza.allegati.all(),
        "coinvolte": evidenza.coinvolte.select_related("organizzazione"),
    }
    if request.method == "POST" and form.is_valid():
        try:
            if _decidi(request, imputazione, form):
                return _prossima(request, imputazione)
        except ModificatoNelFrattempo as errore:
            form.riparti_da(errore.versione)
            contesto["cambiata"] = True
            return render(request, "valutazione/imputazione_verifica.html", contesto, status=CONFLITTO)
    return render(request, "valutazione/imputazione_verifica.html", contesto, status=stato_di(form))


def _decidi(request: HttpRequest, imputazione: Imputazione, form: VerificaForm) -> bool:
    stato, misura, motivazione = form.esito()
    try:
        verifica_imputazione(
            imputazione=imputazione,
            stato=stato,
            misura_riconosciuta=misura,
            motivazione=motivazione,
            utente=utente_di(request),
            versione=form.cleaned_data["versione"],
        )
    except ModificatoNelFrattempo:
        raise
    except DatiNonValidi as errore:
        for percorso, messaggio in errore.campi.items():
            nome = "motivazione" if percorso == "motivazione" else "misura"
            form.add_error(nome if nome in form.fields else None, messaggio)
        return False
    except ErroreDominio as errore:
        form.add_error(None, errore.messaggio)
        return False
    parole = "respinta" if stato == StatoImputazione.RESPINTA else "accolta"
    if misura:
        parole = "accolta in parte"
    messages.success(
        request, f"«{imputazione.evidenza}» {parole} per la riga {imputazione.indicatore.codice}."
    )
    return True


def _prossima(request: HttpRequest, decisa: Imputazione) -> HttpResponse:
    """On to the next one that this person may verify, or back to the empty queue."""
    programma = decisa.evidenza.programma
    indirizzo = (programma.distretto.codice, programma.edizione)
    for altra in Imputazione.objects.in_coda(programma)[:RIGHE_PER_PAGINA]:
        if puo_verificare(request.user, altra.evidenza):
            return redirect("imputazione-verifica", *indirizzo, altra.evidenza_id, altra.pk)
    return redirect("verifica", *indirizzo)
