"""The printed version of a programme and the printed comparison, to download."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from distretti.basi.pdf import MotorePdfAssente
from programmi.accesso import programma_o_404
from programmi.edizione import Edizione
from programmi.models import Programma
from programmi.permissions import segue_programma
from programmi.versioni_congelate import versioni_di
from valutazione.stampa import confronto_pdf, versione_pdf
from valutazione.stampa.confronto import nome_file as nome_del_confronto
from valutazione.stampa.versione import nome_file as nome_della_versione
from valutazione.views.confronto import confronto_chiesto


@login_not_required
@require_safe
@never_cache
def versione(request: HttpRequest, codice: str, anno: Edizione, numero: int) -> HttpResponse:
    """The PDF of a version: all of them for who follows the programme, the approved ones for everyone."""
    programma = programma_o_404(request.user, codice, anno)
    tutto = segue_programma(request.user, programma)
    trovata = versioni_di(programma).leggibili(tutte=tutto).filter(numero=numero).first()
    if trovata is None:
        raise Http404
    nome = nome_della_versione(trovata)
    return _scarica(request, programma, nome, lambda: versione_pdf(trovata, pubblica=not tutto))


@login_not_required
@require_safe
@never_cache
def confronto(request: HttpRequest, codice: str, anno: Edizione) -> HttpResponse:
    """The PDF of the comparison that ``?prima=…&dopo=…`` asks for."""
    chiesto = confronto_chiesto(request, codice, anno)
    versioni = [lato.versione for lato in (chiesto.prima, chiesto.dopo)]
    giorni = [trovata.passaggio.il for trovata in versioni if trovata is not None]
    di_oggi = chiesto.effetto is not None or len(giorni) < len(versioni)
    giorno = timezone.localdate() if di_oggi else max(giorni)
    nome = nome_del_confronto(chiesto.programma, chiesto.prima, chiesto.dopo)
    return _scarica(request, chiesto.programma, nome, lambda: confronto_pdf(chiesto, giorno=giorno))


def _scarica(
    request: HttpRequest, programma: Programma, nome: str, stampa: Callable[[], bytes]
) -> HttpResponse:
    """The file; without Pango a page that says so, status 503."""
    try:
        pdf = stampa()
    except MotorePdfAssente as assente:
        contesto = {"programma": programma, "spiegazione": assente.messaggio}
        return render(request, "pdf/motore_assente.html", contesto, status=503)
    risposta = HttpResponse(pdf, content_type="application/pdf")
    risposta["Content-Disposition"] = f'attachment; filename="{nome}"'
    return risposta
