"""The import of a spreadsheet: it is sent, looked at row by row, confirmed whole."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from distretti.basi.italiano import conta
from distretti.errori import DatiNonValidi, StatoNonAmmesso
from distretti.forms_importazione import ConfermaImportazioneForm, ImportazioneForm
from distretti.importazione_xlsx.scrittura import Genere, riassunto
from distretti.importazione_xlsx.servizio import (
    RegistroCambiato,
    carica,
    conferma,
    prova,
    versione_della_prova,
)
from distretti.models import ImportazioneRegistro
from distretti.views.registro.indice import importazione_di
from distretti.views.registro.porta import autorita_da_tenere, chi
from distretti.views.risposte import CONFLITTO, NON_VALIDO, inviati, riporta_errori, stato_di


@require_http_methods(["GET", "HEAD", "POST"])
def importazione_create(request: HttpRequest, codice: str) -> HttpResponse:
    """Send a spreadsheet; nothing of it is written."""
    autorita = autorita_da_tenere(request, codice)
    form = ImportazioneForm(inviati(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            importazione = carica(autorita=autorita, file=form.cleaned_data["file"], utente=chi(request))
        except DatiNonValidi as errore:
            riporta_errori(form, errore)
        else:
            return redirect("registro-importazione", codice=codice, pk=importazione.pk)
    contesto = {"autorita": autorita, "form": form}
    return render(request, "distretti/registro/importa.html", contesto, status=stato_di(form))


@require_http_methods(["GET", "HEAD", "POST"])
def importazione_detail(request: HttpRequest, codice: str, pk: int) -> HttpResponse:
    """What each row would do; confirming does it, if it is still that."""
    importazione = importazione_di(request, codice, pk)
    form = ConfermaImportazioneForm(inviati(request))
    verso = reverse("registro", args=[codice])
    if importazione.confermata_alle is not None:
        messages.error(request, "Questa importazione è già stata confermata.")
        return redirect(verso)
    try:
        if request.method == "POST" and form.is_valid():
            return _conferma(request, importazione, form)
        return _anteprima(request, importazione, form, prova(importazione, chi(request)), stato_di(form))
    except StatoNonAmmesso as errore:
        messages.error(request, errore.messaggio)
        return redirect(verso)


def _conferma(
    request: HttpRequest, importazione: ImportazioneRegistro, form: ConfermaImportazioneForm
) -> HttpResponse:
    try:
        conti = conferma(
            importazione=importazione, versione=form.cleaned_data["versione"], utente=chi(request)
        )
    except RegistroCambiato as errore:
        form.add_error(None, errore.messaggio)
        return _anteprima(request, importazione, form, errore.esiti, CONFLITTO)
    except DatiNonValidi as errore:
        riporta_errori(form, errore)
        return _anteprima(request, importazione, form, prova(importazione, chi(request)), NON_VALIDO)
    nuove = conta(conti[Genere.NUOVA], "riga nuova", "righe nuove")
    cambiate = conta(conti[Genere.CAMBIATA], "cambiata", "cambiate")
    messages.success(request, f"Il registro è aggiornato: {nuove}, {cambiate}.")
    return redirect("registro", codice=importazione.autorita.codice)


def _anteprima(
    request: HttpRequest,
    importazione: ImportazioneRegistro,
    form: ConfermaImportazioneForm,
    esiti: list[Any],
    stato: int,
) -> HttpResponse:
    contesto = {
        "autorita": importazione.autorita,
        "importazione": importazione,
        "form": form,
        "versione": versione_della_prova(importazione, esiti),
        "conti": riassunto(esiti),
        "righe": sorted(
            (esito for esito in esiti if esito.genere is not Genere.INVARIATA),
            key=lambda esito: esito.genere is not Genere.ERRORE,
        ),
        "si_puo": not any(esito.genere is Genere.ERRORE for esito in esiti),
        "cambia": any(esito.genere in (Genere.NUOVA, Genere.CAMBIATA) for esito in esiti),
    }
    return render(request, "distretti/registro/anteprima.html", contesto, status=stato)
