"""The signed files of the acts of the procedure."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from distretti.basi.contenuto_file import Formato
from distretti.models import Atto
from distretti.views.scaricamento import scarica
from programmi.models import AzionePassaggio, Passaggio
from programmi.permissions import segue_programma

_PUBBLICI = (AzionePassaggio.APPROVAZIONE, AzionePassaggio.VARIAZIONE)


@login_not_required
@require_safe
def atto_file(request: HttpRequest, codice: str) -> HttpResponseBase:
    """The signed file of an act: of an approved determinazione for everyone, else for role holders."""
    atto = get_object_or_404(Atto.objects.exclude(file=""), codice=codice)
    passaggi = atto.passaggi.select_related("programma__distretto")
    passaggio = next((trovato for trovato in passaggi if _visibile(request, trovato)), None)
    if passaggio is None:
        raise Http404
    tipo = Formato.P7M if atto.file_nome.lower().endswith(".p7m") else Formato.PDF
    return scarica(
        request,
        atto.file,
        nome=atto.file_nome,
        tipo=tipo.mime,
        altrimenti=passaggio.programma.get_absolute_url(),
    )


def _visibile(request: HttpRequest, passaggio: Passaggio) -> bool:
    pubblica = passaggio.azione in _PUBBLICI and passaggio.programma.pubblico
    return pubblica or segue_programma(request.user, passaggio.programma)
