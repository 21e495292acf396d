"""The signed file of an act of the register."""

from django.db.models import Q
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from distretti.basi.contenuto_file import Formato
from distretti.models import Atto, Autorita, Distretto
from distretti.permissions import ambiti_di
from distretti.views.scaricamento import scarica


@require_safe
def atto_registro_file(request: HttpRequest, codice: str) -> HttpResponseBase:
    """For who holds a role over a district that the act concerns, or over its authority; else 404.

    The act itself is cited in public; its file may hold the signatures and the data of persons.
    """
    atto = get_object_or_404(Atto.objects.exclude(file=""), codice=codice)
    distretti, autorita = ambiti_di(request.user)
    riguarda = Distretto.objects.filter(
        Q(adesioni__atto=atto)
        | Q(adesioni__atto_cancellazione=atto)
        | Q(annotazioni__atti_in_ordine__atto=atto)
    )
    rilascia = Autorita.objects.filter(
        Q(marchi__certificazioni__atto=atto) | Q(marchi__certificazioni__atto_revoca=atto)
    )
    visibile = (
        riguarda.filter(Q(pk__in=distretti) | Q(autorita__in=autorita)).exists()
        or rilascia.filter(Q(pk__in=autorita) | Q(distretti__in=distretti)).exists()
    )
    if not visibile:
        raise Http404
    tipo = Formato.P7M if atto.file_nome.lower().endswith(".p7m") else Formato.PDF
    return scarica(request, atto.file, nome=atto.file_nome, tipo=tipo.mime, altrimenti=reverse("distretti"))
