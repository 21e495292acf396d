"""What every template gets."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from distretti.models import Autorita, Installazione


def installazione(request: HttpRequest) -> dict[str, Any]:
    """What the shell of the pages says about this installation.

    ``dimostrazione``: it holds invented data, and every page says so. ``ente``: the body of its only
    authority, empty when there are several. ``segnalazioni``: where to tell of a problem.
    """
    return {
        "dimostrazione": Installazione.objects.dimostrazione(),
        "ente": SimpleLazyObject(_ente),
        "segnalazioni": settings.SEGNALAZIONI or f"{reverse('accessibilita')}#segnalazioni",
    }


def _ente() -> str:
    autorita = list(Autorita.objects.all()[:2])
    return autorita[0].ente or autorita[0].denominazione if len(autorita) == 1 else ""
