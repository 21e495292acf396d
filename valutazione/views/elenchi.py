"""The lists that the act prescribes: on a page, as a spreadsheet, printed. For who follows the programme."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from distretti.basi.pdf import MotorePdfAssente
from distretti.importazione_xlsx.foglio import TIPO_XLSX
from valutazione.accesso import programma_valutabile
from valutazione.chiusura import registra_ora
from valutazione.elenchi.foglio import elenco_xlsx, nome_file
from valutazione.elenchi.modello import Elenco, elenco_di
from valutazione.letture import Valutazione, valutazione_di
from valutazione.pagine import azione_di
from valutazione.stampa.elenco import elenco_pdf


@require_safe
def elenchi(request: HttpRequest, codice: str, anno: int) -> HttpResponse:
    """All the lines, with how many evidences count on each: the way to their lists."""
    programma = programma_valutabile(request, codice, anno)
    valutazione = valutazione_di(programma)
    righe = [
        {"riga": riga, "quante": len(esito.conteggiate) + len(esito.oltre_il_massimo)}
        for riga, esito in (
            (riga, valutazione.esito.righe[chiave]) for chiave, riga in valutazione.scheda.righe.items()
        )
        if riga.regola is not None
    ]
    return render(request, "valutazione/elenchi.html", {"programma": programma, "righe": righe})


@require_safe
def elenco(request: HttpRequest, codice: str, anno: int, riga: str) -> HttpResponse:
    """The list of a line."""
    valutazione, trovato = _elenco(request, codice, anno, riga)
    contesto = {
        "programma": valutazione.programma,
        "elenco": trovato,
        "azione": azione_di(riga),
        "puo_registrare": registra_ora(request.user, valutazione.programma),
    }
    return render(request, "valutazione/elenco.html", contesto)


@require_safe
@never_cache
def elenco_foglio(request: HttpRequest, codice: str, anno: int, riga: str) -> HttpResponse:
    """The same list as a spreadsheet."""
    valutazione, trovato = _elenco(request, codice, anno, riga)
    risposta = HttpResponse(elenco_xlsx(trovato), content_type=TIPO_XLSX)
    return _scaricata(risposta, nome_file(valutazione.programma, trovato, "xlsx"))


@require_safe
@never_cache
def elenco_stampato(request: HttpRequest, codice: str, anno: int, riga: str) -> HttpResponse:
    """The same list printed; without Pango a page that says so, status 503."""
    valutazione, trovato = _elenco(request, codice, anno, riga)
    try:
        pdf = elenco_pdf(valutazione.scheda, trovato, giorno=timezone.localdate())
    except MotorePdfAssente as assente:
        contesto = {"programma": valutazione.programma, "spiegazione": assente.messaggio}
        return render(request, "pdf/motore_assente.html", contesto, status=503)
    risposta = HttpResponse(pdf, content_type="application/pdf")
    return _scaricata(risposta, nome_file(valutazione.programma, trovato, "pdf"))


def _elenco(request: HttpRequest, codice: str, anno: int, riga: str) -> tuple[Valutazione, Elenco]:
    valutazione = valutazione_di(programma_valutabile(request, codice, anno))
    if riga not in valutazione.scheda.righe:
        raise Http404
    return valutazione, elenco_di(valutazione, riga)


def _scaricata(risposta: HttpResponse, nome: str) -> HttpResponse:
    risposta["Content-Disposition"] = f'attachment; filename="{nome}"'
    return risposta
