"""The deadlines of an authority: who works for it reads them, some enter, change and end them."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from distretti.errori import DatiNonValidi, ModificatoNelFrattempo, StatoNonAmmesso
from distretti.models import Autorita, Utente
from distretti.versioni import versione_di
from distretti.views.risposte import CONFLITTO, inviati, pagina_di, riporta_errori, stato_di
from programmi.forms.base import in_conflitto
from programmi.forms.scadenze import CessazioneForm, ScadenzaForm
from programmi.models import Scadenza
from programmi.scadenze import (
    CAMPI,
    cessa_scadenza,
    puo_tenere_scadenze,
    puo_vedere_scadenze,
    salva_scadenza,
)


@require_safe
def scadenza_list(request: HttpRequest, codice: str) -> HttpResponse:
    """All of them, the last year first; those that hold no more say since when and why."""
    autorita = get_object_or_404(Autorita, codice=codice)
    if not puo_vedere_scadenze(request.user, autorita):
        raise PermissionDenied
    contesto = {
        "autorita": autorita,
        "pagina": pagina_di(request, Scadenza.objects.filter(autorita=autorita)),
        "puo_tenere": puo_tenere_scadenze(request.user, autorita) is not None,
    }
    return render(request, "programmi/scadenze.html", contesto)


@require_http_methods(["GET", "HEAD", "POST"])
def scadenza_create(request: HttpRequest, codice: str) -> HttpResponse:
    """A new deadline."""
    return _modulo(request, _autorita_o_403(request, codice), None)


@require_http_methods(["GET", "HEAD", "POST"])
def scadenza_update(request: HttpRequest, codice: str, pk: int) -> HttpResponse:
    """Change a deadline that holds."""
    autorita = _autorita_o_403(request, codice)
    return _modulo(request, autorita, get_object_or_404(Scadenza, pk=pk, autorita=autorita))


def _modulo(request: HttpRequest, autorita: Autorita, scadenza: Scadenza | None) -> HttpResponse:
    if scadenza is not None and scadenza.cessata_il is not None:
        return _non_vale_piu(request, autorita)
    iniziale = ScadenzaForm.iniziale(scadenza)
    iniziale["versione"] = "" if scadenza is None else versione_di(scadenza.valori())
    form = ScadenzaForm(inviati(request), initial=iniziale)
    contesto: dict[str, Any] = {"autorita": autorita, "scadenza": scadenza, "form": form}
    if request.method == "POST" and form.is_valid():
        dati = {campo: form.cleaned_data[campo] for campo in CAMPI}
        try:
            salva_scadenza(
                autorita=autorita,
                utente=_utente(request),
                dati=dati,
                scadenza=scadenza,
                versione=form.versione_letta,
            )
        except DatiNonValidi as errore:
            riporta_errori(form, errore)
        except ModificatoNelFrattempo as errore:
            contesto["conflitto"] = in_conflitto(form, errore)
            return render(request, "programmi/scadenza.html", contesto, status=CONFLITTO)
        except StatoNonAmmesso:
            return _non_vale_piu(request, autorita)
        else:
            messages.success(request, "La scadenza è salvata.")
            return redirect("scadenze", codice=autorita.codice)
    return render(request, "programmi/scadenza.html", contesto, status=stato_di(form))


@require_http_methods(["GET", "HEAD", "POST"])
def scadenza_end(request: HttpRequest, codice: str, pk: int) -> HttpResponse:
    """Say from when a deadline holds no more, and by which act."""
    autorita = _autorita_o_403(request, codice)
    scadenza = get_object_or_404(Scadenza, pk=pk, autorita=autorita)
    if scadenza.cessata_il is not None:
        return _non_vale_piu(request, autorita)
    form = CessazioneForm(inviati(request))
    if request.method == "POST" and form.is_valid():
        try:
            cessa_scadenza(scadenza=scadenza, utente=_utente(request), **form.cleaned_data)
        except DatiNonValidi as errore:
            riporta_errori(form, errore)
        except StatoNonAmmesso:
            return _non_vale_piu(request, autorita)
        else:
            messages.success(request, "La scadenza non vale più dal giorno indicato.")
            return redirect("scadenze", codice=autorita.codice)
    contesto = {"autorita": autorita, "scadenza": scadenza, "form": form}
    return render(request, "programmi/scadenza_cessa.html", contesto, status=stato_di(form))


def _non_vale_piu(request: HttpRequest, autorita: Autorita) -> HttpResponse:
    messages.error(request, "Questa scadenza non vale più: non si può cambiare.")
    return redirect("scadenze", codice=autorita.codice)


def _autorita_o_403(request: HttpRequest, codice: str) -> Autorita:
    autorita = get_object_or_404(Autorita, codice=codice)
    if puo_tenere_scadenze(request.user, autorita) is None:
        raise PermissionDenied
    return autorita


def _utente(request: HttpRequest) -> Utente:
    assert isinstance(request.user, Utente)
    return request.user
