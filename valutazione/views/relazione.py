"""The report of the evaluation, to download."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from distretti.basi.pdf import MotorePdfAssente
from distretti.errori import ErroreDominio
from programmi.accesso import programma_o_404
from valutazione.permissions import puo_fare_relazione
from valutazione.relazione import nome_file, relazione_pdf


@require_safe
@never_cache
def relazione(request: HttpRequest, codice: str, anno: int) -> HttpResponse:
    """The PDF, for whoever sees the percentages; without Pango a page that says so, status 503."""
    programma = programma_o_404(request.user, codice, anno)
    if not puo_fare_relazione(request.user, programma):
        raise PermissionDenied("La relazione di valutazione è riservata a chi segue il programma.")
    try:
        pdf = relazione_pdf(programma)
    except MotorePdfAssente as assente:
        contesto = {"programma": programma, "spiegazione": assente.messaggio}
        return render(request, "pdf/motore_assente.html", contesto, status=503)
    except ErroreDominio as errore:
        messages.error(request, errore.messaggio)
        return redirect(programma)
    risposta = HttpResponse(pdf, content_type="application/pdf")
    risposta["Content-Disposition"] = f'attachment; filename="{nome_file(programma)}"'
    return risposta
