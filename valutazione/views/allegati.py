"""Files of an evidence: download for who follows the programme, removal while it is a bozza."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from distretti.errori import ErroreDominio
from valutazione.accesso import (
    allegato_o_404,
    evidenza_o_404,
    programma_da_registrare,
    programma_valutabile,
    utente_di,
)
from valutazione.permissions import puo_registrare
from valutazione.services import togli_allegato


@require_safe
def allegato(request: HttpRequest, codice: str, anno: int, pk: int, allegato_pk: int) -> HttpResponseBase:
    """The file, always as a download: nothing that was uploaded is shown inside our pages."""
    programma = programma_valutabile(request, codice, anno)
    evidenza = evidenza_o_404(programma, pk)
    if evidenza.in_bozza and not puo_registrare(request.user, programma):
        raise Http404
    trovato = allegato_o_404(evidenza, allegato_pk)
    if not trovato.file.name or not trovato.file.storage.exists(trovato.file.name):
        raise Http404("Del file si conserva solo la descrizione.")
    return FileResponse(
        trovato.file.open("rb"), as_attachment=True, filename=trovato.nome, content_type=trovato.tipo
    )


@require_POST
def allegato_togli(request: HttpRequest, codice: str, anno: int, pk: int, allegato_pk: int) -> HttpResponse:
    """Take a file away from a bozza."""
    programma = programma_da_registrare(request, codice, anno)
    trovato = allegato_o_404(evidenza_o_404(programma, pk), allegato_pk)
    try:
        togli_allegato(allegato=trovato, utente=utente_di(request))
    except ErroreDominio as errore:
        messages.error(request, errore.messaggio)
    else:
        messages.success(request, f"Il file «{trovato.nome}» è stato tolto.")
    return redirect("evidenza-modifica", codice, anno, pk)
