"""Actors and channels: rows of a programme, saved together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from distretti.errori import DatiNonValidi
from distretti.views.risposte import CONFLITTO, NON_VALIDO, inviati, riporta_errori
from programmi.errori import ModificatoNelFrattempo
from programmi.forms.base import ParteForm, in_conflitto, righe_piene
from programmi.forms.parti import CAMPI_ATTORE, CAMPI_CANALE, AttoreFormSet, CanaleFormSet
from programmi.models import Programma
from programmi.services import salva_attori, salva_canali
from programmi.versioni import Istantanea, istantanea_attori, istantanea_canali, versione_di
from programmi.views.porta import al_modulo, scrive


@dataclass(frozen=True)
class Parte:
    """A list of rows that one page edits."""

    titolo: str
    ancora: str
    campi: Sequence[str]
    formset: Any
    istantanea: Callable[[Programma], Istantanea]
    salva: Callable[..., None]


_ATTORI = Parte(
    "Attori del distretto",
    "attori",
    CAMPI_ATTORE,
    AttoreFormSet,
    lambda programma: istantanea_attori(programma.attori.order_by("ordine")),
    lambda programma, righe, versione: salva_attori(programma=programma, attori=righe, versione=versione),
)
_CANALI = Parte(
    "Canali di comunicazione",
    "canali",
    CAMPI_CANALE,
    CanaleFormSet,
    lambda programma: istantanea_canali(programma.canali.order_by("ordine")),
    lambda programma, righe, versione: salva_canali(programma=programma, canali=righe, versione=versione),
)


@require_http_methods(["GET", "HEAD", "POST"])
@scrive
def programma_attori(request: HttpRequest, programma: Programma) -> HttpResponse:
    """Who leads and runs the district, as the act prints it."""
    righe = programma.attori.order_by("ordine").values(*CAMPI_ATTORE)
    return _pagina(request, programma, _ATTORI, list(righe))


@require_http_methods(["GET", "HEAD", "POST"])
@scrive
def programma_canali(request: HttpRequest, programma: Programma) -> HttpResponse:
    """Mail, site, pages: "TBD" is a legal value."""
    righe = programma.canali.order_by("ordine").values(*CAMPI_CANALE)
    return _pagina(request, programma, _CANALI, list(righe))


def _pagina(request: HttpRequest, programma: Programma, parte: Parte, righe: list[Any]) -> HttpResponse:
    versione = versione_di(parte.istantanea(programma))
    form = ParteForm(inviati(request), initial={"versione": versione})
    formset = parte.formset(inviati(request), initial=righe, prefix=parte.ancora)
    contesto: dict[str, Any] = {
        "programma": programma,
        "form": form,
        "formset": formset,
        "titolo": parte.titolo,
    }
    if request.method != "POST":
        return render(request, "programmi/parte_righe.html", contesto)
    stato = NON_VALIDO
    if form.is_valid() and formset.is_valid():
        try:
            parte.salva(programma, righe_piene(formset, parte.campi), form.versione_letta)
        except DatiNonValidi as errore:
            riporta_errori(form, errore)
        except ModificatoNelFrattempo as errore:
            contesto["conflitto"], stato = in_conflitto(form, errore), CONFLITTO
        else:
            messages.success(request, f"{parte.titolo}: salvato.")
            return al_modulo(programma, parte.ancora)
    return render(request, "programmi/parte_righe.html", contesto, status=stato)
