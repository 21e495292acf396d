"""The home page, the pages of plain text, the health of the site."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from distretti.models import DatoDichiarato, Distretto, Struttura


@login_not_required
@require_safe
def inizio(request: HttpRequest) -> HttpResponse:
    """What this is, and where to go."""
    contesto = {
        "distretti": Distretto.objects.count(),
        "dati": DatoDichiarato.objects.filter(autorita__isnull=False).select_related("autorita"),
    }
    return render(request, "distretti/inizio.html", contesto)


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "distretti/privacy.html")


@login_not_required
@require_safe
def accessibilita(request: HttpRequest) -> HttpResponse:
    """How the pages are made, and whom to tell about one that does not work.

    Without an address of this installation, the offices whose mail is printed in the acts.
    """
    scritte = Struttura.objects.exclude(mail="").select_related("autorita")
    contesto = {"indirizzo": settings.SEGNALAZIONI, "strutture": scritte}
    return render(request, "distretti/accessibilita.html", contesto)


@login_not_required
@require_safe
def dati_pubblici(request: HttpRequest) -> HttpResponse:
    """Who sees what: the summary of ``docs/dati-pubblici.md``."""
    return render(request, "distretti/dati_pubblici.html")


@login_not_required
@require_safe
@never_cache
def stato(request: HttpRequest) -> JsonResponse:
    """Health of the site: 200 when the database answers, else 503."""
    try:
        with connection.cursor() as cursore:
            cursore.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"stato": "non disponibile", "database": "non risponde"}, status=503)
    return JsonResponse({"stato": "disponibile", "database": "risponde"})
