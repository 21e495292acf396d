"""What every template gets."""

from typing import Any

from django.http import HttpRequest

from distretti.models import Installazione


def installazione(request: HttpRequest) -> dict[str, Any]:
    """``dimostrazione``: the installation holds invented data and every page says so."""
    return {"dimostrazione": Installazione.objects.dimostrazione()}
