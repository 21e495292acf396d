"""What every template gets."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from distretti import __version__
from distretti.models import Installazione
from distretti.sito import ente_del_sito


def installazione(request: HttpRequest) -> dict[str, Any]:
    """What the shell of the pages says about this installation.

    ``dimostrazione``: it holds invented data, and every page says so. ``ente``: the body whose site it is.
    ``versione``: of the software.
    """
    return {
        "dimostrazione": Installazione.objects.dimostrazione(),
        "ente": SimpleLazyObject(ente_del_sito),
        "versione": __version__,
    }
