"""The register that everyone may read: districts and organisations."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import Exists, OuterRef, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from distretti.filtri import DistrettoFilter, OrganizzazioneFilter, filtrate
from distretti.letture import come_erano, organizzazioni_al
from distretti.models import (
    Adesione,
    Certificazione,
    CodicePrecedente,
    DatoDichiarato,
    Distretto,
    Organizzazione,
)
from distretti.permissions import autorita_del_registro, puo_tenere_organizzazione
from distretti.views.risposte import NON_VALIDO, pagina_di


@login_not_required
@require_safe
def distretto_list(request: HttpRequest) -> HttpResponse:
    """All districts, by type, state and words; declared figures with their date and source."""
    filtro = DistrettoFilter(request.GET or None, queryset=Distretto.objects.per_elenco())
    giorno = filtro.form.cleaned_data.get("alla_data") if filtro.is_bound and filtro.is_valid() else None
    pagina = pagina_di(request, filtrate(filtro))
    if giorno is not None:
        pagina.object_list = come_erano(pagina.object_list)
    contesto = {
        "form": filtro.form,
        "pagina": pagina,
        "giorno": giorno,
        "registri": autorita_del_registro(request.user),
        "dati": DatoDichiarato.objects.filter(autorita__isnull=False).select_related("autorita"),
    }
    stato = 200 if filtro.is_valid() or not filtro.is_bound else NON_VALIDO
    return render(request, "distretti/distretti.html", contesto, status=stato)


@login_not_required
@require_safe
def organizzazione_list(request: HttpRequest) -> HttpResponse:
    """The organisations that belong or belonged to a district, on a day with the marks of that day.

    Who keeps a register sees also those that never belonged to one.
    """
    registri = autorita_del_registro(request.user)
    righe = Organizzazione.objects.order_by("denominazione", "codice")
    if not registri:
        righe = righe.filter(Exists(Adesione.objects.filter(organizzazione=OuterRef("pk"))))
    filtro = OrganizzazioneFilter(request.GET or None, queryset=righe)
    chiesti = filtro.form.cleaned_data if filtro.is_bound and filtro.is_valid() else {}
    giorno = chiesti.get("alla_data") or timezone.localdate()
    contesto = {
        "form": filtro.form,
        "pagina": pagina_di(request, organizzazioni_al(filtrate(filtro), giorno)),
        "giorno": giorno,
        "registri": registri,
    }
    stato = 200 if filtro.is_valid() or not filtro.is_bound else NON_VALIDO
    return render(request, "distretti/organizzazioni.html", contesto, status=stato)


@login_not_required
@require_safe
def organizzazione_detail(request: HttpRequest, codice: str) -> HttpResponse:
    """An organisation: the other names acts give it, its memberships, its marks.

    The code of a record that was merged leads to the one that took it, for ever.
    """
    adesioni = Adesione.objects.select_related("distretto", "atto", "atto_cancellazione").order_by("dal")
    certificazioni = Certificazione.objects.select_related("marchio", "atto", "atto_revoca")
    organizzazione = (
        Organizzazione.objects.prefetch_related("alias", "codici_precedenti")
        .prefetch_related(Prefetch("adesioni", queryset=adesioni))
        .prefetch_related(Prefetch("certificazioni", queryset=certificazioni.order_by("marchio", "dal")))
        .filter(codice=codice)
        .first()
    )
    if organizzazione is None:
        precedente = get_object_or_404(
            CodicePrecedente.objects.select_related("organizzazione"), codice=codice
        )
        return redirect("organizzazione", codice=precedente.organizzazione.codice, permanent=True)
    contesto = {
        "organizzazione": organizzazione,
        "puo_tenere": puo_tenere_organizzazione(request.user, organizzazione),
        "registri": {autorita.pk for autorita in autorita_del_registro(request.user)},
    }
    return render(request, "distretti/organizzazione.html", contesto)
