"""What happens to a text whose moment went by while it was being typed: it is shown, not lost."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from distretti.views.risposte import CONFLITTO
from programmi.models import Programma


def non_piu(
    request: HttpRequest, programma: Programma, perche: str, torna: HttpResponse | None = None
) -> HttpResponse:
    """Say why nothing was saved: with what was typed, to be copied; back with a message when nothing was.

    ``torna`` is where to go back; to the programme when it is None.
    """
    testi = _testi(request)
    if not testi:
        messages.error(request, perche)
        return redirect(programma) if torna is None else torna
    contesto = {"programma": programma, "perche": perche, "scritto": testi}
    return render(request, "programmi/superato.html", contesto, status=CONFLITTO)


def _testi(request: HttpRequest) -> list[str]:
    """What was typed, of more than one word: choices, numbers and days are quickly chosen again."""
    inviati = [str(valore).strip() for _, valori in request.POST.lists() for valore in valori]
    return [testo for testo in inviati if len(testo.split()) > 1]
