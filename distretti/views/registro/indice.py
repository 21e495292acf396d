"""The register of an authority: what there is to do in it, and the spreadsheet of what it holds."""

from datetime import date

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from distretti.forms_importazione import EsportazioneForm
from distretti.importazione_xlsx.foglio import (
    TIPO_XLSX,
    adesioni_da_esportare,
    esportazione,
    esportazione_csv,
    modello,
)
from distretti.models import Adesione, Autorita, Distretto, ImportazioneRegistro, StatoDistretto
from distretti.somiglianza import conosciute, doppioni
from distretti.views.registro.porta import autorita_da_tenere
from distretti.views.risposte import NON_VALIDO

_ULTIME = 10


@require_safe
def registro_index(request: HttpRequest, codice: str) -> HttpResponse:
    """New districts and organisations, records that look like one, import and export."""
    autorita = autorita_da_tenere(request, codice)
    oggi = timezone.localdate()
    in_corso = Q(adesioni__in=Adesione.objects.alla_data(oggi))
    distretti = Distretto.objects.filter(autorita=autorita)
    confermate = ImportazioneRegistro.objects.filter(autorita=autorita, confermata_alle__isnull=False)
    contesto = {
        "autorita": autorita,
        "distretti": distretti.annotate(aderenti=Count("adesioni", filter=in_corso)),
        "in_costituzione": distretti.filter(stato=StatoDistretto.IN_COSTITUZIONE),
        "doppioni": doppioni(conosciute()),
        "importazioni": confermate.select_related("caricata_da").order_by("-confermata_alle")[:_ULTIME],
        "form": EsportazioneForm(autorita=autorita),
    }
    return render(request, "distretti/registro/indice.html", contesto)


@require_safe
def registro_template(request: HttpRequest, codice: str) -> HttpResponse:
    """The spreadsheet to fill in."""
    autorita_da_tenere(request, codice)
    return _file(modello(), TIPO_XLSX, "registro-da-compilare.xlsx")


@require_safe
def registro_export(request: HttpRequest, codice: str) -> HttpResponse:
    """Members and marks as they are registered: XLSX or CSV, of one district or all, on a day or always."""
    autorita = autorita_da_tenere(request, codice)
    form = EsportazioneForm(request.GET or None, autorita=autorita)
    if form.is_bound and not form.is_valid():
        contesto = {"autorita": autorita, "form": form}
        return render(request, "distretti/registro/esporta.html", contesto, status=NON_VALIDO)
    chiesti = form.cleaned_data if form.is_bound else {}
    distretto, giorno = chiesti.get("distretto"), chiesti.get("alla_data")
    nome = _nome(autorita, distretto, giorno)
    if chiesti.get("formato") == "csv":
        testo = esportazione_csv(adesioni_da_esportare(autorita, distretto, giorno))
        # The mark of UTF-8: without it Excel takes the accents of a CSV for others.
        return _file(testo.encode("utf-8-sig"), "text/csv; charset=utf-8", f"{nome}.csv")
    return _file(esportazione(autorita, distretto=distretto, giorno=giorno), TIPO_XLSX, f"{nome}.xlsx")


def importazione_di(request: HttpRequest, codice: str, pk: int) -> ImportazioneRegistro:
    """An import of this authority, for whoever keeps its register: a colleague may look at it too."""
    autorita = autorita_da_tenere(request, codice)
    righe = ImportazioneRegistro.objects.select_related("autorita")
    return get_object_or_404(righe, pk=pk, autorita=autorita)


def _nome(autorita: Autorita, distretto: Distretto | None, giorno: date | None) -> str:
    di_chi = distretto.codice if distretto else autorita.codice
    return f"registro-{di_chi}-{giorno.isoformat()}" if giorno else f"registro-{di_chi}"


def _file(contenuto: bytes, tipo: str, nome: str) -> HttpResponse:
    intestazioni = {"Content-Disposition": f'attachment; filename="{nome}"'}
    return HttpResponse(contenuto, content_type=tipo, headers=intestazioni)
