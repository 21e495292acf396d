"""Files of an evidence, for who follows the programme."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from distretti.views.scaricamento import scarica
from valutazione.accesso import (
    allegato_o_404,
    evidenza_o_404,
    programma_valutabile,
)
from valutazione.permissions import puo_registrare


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
