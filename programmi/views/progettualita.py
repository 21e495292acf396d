"""Writing the progettualità."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from distretti.errori import DatiNonValidi
from distretti.views.risposte import CONFLITTO, NON_VALIDO, inviati, riporta_errori
from programmi.errori import ModificatoNelFrattempo
from programmi.forms.base import in_conflitto
from programmi.forms.progettualita import ModuloProgettualita
from programmi.models import Progettualita, Programma
from programmi.osservazioni import accanto
from programmi.services import (
    Direzione,
    crea_progettualita,
    elimina_progettualita,
    salva_progettualita,
    sposta_progettualita,
)
from programmi.versioni import istantanea_progettualita, versione_di
from programmi.views.porta import al_modulo, scrive


@require_http_methods(["GET", "HEAD", "POST"])
@scrive
def progettualita_create(request: HttpRequest, programma: Programma) -> HttpResponse:
    """A new progettualità, after the last one."""
    modulo = ModuloProgettualita(programma, None, "", inviati(request))
    contesto: dict[str, Any] = {"programma": programma, "modulo": modulo, "form": modulo.form}
    if request.method == "POST" and modulo.is_valid():
        try:
            nuova = crea_progettualita(programma=programma, dati=modulo.dati())
        except DatiNonValidi as errore:
            riporta_errori(modulo.form, errore)
        else:
            messages.success(request, f"La progettualità {nuova.numero} è salvata: ora i suoi indicatori.")
            return redirect(
                "progettualita-modifica",
                codice=programma.distretto.codice,
                anno=programma.edizione,
                pk=nuova.pk,
            )
    stato = NON_VALIDO if request.method == "POST" else 200
    return render(request, "programmi/progettualita.html", contesto, status=stato)


@require_http_methods(["GET", "HEAD", "POST"])
@scrive
def progettualita_update(request: HttpRequest, programma: Programma, pk: int) -> HttpResponse:
    """The fields of a progettualità; below them, its lines."""
    scelta = programma.progettualita.filter(pk=pk).first()
    if scelta is None:
        return _eliminata(request, programma, pk)
    versione = versione_di(istantanea_progettualita(scelta))
    modulo = ModuloProgettualita(programma, scelta, versione, inviati(request))
    accanto(modulo.form, programma, scelta.codice)
    contesto: dict[str, Any] = {
        "programma": programma,
        "progettualita": scelta,
        "righe": scelta.indicatori.select_related("progettualita").order_by("ordine"),
        "modulo": modulo,
        "form": modulo.form,
    }
    stato = 200
    if request.method == "POST":
        stato = NON_VALIDO
        if modulo.is_valid():
            try:
                salva_progettualita(
                    progettualita=scelta, dati=modulo.dati(), versione=modulo.form.versione_letta
                )
            except DatiNonValidi as errore:
                riporta_errori(modulo.form, errore)
            except ModificatoNelFrattempo as errore:
                contesto["conflitto"], stato = in_conflitto(modulo.form, errore), CONFLITTO
            else:
                messages.success(request, f"La progettualità {scelta.numero} è salvata.")
                return al_modulo(programma, "progettualita")
    return render(request, "programmi/progettualita.html", contesto, status=stato)


def _eliminata(request: HttpRequest, programma: Programma, pk: int) -> HttpResponse:
    """What was typed on a progettualità that someone deleted meanwhile becomes a new one, if wanted."""
    if request.method != "POST" or Progettualita.objects.filter(pk=pk).exists():
        raise Http404
    modulo = ModuloProgettualita(programma, None, "", request.POST)
    contesto = {"programma": programma, "modulo": modulo, "form": modulo.form, "eliminata": True}
    return render(request, "programmi/progettualita.html", contesto, status=CONFLITTO)


@require_POST
@scrive
def progettualita_delete(request: HttpRequest, programma: Programma, pk: int) -> HttpResponse:
    scelta = get_object_or_404(programma.progettualita, pk=pk)
    titolo = scelta.titolo
    elimina_progettualita(progettualita=scelta)
    messages.success(request, f"La progettualità «{titolo}» è eliminata; le altre sono rinumerate.")
    return al_modulo(programma, "progettualita")


@require_POST
@scrive
def progettualita_move(request: HttpRequest, programma: Programma, pk: int) -> HttpResponse:
    scelta: Progettualita = get_object_or_404(programma.progettualita, pk=pk)
    sposta_progettualita(progettualita=scelta, direzione=direzione_di(request))
    return al_modulo(programma, "progettualita")


def direzione_di(request: HttpRequest) -> Direzione:
    """``direzione``: su or giu; anything else is no address of ours."""
    try:
        return Direzione(request.POST.get("direzione", ""))
    except ValueError as errore:
        raise Http404 from errore
