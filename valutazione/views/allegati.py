"""Files of an evidence, for who follows the programme."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from distretti.basi.contenuto_file import Formato
from distretti.basi.file_caricati import FORMATI_ALLEGATO, FileNonAmmesso
from distretti.basi.italiano import conta, del_giorno, elenco
from distretti.views.scaricamento import scarica
from valutazione.accesso import (
    allegato_o_404,
    evidenza_o_404,
    programma_valutabile,
    utente_di,
)
from valutazione.models import Evidenza
from valutazione.pagine.allegati import allegati_di
from valutazione.permissions import puo_registrare
from valutazione.services import aggiungi_allegato, segna_dati_personali, togli_allegato
from valutazione.services.allegati import Caricato

NEGLI_ALLEGATI = "posto-allegati"
"""Where the page shows what became of the files (componenti/messaggi.html)."""

ACCETTATI = ",".join(
    dict.fromkeys(
        voce
        for formato in Formato
        if formato in FORMATI_ALLEGATO
        for voce in (*formato.estensioni, formato.mime)
    )
)
"""For the browser to offer the right files: a telephone turns its own kind of photograph into a JPEG."""


@require_safe
def allegato(request: HttpRequest, codice: str, anno: int, pk: int, allegato_pk: int) -> HttpResponseBase:
    """The file, always as a download: nothing that was uploaded is shown inside our pages."""
    programma = programma_valutabile(request, codice, anno)
    evidenza = evidenza_o_404(programma, pk)
    if evidenza.in_bozza and not puo_registrare(request.user, programma):
        raise Http404
    trovato = allegato_o_404(evidenza, allegato_pk)
    if not trovato.file:
        raise Http404("Del file si conserva solo la descrizione.")
    return scarica(
        request, trovato.file, nome=trovato.nome, tipo=trovato.tipo, altrimenti=evidenza.get_absolute_url()
    )


def carica_file(request: HttpRequest, evidenza: Evidenza) -> tuple[int, int]:
    """Attach the chosen files one by one, saying what became of each.

    Returns how many were refused, and how many verified lines wait for the Agenzia again.
    """
    rimesse = caricati = rifiutati = 0
    personali = bool(request.POST.get("dati_personali"))
    for file in request.FILES.getlist("file"):
        try:
            caricato = aggiungi_allegato(
                evidenza=evidenza, file=file, utente=utente_di(request), dati_personali=personali
            )
        except FileNonAmmesso as errore:
            messages.error(request, errore.messaggio, extra_tags=NEGLI_ALLEGATI)
            rifiutati += 1
        else:
            caricati += caricato.nuovo
            rimesse += caricato.rimesse
            _di_uno_gia_visto(request, caricato)
    if caricati:
        testo = conta(caricati, "file caricato", "file caricati")
        messages.success(request, f"{testo}.", extra_tags=NEGLI_ALLEGATI)
    return rifiutati, rimesse


def _di_uno_gia_visto(request: HttpRequest, caricato: Caricato) -> None:
    nome = caricato.allegato.nome
    if not caricato.nuovo:
        testo = f"«{nome}» c'era già: lo stesso file non si allega due volte alla stessa evidenza."
        messages.info(request, testo, extra_tags=NEGLI_ALLEGATI)
    if caricato.altrove:
        dove = elenco([_posto(altro.evidenza) for altro in caricato.altrove])
        testo = f"«{nome}»: lo stesso file è già allegato {dove}. Va bene, se prova tutte e due le cose."
        messages.info(request, testo, extra_tags=NEGLI_ALLEGATI)


def _posto(evidenza: Evidenza) -> str:
    giorno = evidenza.data_digitata
    return f"all'evidenza «{evidenza}»" + (f" {del_giorno(giorno)}" if giorno else "")


def cambia_file(request: HttpRequest, evidenza: Evidenza, azione: str) -> None:
    """What the button beside a file asks for: ``togli-7``, ``personali-7``, ``impersonali-7``."""
    verbo, _, pk = azione.partition("-")
    scelto = get_object_or_404(evidenza.allegati, pk=int(pk) if pk.isdecimal() and len(pk) < 19 else 0)
    if verbo == "togli":
        togli_allegato(allegato=scelto)
        testo = f"Il file «{scelto.nome}» è stato tolto. Ciò che avevi scritto è nella bozza."
    elif verbo in ("personali", "impersonali"):
        segna_dati_personali(allegato=scelto, contiene=verbo == "personali", utente=utente_di(request))
        segnato = "contenente" if verbo == "personali" else "non contenente"
        testo = f"Il file «{scelto.nome}» è segnato come {segnato} dati personali."
    else:
        raise BadRequest(f"Azione sconosciuta: {azione[:40]}")
    messages.success(request, testo, extra_tags=NEGLI_ALLEGATI)


def contesto_dei_file(evidenza: Evidenza) -> dict[str, Any]:
    """What the form of an evidence needs for its files."""
    return {
        "allegati": allegati_di(evidenza, anche_bozze=True),
        "accettati": ACCETTATI,
        "dimensione_massima": settings.DIMENSIONE_MASSIMA_ALLEGATO,
    }


def pezzo_degli_allegati(request: HttpRequest, evidenza: Evidenza, versione: str) -> HttpResponse:
    """The files and what became of those just sent, for the page that sent them without leaving it.

    ``versione``: the fingerprint with which that page goes on.
    """
    contesto = {
        "programma": evidenza.programma,
        "evidenza": evidenza,
        "allegati": allegati_di(evidenza, anche_bozze=True),
        "mandati": True,
        "versione_ora": versione,
    }
    return render(request, "valutazione/_allegati_caricati.html", contesto)
