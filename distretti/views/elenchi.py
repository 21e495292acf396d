"""The register that everyone may read: districts and organisations."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from distretti.filtri import DistrettoFilter, filtrate
from distretti.models import Adesione, Certificazione, DatoDichiarato, Distretto, Organizzazione
from distretti.views.risposte import NON_VALIDO, pagina_di


@login_not_required
@require_safe
def distretto_list(request: HttpRequest) -> HttpResponse:
    """All districts, by type, state and words; declared figures with their date and source."""
    filtro = DistrettoFilter(request.GET or None, queryset=Distretto.objects.per_elenco())
    contesto = {
        "form": filtro.form,
        "pagina": pagina_di(request, filtrate(filtro)),
        "dati": DatoDichiarato.objects.filter(autorita__isnull=False).select_related("autorita"),
    }
    stato = 200 if filtro.is_valid() or not filtro.is_bound else NON_VALIDO
    return render(request, "distretti/distretti.html", contesto, status=stato)


@login_not_required
@require_safe
def organizzazione_detail(request: HttpRequest, codice: str) -> HttpResponse:
    """An organisation: the other names acts give it, its memberships, its marks."""
    organizzazione = get_object_or_404(
        Organizzazione.objects.prefetch_related("alias")
        .prefetch_related(
            Prefetch("adesioni", queryset=Adesione.objects.select_related("distretto").order_by("dal"))
        )
        .prefetch_related(
            Prefetch("certificazioni", queryset=Certificazione.objects.select_related("marchio"))
        ),
        codice=codice,
    )
    return render(request, "distretti/organizzazione.html", {"organizzazione": organizzazione})
