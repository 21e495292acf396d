"""The doors of the top floor: 404 to whoever may not know, 403 to whoever may not see."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from distretti.models import Utente
from programmi.accesso import programma_o_404
from programmi.models import Programma
from valutazione.models import Allegato, Evidenza, Imputazione
from valutazione.permissions import puo_registrare, puo_vedere_valutazione

ANNI = range(2011, 2101)


def programma_valutabile(request: HttpRequest, codice: str, anno: int) -> Programma:
    """The programme, for who may see its percentages and its evidence."""
    programma = programma_o_404(request.user, codice, anno)
    if not puo_vedere_valutazione(request.user, programma):
        raise PermissionDenied("Le percentuali e le evidenze sono riservate a chi segue il programma.")
    return programma


def programma_da_registrare(request: HttpRequest, codice: str, anno: int) -> Programma:
    """The programme, for the manager who records its evidence."""
    programma = programma_valutabile(request, codice, anno)
    if not puo_registrare(request.user, programma):
        raise PermissionDenied("Le evidenze le registra il manager territoriale del distretto.")
    return programma


def evidenza_o_404(programma: Programma, pk: int) -> Evidenza:
    """An evidence of this programme: an id of another one does not exist here."""
    evidenze = Evidenza.objects.select_related(
        "programma__distretto__autorita", "registrata_da", "ritirata_da"
    )
    return get_object_or_404(evidenze, programma=programma, pk=pk)


def allegato_o_404(evidenza: Evidenza, pk: int) -> Allegato:
    return get_object_or_404(Allegato.objects.select_related("evidenza__programma"), evidenza=evidenza, pk=pk)


def imputazione_o_404(evidenza: Evidenza, pk: int) -> Imputazione:
    imputazioni = Imputazione.objects.select_related("indicatore__progettualita", "evidenza__programma")
    return get_object_or_404(imputazioni, evidenza=evidenza, pk=pk)


def anno_o_404(anno: int) -> int:
    """A year that may have programmes."""
    if anno not in ANNI:
        raise Http404
    return anno


def utente_di(request: HttpRequest) -> Utente:
    """The signed-in person. The middleware lets nobody else in, so another type is a programming error."""
    assert isinstance(request.user, Utente)
    return request.user
