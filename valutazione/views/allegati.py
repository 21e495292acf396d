"""Files of an evidence, for who follows the programme."""

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

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
    if not trovato.file.name or not trovato.file.storage.exists(trovato.file.name):
        raise Http404("Del file si conserva solo la descrizione.")
    return FileResponse(
        trovato.file.open("rb"), as_attachment=True, filename=trovato.nome, content_type=trovato.tipo
    )
