"""What every page that changes the register shares: who comes in, and what becomes of its form."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from distretti.errori import DatiNonValidi, ModificatoNelFrattempo, StatoNonAmmesso
from distretti.forms_registro import ConVersione
from distretti.models import Autorita, CodicePrecedente, Distretto, Organizzazione, Utente
from distretti.permissions import (
    puo_tenere_organizzazione,
    puo_tenere_registro,
    puo_tenere_registro_dell_autorita,
)
from distretti.views.risposte import CONFLITTO, riporta_errori, stato_di

_MODULO = "distretti/registro/modulo.html"


@dataclass(frozen=True, slots=True)
class Pagina:
    """The words around a form. ``verso``: where it leads when all went well, or is given up."""

    titolo: str
    di_che_cosa: str
    pulsante: str
    verso: str
    briciole: tuple[str, ...]
    spiegazione: str = ""
    modello: str = _MODULO
    altro: dict[str, Any] = field(default_factory=dict)


def distretto_da_tenere(request: HttpRequest, codice: str) -> Distretto:
    """The district, for who keeps its register: else 404 (there is none) or 403."""
    distretto = get_object_or_404(Distretto.objects.select_related("autorita"), codice=codice)
    if not puo_tenere_registro(request.user, distretto):
        raise PermissionDenied
    return distretto


def autorita_da_tenere(request: HttpRequest, codice: str) -> Autorita:
    """The authority, for who keeps its register."""
    autorita = get_object_or_404(Autorita, codice=codice)
    if not puo_tenere_registro_dell_autorita(request.user, autorita):
        raise PermissionDenied
    return autorita


class OrganizzazioneUnita(Exception):
    """The record with this code was merged into ``organizzazione``."""

    def __init__(self, organizzazione: Organizzazione) -> None:
        super().__init__(organizzazione.codice)
        self.organizzazione = organizzazione


def segue_unioni(vista: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view of a record that was merged meanwhile leads to the one that took it, and says so."""

    @wraps(vista)
    def con_unioni(request: HttpRequest, *argomenti: Any, **nomi: Any) -> HttpResponse:
        try:
            return vista(request, *argomenti, **nomi)
        except OrganizzazioneUnita as unita:
            messages.error(request, f"Questa scheda è stata unita a «{unita.organizzazione}».")
            return redirect("organizzazione", codice=unita.organizzazione.codice)

    return con_unioni


def organizzazione_o_unita(codice: str) -> Organizzazione:
    """The organisation with this code. Raises ``OrganizzazioneUnita``, or ``Http404``."""
    trovata = Organizzazione.objects.filter(codice=codice).first()
    if trovata is None:
        righe = CodicePrecedente.objects.select_related("organizzazione")
        raise OrganizzazioneUnita(get_object_or_404(righe, codice=codice).organizzazione)
    return trovata


def organizzazione_da_tenere(request: HttpRequest, codice: str) -> Organizzazione:
    """The organisation, for who keeps its record."""
    organizzazione = organizzazione_o_unita(codice)
    if not puo_tenere_organizzazione(request.user, organizzazione):
        raise PermissionDenied
    return organizzazione


def chi(request: HttpRequest) -> Utente:
    """The person of the request: these pages have always one."""
    assert isinstance(request.user, Utente)
    return request.user


def modulo(request: HttpRequest, form: BaseForm, pagina: Pagina, scrivi: Callable[[], str]) -> HttpResponse:
    """The page of ``form``; a good one is written by ``scrivi``, which says what it did.

    Wrong data come back beside their fields (422); what somebody else did meanwhile is said on the page
    the form leads to, or, when both texts are to be compared, above the form (409).
    """
    contesto: dict[str, Any] = {"form": form, "pagina": pagina, "conflitto": None, **pagina.altro}
    if request.method != "POST" or not form.is_valid():
        return render(request, pagina.modello, contesto, status=stato_di(form))
    try:
        messaggio = scrivi()
    except DatiNonValidi as errore:
        riporta_errori(form, errore)
        return render(request, pagina.modello, contesto, status=stato_di(form))
    except ModificatoNelFrattempo as errore:
        assert isinstance(form, ConVersione)
        contesto["conflitto"] = form.in_conflitto(errore)
        return render(request, pagina.modello, contesto, status=CONFLITTO)
    except StatoNonAmmesso as errore:
        messages.error(request, errore.messaggio)
    else:
        messages.success(request, messaggio)
    return redirect(pagina.verso)
