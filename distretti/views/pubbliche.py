"""The home page, the pages of plain text, the health of the site."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from distretti import antivirus
from distretti.models import DatoDichiarato, Distretto
from distretti.sito import autorita_del_sito, da_completare, uffici_da_scrivere

VERIFICATO_IL = date(2026, 11, 22)
"""When what docs/accessibilita.md tells was last done by hand; the tests do their part at every change."""
DIFENSORE_CIVICO = "https://www.agid.gov.it/it/agenzia/difensore-civico-digitale"
CC_BY = "https://creativecommons.org/licenses/by/4.0/deed.it"
AGPL = "https://www.gnu.org/licenses/agpl-3.0.html"


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
    """The notice of articles 13 and 14 of the GDPR."""
    contesto = _di_chi_e(request) | {
        "titolare": settings.TITOLARE,
        "responsabile": settings.RESPONSABILE_DATI,
        "ore_di_sessione": settings.SESSION_COOKIE_AGE // 3600,
    }
    return render(request, "distretti/privacy.html", contesto)


@login_not_required
@require_safe
def accessibilita(request: HttpRequest) -> HttpResponse:
    """The statement of accessibility; what it stands on is in docs/accessibilita.md."""
    contesto = _di_chi_e(request) | {
        "dichiarazione": settings.DICHIARAZIONE_ACCESSIBILITA,
        "verificato_il": VERIFICATO_IL,
        "difensore_civico": DIFENSORE_CIVICO,
    }
    return render(request, "distretti/accessibilita.html", contesto)


@login_not_required
@require_safe
def segnalazioni(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a page that does not work, or of a wrong figure."""
    return render(request, "distretti/segnalazioni.html", _di_chi_e(request))


@login_not_required
@require_safe
def licenza(request: HttpRequest) -> HttpResponse:
    """What may be reused, and how; the software's own licence."""
    contesto = {"sorgenti": settings.SORGENTI, "cc_by": CC_BY, "agpl": AGPL, **_di_chi_e(request)}
    return render(request, "distretti/licenza.html", contesto)


def _di_chi_e(request: HttpRequest) -> dict[str, Any]:
    """Whose site it is and where to write: the address of this installation, else the offices of the acts."""
    autorita = autorita_del_sito()
    return {
        "autorita": autorita,
        "indirizzo": settings.SEGNALAZIONI,
        "uffici": uffici_da_scrivere(autorita),
        "mancanti": da_completare(request.user),
    }


@login_not_required
@require_safe
def dati_pubblici(request: HttpRequest) -> HttpResponse:
    """Who sees what: the summary of ``docs/dati-pubblici.md``."""
    return render(request, "distretti/dati_pubblici.html")


@login_not_required
@require_safe
@never_cache
def stato(request: HttpRequest) -> JsonResponse:
    """Health of the site: 200 when the database answers, else 503. Without its antivirus it takes no file,
    but works."""
    try:
        with connection.cursor() as cursore:
            cursore.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"stato": "non disponibile", "database": "non risponde"}, status=503)
    return JsonResponse({"stato": "disponibile", "database": "risponde", "antivirus": antivirus.stato()})
