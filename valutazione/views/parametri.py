"""The parameters of an authority for the closing of a year, with their sources and their history."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from distretti.errori import DatiNonValidi, ErroreDominio, StatoNonAmmesso
from distretti.models import Autorita
from distretti.services.atti import registra_atto
from distretti.views.risposte import inviati, riporta_errori, stato_di
from valutazione.accesso import anno_o_404, utente_di
from valutazione.forms.contributo import AdozioneForm, ParametriForm
from valutazione.models import ParametriContributo
from valutazione.pagine.parametri import ESEMPI, parametri_dell_anno, prova
from valutazione.permissions import puo_tenere_parametri, puo_vedere_parametri
from valutazione.services.contributo import adotta_parametri, nuovi_parametri, parametri_in_parole
from valutazione.views.parametri_anno import NON_LI_SCRIVE


@require_safe
def parametri(request: HttpRequest, codice: str, anno: int) -> HttpResponse:
    """All that the authority decides for the closing of ``anno``: what holds, and the versions of before."""
    autorita = _autorita(request, codice, anno)
    contesto = parametri_dell_anno(autorita, anno) | {
        "puo_tenere": puo_tenere_parametri(request.user, autorita) is not None
    }
    return render(request, "valutazione/parametri.html", contesto)


@require_http_methods(["GET", "HEAD", "POST"])
def contributo_parametri(request: HttpRequest, codice: str, anno: int) -> HttpResponse:
    """A new version, tried on some percentages before it is saved."""
    autorita = _autorita_da_tenere(request, codice, anno)
    in_vigore = ParametriContributo.objects.per_anno(autorita, anno)
    form = ParametriForm(inviati(request), initial=ParametriForm.iniziale(in_vigore, anno))
    contesto: dict[str, Any] = {"autorita": autorita, "anno": anno, "form": form, "esempi": ESEMPI}
    if request.method == "POST" and form.is_valid():
        if request.POST.get("azione") == "prova":
            contesto["prova"] = prova(form.cleaned_data)
            return render(request, "valutazione/contributo_parametri.html", contesto)
        try:
            nuovi = nuovi_parametri(autorita=autorita, dati=form.cleaned_data, utente=utente_di(request))
        except DatiNonValidi as errore:
            riporta_errori(form, errore)
        except StatoNonAmmesso as errore:
            form.add_error("anno", errore.messaggio)
        else:
            messages.success(request, f"La versione {nuovi.versione} dei parametri è salvata.")
            return redirect("parametri", codice, nuovi.anno)
    return render(request, "valutazione/contributo_parametri.html", contesto, status=stato_di(form))


@require_http_methods(["GET", "HEAD", "POST"])
def contributo_adozione(request: HttpRequest, codice: str, anno: int, pk: int) -> HttpResponse:
    """The authority adopts a version, by an act."""
    autorita = _autorita_da_tenere(request, codice, anno)
    scelti = get_object_or_404(ParametriContributo, pk=pk, autorita=autorita, anno=anno)
    form = AdozioneForm(inviati(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            _adotta(request, scelti, form)
        except DatiNonValidi as errore:
            riporta_errori(form, errore)
        except ErroreDominio as errore:
            messages.error(request, errore.messaggio)
            return redirect("parametri", codice, anno)
        else:
            messages.success(request, "I parametri sono adottati.")
            return redirect("parametri", codice, anno)
    contesto = {
        "autorita": autorita,
        "anno": anno,
        "form": form,
        "in_parole": parametri_in_parole(scelti),
    }
    return render(request, "valutazione/contributo_adozione.html", contesto, status=stato_di(form))


def _adotta(request: HttpRequest, scelti: ParametriContributo, form: AdozioneForm) -> None:
    dati = form.atto()
    assert dati is not None  # the form asks for it
    with transaction.atomic():
        try:
            atto = registra_atto(dati)
        except DatiNonValidi as errore:
            raise DatiNonValidi({f"atto_{campo}": testo for campo, testo in errore.campi.items()}) from errore
        adotta_parametri(parametri=scelti, atto=atto, il=form.cleaned_data["il"], utente=utente_di(request))


def _autorita(request: HttpRequest, codice: str, anno: int) -> Autorita:
    autorita = get_object_or_404(Autorita, codice=codice)
    anno_o_404(anno)
    if not puo_vedere_parametri(request.user, autorita):
        raise PermissionDenied("I parametri sono riservati a chi lavora per l'autorità.")
    return autorita


def _autorita_da_tenere(request: HttpRequest, codice: str, anno: int) -> Autorita:
    autorita = _autorita(request, codice, anno)
    if puo_tenere_parametri(request.user, autorita) is None:
        raise PermissionDenied(NON_LI_SCRIVE)
    return autorita
