"""Recording, changing, reading and withdrawing evidence in the browser."""

import re
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from distretti.basi.italiano import conta
from distretti.errori import DatiNonValidi, ErroreDominio, StatoNonAmmesso
from distretti.filtri import filtrate
from distretti.views.risposte import CONFLITTO, inviati, pagina_di, stato_di
from programmi.errori import ModificatoNelFrattempo
from programmi.models import Programma
from programmi.regola import TipoEvidenza
from valutazione.accesso import (
    evidenza_o_404,
    programma_da_registrare,
    programma_valutabile,
    utente_di,
)
from valutazione.chiusura import controlla_registrabile, puo_ora, registra_ora
from valutazione.effetto import effetto_di
from valutazione.filtri import EvidenzaFilter
from valutazione.forms import EvidenzaForm, TipoForm
from valutazione.forms.campi import nome_riga
from valutazione.letture import Valutazione, valutazione_di
from valutazione.models import Evidenza, StatoEvidenza
from valutazione.pagine import evidenza_in_pagina, regole_di
from valutazione.pagine.allegati import allegati_di
from valutazione.permissions import puo_registrare, puo_verificare, puo_verificare_programma
from valutazione.scheda.da_database import documento_di
from valutazione.services import (
    crea_evidenza,
    elimina_bozza,
    registra_evidenza,
    salva_dati_modulo,
)
from valutazione.services.evidenze import controlla_voce
from valutazione.tabella import DECISIONE
from valutazione.versioni import versione_evidenza
from valutazione.views.allegati import (
    NEGLI_ALLEGATI,
    cambia_file,
    carica_file,
    contesto_dei_file,
    pezzo_degli_allegati,
)

AZIONI = re.compile(r"bozza|carica|anteprima|registra|(?:togli|personali|impersonali)-\d+")


@require_safe
def evidenze(request: HttpRequest, codice: str, anno: int) -> HttpResponse:
    """The evidence of a programme, newest first, with filters."""
    programma = programma_valutabile(request, codice, anno)
    registra = puo_registrare(request.user, programma)
    leggibili = programma.evidenze.leggibili(anche_bozze=registra).per_elenco().dalla_piu_recente()
    filtro = EvidenzaFilter(request.GET or None, queryset=leggibili)
    contesto = {
        "programma": programma,
        "filtro": filtro,
        "form": filtro.form,
        "pagina": pagina_di(request, filtrate(filtro)),
        "puo_registrare": registra_ora(request.user, programma),
        "puo_verificare": puo_verificare_programma(request.user, programma),
        "passate": programma.evidenze.da_confermare(timezone.localdate()).count() if registra else 0,
    }
    return render(request, "valutazione/evidenze.html", contesto, status=stato_di(filtro.form))


@require_http_methods(["GET", "HEAD", "POST"])
def evidenza_nuova(request: HttpRequest, codice: str, anno: int) -> HttpResponse:
    """Choose the type: the bozza exists from here on. ``tipo`` and ``riga`` may come already chosen."""
    programma = programma_da_registrare(request, codice, anno)
    scelti = request.POST if request.method == "POST" else request.GET
    riga = scelti.get("riga", "")
    iniziali = {"tipo": request.GET.get("tipo", "")}
    form = TipoForm(inviati(request), regole=regole_di(programma), initial=iniziali)
    try:
        controlla_registrabile(programma)
        if request.method == "POST" and form.is_valid():
            tipo = TipoEvidenza(form.cleaned_data["tipo"])
            evidenza = crea_evidenza(programma=programma, tipo=tipo, utente=utente_di(request))
            indirizzo = reverse("evidenza-modifica", args=_chiavi(evidenza))
            return redirect(f"{indirizzo}?{urlencode({'riga': riga})}" if riga else indirizzo)
    except StatoNonAmmesso as errore:
        messages.error(request, errore.messaggio)
        return redirect("evidenze", codice, anno)
    bozze = programma.evidenze.bozze().order_by("-modificata_alle")
    contesto = {"programma": programma, "form": form, "bozze": bozze, "riga": riga}
    return render(request, "valutazione/evidenza_nuova.html", contesto, status=stato_di(form))


