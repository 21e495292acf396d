"""Marks: granted, completed, renewed, revoked."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from distretti.basi.italiano import il_giorno
from distretti.forms_registro import CertificazioneForm, CompletaCertificazioneForm, RevocaForm
from distretti.istantanee import istantanea_certificazione
from distretti.models import Certificazione, Organizzazione
from distretti.permissions import autorita_del_registro, puo_tenere_registro_dell_autorita
from distretti.services import (
    modifica_certificazione,
    registra_certificazione,
    revoca_certificazione,
    rinnova_certificazione,
)
from distretti.versioni import versione_di
from distretti.views.registro.organizzazioni import briciole_di
from distretti.views.registro.porta import Pagina, chi, modulo, organizzazione_o_unita, segue_unioni
from distretti.views.risposte import inviati


@require_http_methods(["GET", "HEAD", "POST"])
@segue_unioni
def certificazione_create(request: HttpRequest, codice: str) -> HttpResponse:
    """A mark of one of the authorities whose register the person keeps."""
    organizzazione = organizzazione_o_unita(codice)
    autorita = autorita_del_registro(request.user)
    if not autorita:
        raise PermissionDenied
    form = CertificazioneForm(inviati(request), request.FILES or None, marchi=autorita)

    def scrivi() -> str:
        marchio = form.cleaned_data["marchio"]
        registra_certificazione(
            organizzazione=organizzazione,
            marchio=marchio,
            dati=form.lette(),
            atto=form.atto(),
            utente=chi(request),
        )
        return f"Il marchio {marchio} è registrato."

    pagina = _pagina(organizzazione, "Registra un marchio", "", "Registra il marchio")
    return modulo(request, form, pagina, scrivi)


@require_http_methods(["GET", "HEAD", "POST"])
def certificazione_update(request: HttpRequest, pk: int) -> HttpResponse:
    """What was missing or mistaken."""
    certificazione = _da_tenere(request, pk)
    campi = ("livello", "numero", "dal", "al")
    iniziale = {campo: getattr(certificazione, campo) for campo in campi}
    iniziale["versione"] = versione_di(istantanea_certificazione(certificazione))
    form = CompletaCertificazioneForm(
        inviati(request), request.FILES or None, initial=iniziale, certificazione=certificazione
    )

    def scrivi() -> str:
        modifica_certificazione(
            certificazione=certificazione,
            dati=form.lette(),
            atto=form.atto(),
            versione=form.versione_letta,
            utente=chi(request),
        )
        return "I dati del marchio sono aggiornati."

    titolo = "Completa o correggi un marchio"
    pagina = _pagina(certificazione.organizzazione, titolo, str(certificazione.marchio), "Salva")
    return modulo(request, form, pagina, scrivi)


@require_http_methods(["GET", "HEAD", "POST"])
def certificazione_renew(request: HttpRequest, pk: int) -> HttpResponse:
    """From a new day on, with a new number or level."""
    certificazione = _da_tenere(request, pk)
    iniziale = {"livello": certificazione.livello, "numero": certificazione.numero}
    form = CertificazioneForm(inviati(request), request.FILES or None, initial=iniziale)

    def scrivi() -> str:
        nuova = rinnova_certificazione(
            certificazione=certificazione, dati=form.lette(), atto=form.atto(), utente=chi(request)
        )
        return f"Il marchio {nuova.marchio} è rinnovato."

    pagina = _pagina(
        certificazione.organizzazione,
        "Rinnova un marchio",
        str(certificazione.marchio),
        "Registra il rinnovo",
        "Il marchio di prima resta nella storia e finisce il giorno prima del rinnovo.",
    )
    return _se_in_vigore(request, certificazione, pagina) or modulo(request, form, pagina, scrivi)


@require_http_methods(["GET", "HEAD", "POST"])
def certificazione_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """From a day on it does not hold any more."""
    certificazione = _da_tenere(request, pk)
    form = RevocaForm(inviati(request), request.FILES or None)

    def scrivi() -> str:
        revocata = revoca_certificazione(
            certificazione=certificazione,
            il=form.cleaned_data["il"],
            motivo=form.cleaned_data["motivo"],
            atto=form.atto(),
            utente=chi(request),
        )
        assert revocata.revocata_il is not None
        return f"Il marchio {revocata.marchio} è revocato {il_giorno(revocata.revocata_il)}."

    pagina = _pagina(
        certificazione.organizzazione,
        "Revoca un marchio",
        str(certificazione.marchio),
        "Registra la revoca",
        "Il marchio resta nella storia dell'organizzazione: conta ancora nei giorni prima della revoca.",
    )
    return _se_in_vigore(request, certificazione, pagina) or modulo(request, form, pagina, scrivi)


def _da_tenere(request: HttpRequest, pk: int) -> Certificazione:
    """The mark, for who keeps the register of the authority that grants it."""
    righe = Certificazione.objects.select_related("organizzazione", "marchio__autorita", "atto")
    certificazione = get_object_or_404(righe, pk=pk)
    if not puo_tenere_registro_dell_autorita(request.user, certificazione.marchio.autorita):
        raise PermissionDenied
    return certificazione


def _se_in_vigore(
    request: HttpRequest, certificazione: Certificazione, pagina: Pagina
) -> HttpResponse | None:
    """Back to the organisation when there is nothing to open: the mark was already revoked."""
    if certificazione.revocata_il is not None and request.method != "POST":
        return redirect(pagina.verso)
    return None


def _pagina(
    organizzazione: Organizzazione, titolo: str, marchio: str, pulsante: str, spiegazione: str = ""
) -> Pagina:
    return Pagina(
        titolo=titolo,
        di_che_cosa=" – ".join(parte for parte in (organizzazione.denominazione, marchio) if parte),
        pulsante=pulsante,
        verso=reverse("organizzazione", args=[organizzazione.codice]),
        briciole=briciole_di(organizzazione, titolo),
        spiegazione=spiegazione,
    )
