"""The doors other than the password: the links of the mails, the lost password, SPID and CIE."""

import requests
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from distretti import tentativi
from distretti.errori import DatiNonValidi, StatoNonAmmesso
from distretti.models import GenereInvito, Invito
from distretti.persone import ingresso, inviti, oidc, posta
from distretti.persone.forms import NuovaPasswordForm, RecuperoForm
from distretti.views.risposte import dopo_la_risposta, inviati, riporta_errori, stato_di

MODULO = ["GET", "HEAD", "POST"]
RICHIESTE = 3
"""Messages for a lost password to the same name from the same address, before a pause: nobody is told."""


@login_not_required
@never_cache
@require_http_methods(MODULO)
def invito(request: HttpRequest, segreto: str) -> HttpResponse:
    """Choose the first password, or a new one, and come in."""
    trovato = inviti.trova(segreto)
    if trovato is None or trovato.stato != "valido" or not trovato.utente.is_active:
        return _non_vale(request, trovato)
    form = NuovaPasswordForm(inviati(request))
    if request.method == "POST" and form.is_valid():
        try:
            utente = inviti.scegli_password(invito=trovato, password=form.cleaned_data["password"])
        except StatoNonAmmesso:
            return _non_vale(request, inviti.trova(segreto))
        except DatiNonValidi as errore:
            riporta_errori(form, errore)
        else:
            messages.success(request, "La password è scelta. Conservala: serve a ogni accesso.")
            return ingresso.entra(request, utente)
    contesto = {
        "form": form,
        "persona": trovato.utente,
        "primo": trovato.genere == GenereInvito.INVITO,
        "incarichi": trovato.utente.incarichi.select_related("distretto", "autorita").order_by("dal", "pk"),
    }
    return render(request, "distretti/invito.html", contesto, status=stato_di(form))


def _non_vale(request: HttpRequest, trovato: Invito | None) -> HttpResponse:
    """A link that was used, revoked, or has expired, or that nobody sent; it tells which, and no name."""
    stato = "sconosciuto" if trovato is None else trovato.stato
    return render(request, "distretti/invito_non_vale.html", {"stato": stato}, status=404)


@login_not_required
@require_http_methods(MODULO)
def password_dimenticata(request: HttpRequest) -> HttpResponse:
    """The answer is the same whether somebody has that mail or not, and takes the same time."""
    form = RecuperoForm(inviati(request))
    if request.method == "POST" and form.is_valid():
        cercato = form.cleaned_data["mail"]
        risposta = render(request, "distretti/password_mandata.html", {"mail": cercato})
        return dopo_la_risposta(risposta, lambda: _manda_recupero(request, cercato))
    return render(request, "distretti/password_dimenticata.html", {"form": form}, status=stato_di(form))


def _manda_recupero(request: HttpRequest, cercato: str) -> None:
    quante = tentativi.conta(
        tentativi.chiave_di_accesso(request, f"recupero\n{cercato}"), f"recupero {cercato}"
    )
    utente = inviti.da_recuperare(cercato)
    if utente is None or quante > RICHIESTE:
        return
    trovato, segreto = inviti.manda(utente=utente, da=None, genere=GenereInvito.RECUPERO)
    posta.manda_recupero(request, invito=trovato, segreto=segreto)


@login_not_required
@never_cache
@require_safe
def gateway_entra(request: HttpRequest) -> HttpResponse:
    """Off to the gateway of SPID and CIE, when this installation has one."""
    _solo_se_c_e()
    try:
        return oidc.comincia(request, ingresso.sicura(request, request.GET.get("next", "")))
    except (OAuth2Error, requests.RequestException, ValueError) as errore:
        return oidc.rifiuto(request, oidc.NON_RIUSCITO, f"il gateway non risponde: {type(errore).__name__}")


@login_not_required
@never_cache
@require_safe
def gateway_ritorno(request: HttpRequest) -> HttpResponse:
    """Back from the gateway."""
    _solo_se_c_e()
    return oidc.ritorna(request)


def _solo_se_c_e() -> None:
    if settings.GATEWAY is None:
        raise Http404