@require_http_methods(["GET", "HEAD", "POST"])
def evidenza_modifica(request: HttpRequest, codice: str, anno: int, pk: int) -> HttpResponse:
    """Write an evidence: keep, attach, preview, record. Whatever was typed is kept first of all."""
    programma = programma_da_registrare(request, codice, anno)
    evidenza = evidenza_o_404(programma, pk)
    try:
        if request.method == "POST":
            salva_dati_modulo(evidenza=evidenza, dati=_digitato(request.POST), utente=utente_di(request))
            return _invia(request, evidenza)
        if evidenza.stato == StatoEvidenza.RITIRATA:
            raise StatoNonAmmesso("L'evidenza è stata ritirata: non si può più cambiare.")
    except ErroreDominio as errore:
        messages.error(request, errore.messaggio)
        return redirect(evidenza)
    prima = valutazione_di(programma)
    versione = versione_evidenza(prima.documento, evidenza.codice)
    form = EvidenzaForm.da_digitato(evidenza, prima.scheda, versione)
    scelta = prima.scheda.righe.get(request.GET.get("riga", ""))
    if scelta is not None and evidenza.in_bozza and evidenza.dati_modulo is None:
        form.initial[nome_riga(scelta)] = True
    return _pagina_modulo(request, evidenza, form)


def _invia(request: HttpRequest, evidenza: Evidenza) -> HttpResponse:
    """What the pressed button asks for. Files that were chosen go up whichever it is."""
    azione = request.POST.get("azione", "bozza")
    if not AZIONI.fullmatch(azione):
        raise BadRequest(f"Azione sconosciuta: {azione[:40]}")
    indirizzo = reverse("evidenza-modifica", args=_chiavi(evidenza))
    if "-" in azione:
        cambia_file(request, evidenza, azione)
        return redirect(f"{indirizzo}#allegati")
    digitato, rifiutati = _carica_col_modulo(request, evidenza)
    if azione == "carica":
        if not request.FILES:
            messages.error(request, "Scegli almeno un file da caricare.", extra_tags=NEGLI_ALLEGATI)
        if getattr(request, "htmx", False):
            return pezzo_degli_allegati(request, evidenza, digitato.get("versione", ""))
        return redirect(f"{indirizzo}#allegati")
    if azione == "bozza":
        if rifiutati:
            messages.warning(request, "Bozza salvata, ma un file non è stato accettato: il motivo è sotto.")
        else:
            messages.success(request, "Bozza salvata: puoi continuare quando vuoi.")
        return redirect(indirizzo)
    prima = valutazione_di(evidenza.programma)
    form = EvidenzaForm(digitato, evidenza=evidenza, scheda=prima.scheda)
    if azione == "anteprima":
        return _anteprima(request, prima, evidenza, form)
    if rifiutati:
        # Recording without a file that was meant to go along would be a lost attachment.
        form.add_error(None, "L'evidenza non è stata registrata: un file non è stato accettato.")
        return _pagina_modulo(request, evidenza, form)
    return _registra(request, evidenza, form)


def _chiavi(evidenza: Evidenza) -> tuple[str, int, int]:
    return evidenza.programma.distretto.codice, evidenza.programma.anno, evidenza.pk


def _digitato(post: QueryDict) -> dict[str, list[str]]:
    esclusi = {"csrfmiddlewaretoken", "azione"}
    return {nome: [str(v) for v in valori] for nome, valori in post.lists() if nome not in esclusi}


def _pagina_modulo(
    request: HttpRequest, evidenza: Evidenza, form: EvidenzaForm, **altro: Any
) -> HttpResponse:
    contesto = {
        "programma": evidenza.programma,
        "evidenza": evidenza,
        "form": form,
        **contesto_dei_file(evidenza),
        "gia_verificate": evidenza.imputazioni.exclude(stato="in_attesa").count(),
    } | altro
    stato = CONFLITTO if altro.get("conflitto") is not None else stato_di(form)
    return render(request, "valutazione/evidenza_modifica.html", contesto, status=stato)


