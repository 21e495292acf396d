"""Organisations: their names and their nature; two records that are one."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from distretti.forms_registro import OrganizzazioneForm, SchedaDaUnireForm, UnioneForm
from distretti.istantanee import istantanea_organizzazione
from distretti.models import Organizzazione
from distretti.permissions import puo_unire
from distretti.services import modifica_organizzazione, unisci_organizzazioni
from distretti.services.unione import distretti_contesi, istantanea_unione, riferimenti_a
from distretti.somiglianza import simili_a
from distretti.versioni import versione_di
from distretti.views.registro.porta import (
    Pagina,
    chi,
    modulo,
    organizzazione_da_tenere,
    organizzazione_o_unita,
    segue_unioni,
)
from distretti.views.risposte import inviati, stato_di


@require_http_methods(["GET", "HEAD", "POST"])
@segue_unioni
def organizzazione_update(request: HttpRequest, codice: str) -> HttpResponse:
    """Name, nature, other names."""
    organizzazione = organizzazione_da_tenere(request, codice)
    attuale = istantanea_organizzazione(organizzazione)
    iniziale = {
        "denominazione": organizzazione.denominazione,
        "natura": organizzazione.natura,
        "alias": attuale["Altri nomi negli atti"],
        "versione": versione_di(attuale),
    }
    form = OrganizzazioneForm(inviati(request), initial=iniziale)

    def scrivi() -> str:
        modifica_organizzazione(
            organizzazione=organizzazione,
            dati=form.lette(),
            versione=form.versione_letta,
            utente=chi(request),
        )
        return "La scheda dell'organizzazione è aggiornata."

    pagina = Pagina(
        titolo="Modifica l'organizzazione",
        di_che_cosa=organizzazione.denominazione,
        pulsante="Salva",
        verso=reverse("organizzazione", args=[codice]),
        briciole=briciole_di(organizzazione, "Modifica"),
    )
    return modulo(request, form, pagina, scrivi)


@require_safe
@segue_unioni
def organizzazione_doppia(request: HttpRequest, codice: str) -> HttpResponse:
    """Which other record is the same organisation? Those with a name alike first, then all."""
    organizzazione = organizzazione_da_tenere(request, codice)
    form = SchedaDaUnireForm(request.GET or None, organizzazione=organizzazione)
    if form.is_bound and form.is_valid():
        return redirect("organizzazione-unisci", codice=codice, altra=form.cleaned_data["con"].codice)
    contesto = {
        "organizzazione": organizzazione,
        "simili": simili_a(organizzazione.denominazione, tranne=organizzazione.pk),
        "form": form,
    }
    return render(request, "distretti/registro/doppia.html", contesto, status=stato_di(form))


@require_http_methods(["GET", "HEAD", "POST"])
@segue_unioni
def organizzazione_merge(request: HttpRequest, codice: str, altra: str) -> HttpResponse:
    """The two records side by side: ``codice`` stays, ``altra`` becomes another name of it."""
    superstite = organizzazione_da_tenere(request, codice)
    perdente = organizzazione_o_unita(altra)
    if superstite == perdente or not puo_unire(request.user, superstite, perdente):
        raise PermissionDenied
    form = UnioneForm(
        inviati(request),
        contesi=distretti_contesi(superstite, perdente),
        superstite=superstite.codice,
        perdente=perdente.codice,
        initial={"versione": versione_di(istantanea_unione(superstite, perdente))},
    )

    def scrivi() -> str:
        unisci_organizzazioni(
            superstite=superstite,
            perdente=perdente,
            scelte=form.scelte(),
            versione=form.versione_letta,
            utente=chi(request),
        )
        return f"«{perdente.denominazione}» ora è un altro nome di «{superstite.denominazione}»."

    pagina = Pagina(
        titolo="Unisci due schede",
        di_che_cosa=superstite.denominazione,
        pulsante="Unisci le due schede",
        verso=reverse("organizzazione", args=[codice]),
        briciole=briciole_di(superstite, "Unione"),
        modello="distretti/registro/unione.html",
        altro={"superstite": superstite, "perdente": perdente, "schede": _schede(superstite, perdente)},
    )
    return modulo(request, form, pagina, scrivi)


def _schede(*organizzazioni: Organizzazione) -> list[dict[str, Any]]:
    """What each record holds, for the eye to compare."""
    return [
        {
            "organizzazione": organizzazione,
            "testi": istantanea_organizzazione(organizzazione),
            "adesioni": organizzazione.adesioni.select_related("distretto").order_by("dal", "pk"),
            "certificazioni": organizzazione.certificazioni.select_related("marchio").order_by(
                "marchio", "dal"
            ),
            "riferimenti": riferimenti_a(organizzazione),
        }
        for organizzazione in organizzazioni
    ]


def briciole_di(organizzazione: Organizzazione, qui: str) -> tuple[str, ...]:
    """Where a page below an organisation lies."""
    return (
        "Organizzazioni",
        reverse("organizzazioni"),
        organizzazione.denominazione,
        reverse("organizzazione", args=[organizzazione.codice]),
        qui,
    )
