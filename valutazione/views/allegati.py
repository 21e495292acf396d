"""Files of an evidence, for who follows the programme."""

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from distretti.basi.file_caricati import FileNonAmmesso
from distretti.basi.italiano import conta
from distretti.views.scaricamento import scarica
from valutazione.accesso import (
    allegato_o_404,
    evidenza_o_404,
    programma_valutabile,
    utente_di,
)
from valutazione.models import Evidenza
from valutazione.permissions import puo_registrare
from valutazione.services import aggiungi_allegato

NEGLI_ALLEGATI = "posto-allegati"
"""Where the page shows what became of the files (componenti/messaggi.html)."""


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
    for file in request.FILES.getlist("file"):
        try:
            allegato, nuovo, tornate = aggiungi_allegato(
                evidenza=evidenza, file=file, utente=utente_di(request)
            )
        except FileNonAmmesso as errore:
            messages.error(request, errore.messaggio, extra_tags=NEGLI_ALLEGATI)
            rifiutati += 1
        else:
            caricati += nuovo
            rimesse += tornate
            if not nuovo:
                messages.info(request, f"«{allegato.nome}» c'era già.", extra_tags=NEGLI_ALLEGATI)
    if caricati:
        testo = conta(caricati, "file caricato", "file caricati")
        messages.success(request, f"{testo}.", extra_tags=NEGLI_ALLEGATI)
    return rifiutati, rimesse
