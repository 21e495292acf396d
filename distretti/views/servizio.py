"""What browsers, search engines and who finds a fault ask of every site, at addresses that are everyone's."""

from datetime import datetime, time, timedelta
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

VALE = timedelta(days=180)
"""How long the contact for who finds a fault may be relied on (RFC 9116 advises less than a year)."""

_TESTO = "text/plain; charset=utf-8"


@login_not_required
@require_safe
@cache_control(public=True, max_age=24 * 3600)
def icona(request: HttpRequest) -> HttpResponse:
    """``/favicon.ico``: who does not read the link in the page asks for it here."""
    return HttpResponse(_icona(), content_type="image/svg+xml")


@cache
def _icona() -> bytes:
    return Path(settings.BASE_DIR, "static", "immagini", "icona.svg").read_bytes()


@login_not_required
@require_safe
@cache_control(public=True, max_age=24 * 3600)
def robots(request: HttpRequest) -> HttpResponse:
    """Everything public may be found; the answers to a search are not pages of their own."""
    return HttpResponse("User-agent: *\nDisallow: /cerca/\nDisallow: /accesso/\n", content_type=_TESTO)


@login_not_required
@require_safe
@cache_control(public=True, max_age=24 * 3600)
def sicurezza(request: HttpRequest) -> HttpResponse:
    """``security.txt`` (RFC 9116): whom to tell of a fault; without an address, the page that says whom."""
    dove = settings.SEGNALAZIONI
    if not dove.startswith(("mailto:", "https://")):
        dove = request.build_absolute_uri(dove or reverse("segnalazioni"))
    scade = datetime.combine(timezone.localdate() + VALE, time(), timezone.get_current_timezone())
    righe = (
        f"Contact: {dove}",
        f"Expires: {scade.isoformat()}",
        "Preferred-Languages: it, en",
        f"Canonical: {request.build_absolute_uri(reverse('sicurezza'))}",
    )
    return HttpResponse("\n".join((*righe, "")), content_type=_TESTO)
