"""The report of the evaluation, to download; with the number of the act for who enters the acts."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from distretti.basi.pdf import MotorePdfAssente
from distretti.errori import ErroreDominio, StatoNonAmmesso
from distretti.models import Installazione
from distretti.views.risposte import NON_VALIDO
from programmi.accesso import programma_o_404
from programmi.errori import ContenutoAlterato
from programmi.models import Programma
from valutazione.forms.relazione import EstremiForm
from valutazione.permissions import puo_dare_estremi, puo_fare_relazione
from valutazione.relazione import nome_file, relazione_pdf


@require_safe
@never_cache
def relazione(request: HttpRequest, codice: str, anno: int) -> HttpResponse:
    """The PDF, for whoever sees the percentages; without Pango a page that says so, status 503.

    ``?numero=…&data=…&riferimento=…`` print the act's own: nothing is written, so they are part of the
    address. They are for who may enter acts; a wrong one shows the form again, status 422.
    """
    programma = programma_o_404(request.user, codice, anno)
    if not puo_fare_relazione(request.user, programma):
        raise PermissionDenied("La relazione di valutazione è riservata a chi segue il programma.")
    form = EstremiForm.da(request.GET)
    if form is not None:
        _controlla_diritto(request, programma)
        if not form.is_valid():
            return _modulo(request, programma, form)
    try:
        pdf = relazione_pdf(programma, estremi=None if form is None else form.estremi)
    except MotorePdfAssente as assente:
        contesto = {"programma": programma, "spiegazione": assente.messaggio}
        return render(request, "pdf/motore_assente.html", contesto, status=503)
    except ContenutoAlterato:
        raise  # told by a page of its own
    except ErroreDominio as errore:
        if form is not None and isinstance(errore, StatoNonAmmesso):
            form.add_error(None, errore.messaggio)
            return _modulo(request, programma, form)
        messages.error(request, errore.messaggio)
        return redirect(programma)
    risposta = HttpResponse(pdf, content_type="application/pdf")
    risposta["Content-Disposition"] = f'attachment; filename="{nome_file(programma)}"'
    return risposta


@require_safe
@never_cache
def relazione_estremi(request: HttpRequest, codice: str, anno: int) -> HttpResponse:
    """The form of number, date and reference, which leads to the PDF."""
    programma = programma_o_404(request.user, codice, anno)
    _controlla_diritto(request, programma)
    return _modulo(request, programma, EstremiForm())


def _controlla_diritto(request: HttpRequest, programma: Programma) -> None:
    if not puo_dare_estremi(request.user, programma):
        raise PermissionDenied("Il numero e la data dell'atto li indica chi registra gli atti.")


def _modulo(request: HttpRequest, programma: Programma, form: EstremiForm) -> HttpResponse:
    contesto = {
        "programma": programma,
        "form": form,
        "dimostrazione": Installazione.objects.dimostrazione(),
    }
    stato = NON_VALIDO if form.is_bound else 200
    return render(request, "valutazione/relazione_estremi.html", contesto, status=stato)
