"""One's own notices, and what one wants of them by mail."""

import re

from django.contrib import messages
from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from distretti.models import Utente
from distretti.views.risposte import pagina_di
from programmi.avvisi import preferenze_di, salva_preferenze, segna_letti
from programmi.forms.avvisi import PreferenzeForm
from programmi.models import Avviso


@require_safe
def avviso_list(request: HttpRequest) -> HttpResponse:
    """Those not read yet; with ``?tutti=1`` the others too, the newest first."""
    leggibili = Avviso.objects.leggibili(request.user)
    tutti = "tutti" in request.GET
    righe = leggibili if tutti else leggibili.da_leggere()
    contesto = {
        "pagina": pagina_di(request, righe.order_by("-creato_alle", "-pk")),
        "tutti": tutti,
        **leggibili.da_leggere().aggregate(quanti_da_leggere=Count("pk"), ultimo=Max("pk")),
    }
    return render(request, "programmi/avvisi.html", contesto)


@require_POST
def avviso_read(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark it read; with ``vai`` go on to the page it is about."""
    avviso = get_object_or_404(Avviso.objects.leggibili(request.user), pk=pk)
    segna_letti(utente=_utente(request), avvisi=[avviso.pk])
    return redirect(avviso.percorso if "vai" in request.POST else "avvisi")


@require_POST
def avviso_read_all(request: HttpRequest) -> HttpResponse:
    """Mark read all that was there when the page was opened (``fino``: the newest of them)."""
    fino = request.POST.get("fino", "0")
    if re.fullmatch("[0-9]{1,18}", fino) and segna_letti(utente=_utente(request), fino=int(fino)):
        messages.success(request, "Tutti gli avvisi sono segnati come letti.")
    return redirect("avvisi")


@require_safe
def avvisi_preferenze(request: HttpRequest) -> HttpResponse:
    """What one wants by mail, kind by kind."""
    utente = _utente(request)
    contesto = {"form": PreferenzeForm(instance=preferenze_di(utente)), "posta": utente.email}
    return render(request, "programmi/avvisi_preferenze.html", contesto)


@require_POST
def avvisi_preferenze_save(request: HttpRequest) -> HttpResponse:
    """Keep what was ticked: there is no wrong way to choose."""
    form = PreferenzeForm(request.POST, instance=preferenze_di(_utente(request)))
    form.is_valid()
    salva_preferenze(form.instance)
    messages.success(request, "Le tue scelte sugli avvisi sono salvate.")
    return redirect("avvisi-preferenze")


def _utente(request: HttpRequest) -> Utente:
    assert isinstance(request.user, Utente)
    return request.user
