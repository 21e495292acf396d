"""Writing a programme: a new draft, the page that gathers its sections, data and premessa."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from distretti.errori import DatiNonValidi, StatoNonAmmesso
from distretti.models import Distretto
from distretti.permissions import Persona
from distretti.views.risposte import CONFLITTO, NON_VALIDO, inviati, riporta_errori
from programmi.completezza import completezza, prescritte
from programmi.errori import ModificatoNelFrattempo
from programmi.forms.base import in_conflitto
from programmi.forms.parti import DatiForm, NuovoProgrammaForm, PremessaForm
from programmi.models import AzionePassaggio, Programma
from programmi.permissions import puo_creare_programma
from programmi.procedura import azioni_possibili
from programmi.services import crea_bozza, salva_dati, salva_premessa
from programmi.services.parti import CAMPI_DATI
from programmi.versioni import istantanea_dati, istantanea_premessa, versione_di
from programmi.views.porta import al_modulo, scrive


@require_http_methods(["GET", "HEAD", "POST"])
def programma_create(request: HttpRequest, codice: str) -> HttpResponse:
    """A new draft, from the authority's template of the year."""
    distretto = get_object_or_404(Distretto.objects.select_related("autorita"), codice=codice)
    if not puo_creare_programma(request.user, distretto):
        raise PermissionDenied
    form = NuovoProgrammaForm(inviati(request), initial={"anno": _prossimo_anno(distretto)})
    if request.method == "POST" and form.is_valid():
        try:
            programma = crea_bozza(distretto=distretto, anno=form.cleaned_data["anno"])
        except DatiNonValidi as errore:
            riporta_errori(form, errore)
        except StatoNonAmmesso as errore:
            form.add_error("anno", errore.messaggio)
        else:
            messages.success(request, "La bozza è pronta: controlla i testi ripresi dall'anno precedente.")
            return al_modulo(programma)
    contesto: dict[str, Any] = {"distretto": distretto, "form": form}
    return render(request, "programmi/nuovo.html", contesto, status=_stato(request))


def _prossimo_anno(distretto: Distretto) -> int:
    ultimo = distretto.programmi.order_by("-anno").first()
    return timezone.localdate().year if ultimo is None else ultimo.anno + 1


@require_safe
@scrive
def programma_modifica(request: HttpRequest, programma: Programma) -> HttpResponse:
    """The sections of the programme, and what is still missing."""
    ultimo = programma.passaggi.order_by("ordine").last()
    obbligatorie = list(programma.indicatori.obbligatori().order_by("ordine"))
    contesto: dict[str, Any] = {
        "programma": programma,
        "completezza": completezza(programma),
        "obbligatorie": obbligatorie,
        "prescritte": prescritte(programma, obbligatorie),
        "progettualita": programma.progettualita.prefetch_related("indicatori__progettualita"),
        "attori": programma.attori.order_by("ordine"),
        "canali": programma.canali.order_by("ordine"),
        "rinvio": ultimo if ultimo is not None and ultimo.azione == AzionePassaggio.RINVIO else None,
        "puo_trasmettere": _puo(request.user, programma, AzionePassaggio.TRASMISSIONE),
    }
    return render(request, "programmi/modifica.html", contesto)


def _puo(utente: Persona, programma: Programma, azione: AzionePassaggio) -> bool:
    return azione in azioni_possibili(utente, programma)


@require_http_methods(["GET", "HEAD", "POST"])
@scrive
def programma_dati(request: HttpRequest, programma: Programma) -> HttpResponse:
    """Dates, request of the contribution, printed data."""
    iniziale = {campo: getattr(programma, campo) for campo in CAMPI_DATI}
    iniziale["versione"] = versione_di(istantanea_dati(programma))
    form = DatiForm(inviati(request), initial=iniziale)
    contesto: dict[str, Any] = {"programma": programma, "form": form, "titolo": "Dati del programma"}
    stato = _stato(request)
    if request.method == "POST" and form.is_valid():
        dati = {campo: form.cleaned_data[campo] for campo in CAMPI_DATI}
        try:
            salva_dati(programma=programma, dati=dati, versione=form.versione_letta)
        except DatiNonValidi as errore:
            riporta_errori(form, errore)
        except ModificatoNelFrattempo as errore:
            contesto["conflitto"], stato = in_conflitto(form, errore), CONFLITTO
        else:
            messages.success(request, "I dati sono salvati.")
            return al_modulo(programma, "dati")
    return render(request, "programmi/parte.html", contesto, status=stato)


@require_http_methods(["GET", "HEAD", "POST"])
@scrive
def programma_premessa(request: HttpRequest, programma: Programma) -> HttpResponse:
    """The premessa, with its preview (``anteprima``: nothing is saved)."""
    versione = versione_di(istantanea_premessa(programma))
    iniziale = {"premessa": programma.premessa, "versione": versione}
    form = PremessaForm(inviati(request), initial=iniziale)
    contesto: dict[str, Any] = {"programma": programma, "form": form, "titolo": "Premessa"}
    if request.method != "POST":
        return render(request, "programmi/premessa.html", contesto)
    if not form.is_valid():
        return render(request, "programmi/premessa.html", contesto, status=NON_VALIDO)
    premessa = form.cleaned_data["premessa"]
    if "anteprima" in request.POST:
        return render(request, "programmi/premessa.html", contesto | {"anteprima": premessa})
    try:
        salva_premessa(programma=programma, premessa=premessa, versione=form.versione_letta)
    except ModificatoNelFrattempo as errore:
        contesto["conflitto"] = in_conflitto(form, errore)
        return render(request, "programmi/premessa.html", contesto, status=CONFLITTO)
    messages.success(request, "La premessa è salvata.")
    return al_modulo(programma, "premessa")


def _stato(request: HttpRequest) -> int:
    """A page that is still here after a POST shows errors."""
    return NON_VALIDO if request.method == "POST" else 200
