"""The door of every page that writes the promise: who, which programme, in which state."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from distretti.errori import StatoNonAmmesso
from programmi.accesso import programma_o_404
from programmi.models import Programma
from programmi.osservazioni import da_correggere
from programmi.permissions import puo_scrivere_programma
from programmi.views.superati import non_piu

Vista = Callable[..., HttpResponse]


def scrive(vista: Vista) -> Vista:
    """Give ``vista(request, programma, …)`` a programme that is being written, to who may write it.

    404 to a stranger, 403 to who only reads; in any other state, back to the page with a message, or
    with what was typed: also when the state changes while the page is being answered.
    """

    @wraps(vista)
    def con_programma(request: HttpRequest, codice: str, anno: int, **altro: Any) -> HttpResponse:
        programma = programma_o_404(request.user, codice, anno)
        if not puo_scrivere_programma(request.user, programma):
            raise PermissionDenied
        if not programma.modificabile:
            stato = programma.get_stato_display()
            return non_piu(
                request, programma, f"Il programma è nello stato «{stato}»: non si può più modificare."
            )
        da_correggere(programma)  # read here, for the notices of the page
        try:
            return vista(request, programma, **altro)
        except StatoNonAmmesso as errore:
            programma.refresh_from_db()
            torna = al_modulo(programma) if programma.modificabile else None
            return non_piu(request, programma, errore.messaggio, torna)
        except ObjectDoesNotExist as errore:
            raise Http404 from errore  # deleted by someone else while the page was being answered

    return con_programma


def al_modulo(programma: Programma, ancora: str = "") -> HttpResponse:
    """Back to the page where the programme is written, at one of its sections."""
    risposta = redirect("programma-modifica", codice=programma.distretto.codice, anno=programma.edizione)
    risposta["Location"] += f"#{ancora}" if ancora else ""
    return risposta
