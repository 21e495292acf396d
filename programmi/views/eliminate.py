"""What happens to a text typed on something that someone else deleted meanwhile: it is shown, not lost."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from distretti.views.risposte import CONFLITTO
from programmi.forms.base import ParteForm, scritto
from programmi.models import Indicatore, Progettualita, Programma


def riga_eliminata(
    request: HttpRequest, programma: Programma, pk: int, form: ParteForm | None
) -> HttpResponse:
    """Answer a form of the line ``pk``, which is gone; 404 to who only reads, or names another's line."""
    if request.method != "POST" or Indicatore.objects.filter(pk=pk).exists():
        raise Http404
    return _pagina(request, programma, "La riga", form)


def progettualita_della_riga_eliminata(
    request: HttpRequest, programma: Programma, pk: int, form: ParteForm
) -> HttpResponse:
    """As :func:`riga_eliminata`, for a new line of the progettualità ``pk``, which is gone."""
    if request.method != "POST" or Progettualita.objects.filter(pk=pk).exists():
        raise Http404
    return _pagina(request, programma, "La progettualità", form)


def _pagina(request: HttpRequest, programma: Programma, cosa: str, form: ParteForm | None) -> HttpResponse:
    voci = [] if form is None else scritto(form)
    contesto = {"programma": programma, "cosa": cosa, "scritto": voci}
    return render(request, "programmi/eliminata.html", contesto, status=CONFLITTO)
