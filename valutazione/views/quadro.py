"""The figures of an authority for a year: the page, and the table to take away."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from distretti.importazione_xlsx.foglio import TIPO_XLSX
from distretti.models import Autorita
from distretti.views.risposte import RIGHE_PER_PAGINA
from valutazione.accesso import anno_o_404
from valutazione.forms.quadro import QuadroForm
from valutazione.pagine.quadro import distribuzione, stati_in_barre
from valutazione.permissions import puo_vedere_quadro
from valutazione.provincia.quadro import quadro_di, righe_di
from valutazione.provincia.tabella import COLONNE, csv_di, xlsx_di


@require_safe
def quadro(request: HttpRequest, codice: str, anno: int) -> HttpResponse:
    """Every programme of the year with its percentages, and what they say together."""
    trovato = quadro_di(_autorita(request, codice, anno), anno)
    form = QuadroForm(request.GET)
    righe = form.scelti(trovato.programmi)
    contesto = {
        "quadro": trovato,
        "stati": stati_in_barre(trovato),
        "distribuzione": distribuzione(trovato),
        "form": form,
        "pagina": Paginator(righe, RIGHE_PER_PAGINA).get_page(request.GET.get("page")),
        "colonne": COLONNE,
    }
    return render(request, "valutazione/quadro.html", contesto)


@require_safe
def quadro_csv(request: HttpRequest, codice: str, anno: int) -> StreamingHttpResponse:
    """The table of the programmes of the year as CSV."""
    righe = righe_di(_autorita(request, codice, anno), anno)
    return StreamingHttpResponse(
        csv_di(righe),
        content_type="text/csv; charset=utf-8; header=present",
        headers=_da_scaricare(codice, anno, "csv"),
    )


@require_safe
def quadro_xlsx(request: HttpRequest, codice: str, anno: int) -> HttpResponse:
    """The same as a spreadsheet, with what the columns mean in a second sheet."""
    righe = righe_di(_autorita(request, codice, anno), anno)
    return HttpResponse(xlsx_di(righe), content_type=TIPO_XLSX, headers=_da_scaricare(codice, anno, "xlsx"))


def _autorita(request: HttpRequest, codice: str, anno: int) -> Autorita:
    autorita = get_object_or_404(Autorita, codice=codice)
    anno_o_404(anno)
    if not puo_vedere_quadro(request.user, autorita):
        raise PermissionDenied(
            "Le percentuali di tutti i programmi sono riservate a chi lavora per l'autorità."
        )
    return autorita


def _da_scaricare(codice: str, anno: int, come: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="percentuali-{codice}-{anno}.{come}"'}
