"""Recording, changing, reading and withdrawing evidence in the browser."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from distretti.basi.italiano import conta
from distretti.errori import DatiNonValidi, ErroreDominio
from programmi.models import Programma
from programmi.regola import TipoEvidenza
from valutazione.accesso import (
    evidenza_o_404,
    programma_da_registrare,
    programma_valutabile,
    utente_di,
)
from valutazione.effetto import effetto_di
from valutazione.filtri import EvidenzaFilter
from valutazione.forms import EvidenzaForm, TipoForm
from valutazione.letture import Valutazione, valutazione_di
from valutazione.models import Evidenza, StatoEvidenza
from valutazione.pagine import evidenza_in_pagina, regole_di
from valutazione.permissions import puo_registrare, puo_verificare, puo_verificare_programma
from valutazione.services import (
    aggiungi_allegato,
    crea_evidenza,
    registra_evidenza,
    ritira_evidenza,
    salva_dati_modulo,
)
from valutazione.services.evidenze import controlla_voce

PER_PAGINA = 25


@require_safe
def evidenze(request: HttpRequest, codice: str, anno: int) -> HttpResponse:
    """The evidence of a programme, newest first, with filters."""
    programma = programma_valutabile(request, codice, anno)
    registra = puo_registrare(request.user, programma)
    elenco = Evidenza.objects.filter(programma=programma).per_elenco().order_by("-data", "-pk")
    if not registra:
        elenco = elenco.exclude(stato=StatoEvidenza.BOZZA)
    filtro = EvidenzaFilter(request.GET, queryset=elenco)
    pagina = Paginator(filtro.qs, PER_PAGINA).get_page(request.GET.get("page"))
    contesto = {
        "programma": programma,
        "filtro": filtro,
        "pagina": pagina,
        "puo_registrare": registra,
        "puo_verificare": puo_verificare_programma(request.user, programma),
    }
    return render(request, "valutazione/evidenze.html", contesto)


@require_http_methods(["GET", "HEAD", "POST"])
def evidenza_nuova(request: HttpRequest, codice: str, anno: int) -> HttpResponse:
    """Choose the type: the bozza exists from here on."""
    programma = programma_da_registrare(request, codice, anno)
    form = TipoForm(request.POST if request.method == "POST" else None, regole=regole_di(programma))
    if request.method == "POST" and form.is_valid():
        evidenza = crea_evidenza(
            programma=programma, tipo=TipoEvidenza(form.cleaned_data["tipo"]), utente=utente_di(request)
        )
        return redirect("evidenza-modifica", codice, anno, evidenza.pk)
    bozze = programma.evidenze.bozze().order_by("-modificata_alle")
    contesto = {"programma": programma, "form": form, "bozze": bozze}
    return render(request, "valutazione/evidenza_nuova.html", contesto, status=_stato(form))


@require_http_methods(["GET", "HEAD", "POST"])
def evidenza_modifica(request: HttpRequest, codice: str, anno: int, pk: int) -> HttpResponse:
    """Write an evidence: keep, attach, preview, record. Whatever was typed is kept first of all."""
    programma = programma_da_registrare(request, codice, anno)
    evidenza = evidenza_o_404(programma, pk)
    if evidenza.stato == StatoEvidenza.RITIRATA:
        messages.error(request, "L'evidenza è stata ritirata: non si può più cambiare.")
        return redirect(evidenza)
    prima = valutazione_di(programma)
    if request.method != "POST":
        form = EvidenzaForm.da_digitato(evidenza, prima.scheda)
        return _pagina_modulo(request, evidenza, form)
    azione = request.POST.get("azione", "bozza")
    salva_dati_modulo(evidenza=evidenza, dati=_digitato(request.POST))
    if azione == "carica":
        return _carica(request, evidenza)
    if azione == "bozza":
        messages.success(request, "Bozza salvata: puoi continuare quando vuoi.")
        return redirect("evidenza-modifica", codice, anno, pk)
    form = EvidenzaForm(request.POST, evidenza=evidenza, scheda=prima.scheda)
    if azione == "anteprima":
        return _anteprima(request, prima, evidenza, form)
    return _registra(request, evidenza, form)


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
        "allegati": evidenza.allegati.all(),
        "gia_verificate": evidenza.imputazioni.exclude(stato="in_attesa").count(),
    } | altro
    return render(request, "valutazione/evidenza_modifica.html", contesto, status=_stato(form))


def _stato(form: Any) -> int:
    return 422 if form.is_bound and form.errors else 200


def _carica(request: HttpRequest, evidenza: Evidenza) -> HttpResponse:
    rimesse = caricati = 0
    for file in request.FILES.getlist("file"):
        try:
            _, tornate = aggiungi_allegato(evidenza=evidenza, file=file, utente=utente_di(request))
        except ErroreDominio as errore:
            messages.error(request, errore.messaggio)
        else:
            caricati += 1
            rimesse += tornate
    if not request.FILES.getlist("file"):
        messages.error(request, "Scegli almeno un file da caricare.")
    if caricati:
        testo = conta(caricati, "file caricato", "file caricati")
        messages.success(request, f"{testo}. Ciò che avevi scritto è nella bozza.")
    _avvisa_rimesse(request, rimesse)
    programma = evidenza.programma
    indirizzo = reverse("evidenza-modifica", args=[programma.distretto.codice, programma.anno, evidenza.pk])
    return redirect(f"{indirizzo}#allegati")


def _avvisa_rimesse(request: HttpRequest, rimesse: int) -> None:
    if rimesse:
        righe = conta(rimesse, "riga già verificata torna", "righe già verificate tornano")
        messages.warning(request, f"Hai cambiato l'evidenza: {righe} in attesa della verifica dell'Agenzia.")


def _valida(form: EvidenzaForm, programma: Programma) -> bool:
    if not form.is_valid():
        return False
    try:
        controlla_voce(programma, form.voce())
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
        scritta, rimesse = registra_evidenza(evidenza=evidenza, voce=form.voce(), utente=utente_di(request))
    except DatiNonValidi as errore:
        form.riporta(errore.campi)
        return _pagina_modulo(request, evidenza, form)
    messages.success(request, "Evidenza registrata: qui sotto vedi che cosa vale.")
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
        "allegati": trovata.allegati.all(),
        "coinvolte": trovata.coinvolte.select_related("organizzazione"),
        "voci": evidenza_in_pagina(valutazione_di(programma), trovata),
        "puo_registrare": registra,
        "puo_verificare": puo_verificare(request.user, trovata),
    }
    return render(request, "valutazione/evidenza.html", contesto)


@require_POST
def evidenza_ritira(request: HttpRequest, codice: str, anno: int, pk: int) -> HttpResponse:
    """Withdraw an evidence, or throw a bozza away."""
    programma = programma_da_registrare(request, codice, anno)
    trovata = evidenza_o_404(programma, pk)
    try:
        ritira_evidenza(evidenza=trovata, motivo=request.POST.get("motivo", ""), utente=utente_di(request))
    except ErroreDominio as errore:
        messages.error(request, errore.messaggio)
        return redirect(trovata)
    messages.success(request, "Evidenza ritirata: da ora non conta più.")
    return redirect("evidenze", codice, anno)
