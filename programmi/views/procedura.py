"""The steps of the procedure, and the signed files of its acts."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.datastructures import MultiValueDict
from django.views.decorators.http import require_http_methods, require_safe

from distretti.basi.contenuto_file import Formato
from distretti.errori import DatiNonValidi, StatoNonAmmesso
from distretti.models import Atto, Utente
from distretti.views.risposte import NON_VALIDO, inviati, riporta_errori
from distretti.views.scaricamento import scarica
from programmi.accesso import programma_o_404
from programmi.completezza import completezza
from programmi.errori import ProgrammaIncompleto
from programmi.forms.procedura import ApprovazioneForm, RinvioForm, TrasmissioneForm
from programmi.models import AzionePassaggio, Passaggio, Programma
from programmi.permissions import segue_programma
from programmi.procedura import APPROVAZIONE, RINVIO, TRASMISSIONE, Transizione, approva, rinvia, trasmetti

_PAGINE = {
    AzionePassaggio.TRASMISSIONE: "programmi/trasmetti.html",
    AzionePassaggio.RINVIO: "programmi/rinvia.html",
    AzionePassaggio.APPROVAZIONE: "programmi/approva.html",
}
_FATTO = {
    AzionePassaggio.TRASMISSIONE: "Il programma è trasmesso all'Agenzia.",
    AzionePassaggio.RINVIO: "Le integrazioni sono richieste al distretto.",
    AzionePassaggio.APPROVAZIONE: "Il programma è approvato.",
}


@require_http_methods(["GET", "HEAD", "POST"])
def programma_trasmetti(request: HttpRequest, codice: str, anno: int) -> HttpResponse:
    """The referente amministrativo transmits the programme to the authority."""

    def modulo(programma: Programma) -> forms.Form:
        iniziale = {"delibera_ente": programma.distretto.capofila}
        return TrasmissioneForm(inviati(request), _file(request), initial=iniziale)

    def compi(programma: Programma, utente: Utente, form: Any) -> Passaggio:
        return trasmetti(programma=programma, utente=utente, **form.parametri())

    return _passaggio(request, codice, anno, TRASMISSIONE, modulo, compi)


@require_http_methods(["GET", "HEAD", "POST"])
def programma_rinvia(request: HttpRequest, codice: str, anno: int) -> HttpResponse:
    """The authority sends the programme back, saying what is to mend."""

    def modulo(programma: Programma) -> forms.Form:
        return RinvioForm(inviati(request))

    def compi(programma: Programma, utente: Utente, form: Any) -> Passaggio:
        return rinvia(programma=programma, utente=utente, **form.cleaned_data)

    return _passaggio(request, codice, anno, RINVIO, modulo, compi)


@require_http_methods(["GET", "HEAD", "POST"])
def programma_approva(request: HttpRequest, codice: str, anno: int) -> HttpResponse:
    """The authority enters the determinazione that approves the programme."""

    def modulo(programma: Programma) -> forms.Form:
        autorita = programma.distretto.autorita
        return ApprovazioneForm(inviati(request), _file(request), autorita=autorita)

    def compi(programma: Programma, utente: Utente, form: Any) -> Passaggio:
        return approva(programma=programma, utente=utente, **form.parametri())

    return _passaggio(request, codice, anno, APPROVAZIONE, modulo, compi)


def _file(request: HttpRequest) -> "MultiValueDict[str, UploadedFile[bytes]] | None":
    return request.FILES if request.method == "POST" else None


def _passaggio(
    request: HttpRequest,
    codice: str,
    anno: int,
    transizione: Transizione,
    modulo: Callable[[Programma], forms.Form],
    compi: Callable[[Programma, Utente, forms.Form], Passaggio],
) -> HttpResponse:
    """Fetch, predicate, state, form, service: the same for every step of the table."""
    programma = programma_o_404(request.user, codice, anno)
    if not transizione.puo(request.user, programma) or not isinstance(request.user, Utente):
        raise PermissionDenied
    if not transizione.ammessa_da(programma):
        stato = programma.get_stato_display()
        messages.error(request, f"Il programma è nello stato «{stato}»: non si può {transizione.verbo}.")
        return redirect(programma)
    form = modulo(programma)
    if request.method == "POST" and form.is_valid():
        try:
            compi(programma, request.user, form)
        except DatiNonValidi as errore:
            riporta_errori(form, errore)
        except ProgrammaIncompleto as errore:
            form.add_error(None, list(errore.mancanze))
        except StatoNonAmmesso as errore:
            messages.error(request, errore.messaggio)
            return redirect(programma)
        else:
            messages.success(request, _FATTO[transizione.azione])
            return redirect(programma)
    contesto = {
        "programma": programma,
        "form": form,
        "azione": transizione.azione,
        "completezza": completezza(programma) if transizione.azione != AzionePassaggio.RINVIO else None,
    }
    stato_http = NON_VALIDO if request.method == "POST" else 200
    return render(request, _PAGINE[transizione.azione], contesto, status=stato_http)


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
    pubblica = passaggio.azione == AzionePassaggio.APPROVAZIONE and passaggio.programma.approvato
    return pubblica or segue_programma(request.user, passaggio.programma)
