"""Memberships: an organisation enters a district, or leaves it."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from distretti.basi.italiano import al_giorno
from distretti.forms_registro import AdesioneForm, CancellazioneForm
from distretti.models import Adesione, Distretto
from distretti.permissions import puo_tenere_registro
from distretti.services import cancella_adesione, crea_organizzazione, registra_adesione
from distretti.services.blocco import blocca_distretto
from distretti.views.registro.porta import Pagina, chi, distretto_da_tenere, modulo
from distretti.views.risposte import inviati


@require_http_methods(["GET", "HEAD", "POST"])
def adesione_create(request: HttpRequest, codice: str) -> HttpResponse:
    """The form of a new membership, of an organisation of the register or of a new one."""
    distretto = distretto_da_tenere(request, codice)
    form = AdesioneForm(inviati(request), request.FILES or None)
    pagina = Pagina(
        titolo="Registra un'adesione",
        di_che_cosa=str(distretto),
        pulsante="Registra l'adesione",
        verso=reverse("distretto", args=[codice]),
        briciole=_briciole(distretto, "Nuova adesione"),
    )

    @transaction.atomic
    def scrivi() -> str:
        dati = form.cleaned_data
        organizzazione = form.scelta()
        if organizzazione is None:
            blocca_distretto(distretto)
            organizzazione = crea_organizzazione(
                denominazione=dati["denominazione"],
                natura=dati["natura"],
                anche_se_simile=bool(dati.get("stessa")),
                utente=chi(request),
            )
        registra_adesione(
            distretto=distretto,
            organizzazione=organizzazione,
            dal=dati["dal"],
            al=dati["al"],
            atto=form.atto(),
            utente=chi(request),
        )
        return f"{organizzazione} è registrata tra gli aderenti."

    return modulo(request, form, pagina, scrivi)


@require_http_methods(["GET", "HEAD", "POST"])
def adesione_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """The end of a membership."""
    righe = Adesione.objects.select_related("distretto__autorita", "organizzazione")
    adesione = get_object_or_404(righe, pk=pk)
    distretto = adesione.distretto
    if not puo_tenere_registro(request.user, distretto):
        raise PermissionDenied
    form = CancellazioneForm(inviati(request), request.FILES or None)
    pagina = Pagina(
        titolo="Registra una cancellazione",
        di_che_cosa=f"{adesione.organizzazione} – {distretto}",
        pulsante="Registra la cancellazione",
        verso=reverse("distretto", args=[distretto.codice]),
        briciole=_briciole(distretto, "Cancellazione"),
        spiegazione="L'organizzazione non è più aderente dal giorno dopo l'ultimo. L'adesione resta nella "
        "storia del registro, con le sue date e i suoi atti.",
    )

    def scrivi() -> str:
        cancellata = cancella_adesione(
            adesione=adesione,
            al=form.cleaned_data["al"],
            motivo=form.cleaned_data["motivo"],
            atto=form.atto(),
            utente=chi(request),
        )
        assert cancellata.al is not None
        return f"{cancellata.organizzazione} è aderente fino {al_giorno(cancellata.al)}."

    if adesione.al is not None and request.method != "POST":
        return redirect(pagina.verso)
    return modulo(request, form, pagina, scrivi)


def _briciole(distretto: Distretto, qui: str) -> tuple[str, ...]:
    return (
        "Distretti",
        reverse("distretti"),
        distretto.denominazione,
        reverse("distretto", args=[distretto.codice]),
        qui,
    )
