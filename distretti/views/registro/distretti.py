"""The life of a district: beginning, constitution, names, lead bodies, end."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from distretti.forms_distretti import (
    CapofilaForm,
    ChiusuraForm,
    CostituzioneForm,
    DistrettoNuovoForm,
    NomeDistrettoForm,
)
from distretti.models import Distretto, StatoDistretto, TipoDistretto
from distretti.services import cambia_capofila, chiudi, costituisci, crea_distretto, rinomina
from distretti.views.registro.porta import Pagina, autorita_da_tenere, chi, distretto_da_tenere, modulo
from distretti.views.risposte import inviati


@require_http_methods(["GET", "HEAD", "POST"])
def distretto_create(request: HttpRequest, codice: str) -> HttpResponse:
    """A district *in costituzione*."""
    autorita = autorita_da_tenere(request, codice)
    form = DistrettoNuovoForm(inviati(request))

    def scrivi() -> str:
        dati = dict(form.cleaned_data)
        dati["tipo"] = TipoDistretto(dati["tipo"])
        distretto = crea_distretto(autorita=autorita, utente=chi(request), **dati)
        return f"{distretto} è in costituzione."

    registro = reverse("registro", args=[codice])
    pagina = Pagina(
        titolo="Nuovo distretto",
        di_che_cosa=str(autorita),
        pulsante="Registra il distretto",
        verso=registro,
        briciole=("Registro", registro, "Nuovo distretto"),
        spiegazione="Il distretto nasce in costituzione. Diventa attivo quando registri gli atti e la firma "
        "dell'accordo.",
    )
    return modulo(request, form, pagina, scrivi)


@require_http_methods(["GET", "HEAD", "POST"])
def distretto_constitute(request: HttpRequest, codice: str) -> HttpResponse:
    """The acts and the agreement: from *in costituzione* to *attivo*."""
    distretto = distretto_da_tenere(request, codice)
    form = CostituzioneForm(inviati(request), request.FILES or None)
    if distretto.capofila:
        form.initial["delibera_capofila_ente"] = distretto.capofila
        form.initial["accordo_ente"] = distretto.capofila

    def scrivi() -> str:
        costituisci(distretto=distretto, il=form.cleaned_data["il"], atti=form.atti(), utente=chi(request))
        return f"{distretto} è attivo."

    pagina = _pagina(
        distretto,
        "Registra la costituzione",
        "Il distretto diventa attivo. Le adesioni dei proponenti si registrano dalla sua pagina.",
    )
    if distretto.stato != StatoDistretto.IN_COSTITUZIONE and request.method != "POST":
        return _non_piu(request, distretto)
    return modulo(request, form, pagina, scrivi)


@require_http_methods(["GET", "HEAD", "POST"])
def distretto_rename(request: HttpRequest, codice: str) -> HttpResponse:
    """A new name; the old one stays with its days."""
    distretto = distretto_da_tenere(request, codice)
    form = NomeDistrettoForm(inviati(request), request.FILES or None)

    def scrivi() -> str:
        dati = form.cleaned_data
        nuovo = rinomina(
            distretto=distretto,
            denominazione=dati["denominazione"],
            il=dati["il"],
            motivo=dati["motivo"],
            atti=form.atti(),
            utente=chi(request),
        )
        return f"Il distretto ora si chiama {nuovo}."

    spiegazione = (
        "L'indirizzo della sua pagina non cambia. Le versioni approvate dei programmi tengono il nome che "
        "avevano."
    )
    return modulo(request, form, _pagina(distretto, "Cambia la denominazione", spiegazione), scrivi)


@require_http_methods(["GET", "HEAD", "POST"])
def distretto_capofila(request: HttpRequest, codice: str) -> HttpResponse:
    """A new lead body."""
    distretto = distretto_da_tenere(request, codice)
    form = CapofilaForm(inviati(request), request.FILES or None)

    def scrivi() -> str:
        dati = form.cleaned_data
        nuovo = cambia_capofila(
            distretto=distretto,
            capofila=dati["capofila"],
            il=dati["il"],
            motivo=dati["motivo"],
            atti=form.atti(),
            utente=chi(request),
        )
        return f"L'ente capofila ora è {nuovo.capofila}."

    return modulo(request, form, _pagina(distretto, "Cambia l'ente capofila"), scrivi)


@require_http_methods(["GET", "HEAD", "POST"])
def distretto_close(request: HttpRequest, codice: str) -> HttpResponse:
    """Revocation or cessation."""
    distretto = distretto_da_tenere(request, codice)
    form = ChiusuraForm(inviati(request), request.FILES or None)

    def scrivi() -> str:
        dati = form.cleaned_data
        chiuso = chiudi(
            distretto=distretto,
            stato=StatoDistretto(dati["stato"]),
            il=dati["il"],
            motivo=dati["motivo"],
            atti=form.atti(),
            utente=chi(request),
        )
        return f"Il distretto risulta {chiuso.get_stato_display()}."

    pagina = _pagina(
        distretto,
        "Registra la revoca o la cessazione",
        "Il distretto resta nel registro con la sua storia. Le adesioni in corso finiscono.",
    )
    if distretto.stato in (StatoDistretto.REVOCATO, StatoDistretto.CESSATO) and request.method != "POST":
        return _non_piu(request, distretto)
    return modulo(request, form, pagina, scrivi)


def _non_piu(request: HttpRequest, distretto: Distretto) -> HttpResponse:
    messages.error(request, f"Il distretto risulta già {distretto.get_stato_display()}.")
    return redirect("distretto", codice=distretto.codice)


def _pagina(distretto: Distretto, titolo: str, spiegazione: str = "") -> Pagina:
    verso = reverse("distretto", args=[distretto.codice])
    return Pagina(
        titolo=titolo,
        di_che_cosa=str(distretto),
        pulsante="Registra",
        verso=verso,
        briciole=("Distretti", reverse("distretti"), distretto.denominazione, verso, titolo),
        spiegazione=spiegazione,
    )