def _carica_col_modulo(request: HttpRequest, evidenza: Evidenza) -> tuple[QueryDict, int]:
    """Attach the chosen files; what was typed now stands on the evidence with them.

    One's own file is not somebody else's change: the form goes on from the fingerprint it leaves behind.
    Returns the form as typed, with that fingerprint, and how many files were refused.
    """
    era_la_sua = (
        bool(request.FILES)
        and evidenza.registrata
        and request.POST.get("versione")
        == versione_evidenza(documento_di(evidenza.programma), evidenza.codice)
    )
    rifiutati, rimesse = carica_file(request, evidenza)
    _avvisa_rimesse(request, rimesse)
    if not era_la_sua:
        return request.POST, rifiutati
    digitato = request.POST.copy()
    digitato["versione"] = versione_evidenza(documento_di(evidenza.programma), evidenza.codice)
    salva_dati_modulo(evidenza=evidenza, dati=_digitato(digitato), utente=utente_di(request))
    return digitato, rifiutati


def _avvisa_rimesse(request: HttpRequest, rimesse: int) -> None:
    if rimesse:
        righe = conta(rimesse, "riga già verificata torna", "righe già verificate tornano")
        messages.warning(request, f"Hai cambiato l'evidenza: {righe} in attesa della verifica dell'Agenzia.")


def _valida(form: EvidenzaForm, programma: Programma) -> bool:
    if not form.is_valid():
        return False
    try:
        controlla_voce(documento_di(programma), form.voce(), form.evidenza.data)
    except DatiNonValidi as errore:
        form.riporta(errore.campi)
    return form.is_valid()


def _anteprima(
    request: HttpRequest, prima: Valutazione, evidenza: Evidenza, form: EvidenzaForm
) -> HttpResponse:
    effetto = effetto_di(prima, evidenza, form.voce()) if _valida(form, prima.programma) else None
    if getattr(request, "htmx", False):
        contesto = {"effetto": effetto, "form": form, "programma": prima.programma}
        return render(request, "valutazione/_effetto.html", contesto)
    return _pagina_modulo(request, evidenza, form, effetto=effetto)


def _registra(request: HttpRequest, evidenza: Evidenza, form: EvidenzaForm) -> HttpResponse:
    if not form.is_valid():
        return _pagina_modulo(request, evidenza, form)
    try:
        scritta, rimesse = registra_evidenza(
            evidenza=evidenza,
            voce=form.voce(),
            utente=utente_di(request),
            versione=form.cleaned_data["versione"],
        )
    except DatiNonValidi as errore:
        form.riporta(errore.campi)
        return _pagina_modulo(request, evidenza, form)
    except ModificatoNelFrattempo as errore:
        form.riparti_da(errore.versione)
        assert isinstance(form.data, QueryDict)
        salva_dati_modulo(evidenza=evidenza, dati=_digitato(form.data), utente=utente_di(request))
        return _pagina_modulo(request, evidenza, form, conflitto=list(errore.attuale.items()))
    fatto = "Modifiche confermate" if evidenza.registrata else "Evidenza registrata"
    messages.success(request, f"{fatto}: qui sotto vedi che cosa vale.")
    _avvisa_rimesse(request, rimesse)
    return redirect(scritta)


@require_safe
def evidenza(request: HttpRequest, codice: str, anno: int, pk: int) -> HttpResponse:
    """One evidence: what was recorded, and what it is worth line by line."""
    programma = programma_valutabile(request, codice, anno)
    trovata = evidenza_o_404(programma, pk)
    registra = puo_registrare(request.user, programma)
    if trovata.in_bozza:
        if registra:
            return redirect("evidenza-modifica", codice, anno, pk)
        programma_da_registrare(request, codice, anno)
    contesto = {
        "programma": programma,
        "evidenza": trovata,
        "allegati": allegati_di(trovata, anche_bozze=registra),
        "coinvolte": trovata.coinvolte.select_related("organizzazione"),
        "voci": evidenza_in_pagina(valutazione_di(programma), trovata),
        "puo_registrare": registra_ora(request.user, programma),
        "puo_verificare": puo_verificare(request.user, trovata)
        and puo_ora(DECISIONE, request.user, programma) is not None,
    }
    return render(request, "valutazione/evidenza.html", contesto)


@require_POST
def evidenza_elimina(request: HttpRequest, codice: str, anno: int, pk: int) -> HttpResponse:
    """Delete a bozza with its files."""
    programma = programma_da_registrare(request, codice, anno)
    trovata = evidenza_o_404(programma, pk)
    try:
        elimina_bozza(evidenza=trovata)
    except ErroreDominio as errore:
        messages.error(request, errore.messaggio)
        return redirect(trovata)
    messages.success(request, "Bozza eliminata.")
    return redirect("evidenze", codice, anno)
