"""What an administrator does on the page of a person."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from distretti.basi.italiano import il_giorno
from distretti.errori import DatiNonValidi, StatoNonAmmesso
from distretti.incarichi import affida_a, chiudi_incarico
from distretti.models import Autorita, Incarico, Utente
from distretti.persone import account, dati, inviti, posta
from distretti.persone.forms import (
    CancellaForm,
    DatiPersonaForm,
    FineIncaricoForm,
    IncaricoForm,
    MotivoForm,
)
from distretti.persone.permessi import puo_amministrare_account, puo_amministrare_persone
from distretti.views.persone import di_posta, persona_visibile
from distretti.views.risposte import inviati, richiedente, riporta, stato_di

MODULO = ["GET", "HEAD", "POST"]

SPIEGA_SOSPENDI = (
    "Sessioni, token e inviti finiscono subito. Gli incarichi restano scritti: quando l'accesso si riattiva,"
    " valgono quelli non finiti."
)
SPIEGA_FATTORE = (
    "Per chi ha perso il telefono e anche i codici di recupero. Prima accertati, di persona o al telefono,"
    " che a chiederlo sia davvero questa persona."
)
SPIEGA_CANCELLA = (
    "Nome, posta, codice fiscale e nome utente sono sostituiti; dalla storia si cancellano i testi che"
    " parlano di questa persona. I passi della procedura che ha compiuto restano."
)


@require_http_methods(MODULO)
def incarico_create(request: HttpRequest, codice: str, pk: int) -> HttpResponse:
    """One more role for this person."""
    autorita, persona = _amministrata(request, codice, pk)
    form = IncaricoForm(inviati(request), autorita=autorita)

    def fai(da: Utente) -> str:
        incarico = affida_a(utente=persona, **form.incarico(), da=da)
        di_posta(request, persona, posta.manda_incarico(request, incarico=incarico))
        return f"{incarico} è affidato a {persona}."

    return _modulo(request, autorita, persona, form, fai, "Affida un altro incarico")


@require_http_methods(MODULO)
def incarico_close(request: HttpRequest, pk: int) -> HttpResponse:
    """The last day of a role; to who does not administer its authority it does not exist."""
    righe = Incarico.objects.select_related("distretto__autorita", "autorita", "utente")
    trovato = get_object_or_404(righe, pk=pk, utente__applicazione=False)
    persona = trovato.utente
    autorita = trovato.autorita if trovato.distretto is None else trovato.distretto.autorita
    if autorita is None or not puo_amministrare_persone(request.user, autorita):
        raise Http404
    form = FineIncaricoForm(inviati(request))

    def fai(da: Utente) -> str:
        chiudi_incarico(incarico=trovato, **form.cleaned_data, da=da)
        return f"L'incarico di {persona} finisce {il_giorno(form.cleaned_data['al'])}."

    return _modulo(request, autorita, persona, form, fai, "Chiudi un incarico", sotto=str(trovato))


@require_http_methods(MODULO)
def persona_modifica(request: HttpRequest, codice: str, pk: int) -> HttpResponse:
    """Name, mail, tax code."""
    autorita, persona = _con_account(request, codice, pk)
    iniziali = {
        "nome": persona.nome_esteso,
        "mail": persona.email,
        "codice_fiscale": persona.codice_fiscale,
    }
    form = DatiPersonaForm(inviati(request), initial=iniziali)

    def fai(da: Utente) -> str:
        corretta = account.correggi(utente=persona, **form.cleaned_data, da=da)
        if corretta.email == persona.email:
            return "I dati sono corretti."
        # ``persona`` still has the mail of before: whoever reads it should know.
        posta.avvisa_di_sicurezza(persona, "l'amministratore ha cambiato il tuo indirizzo di posta")
        return "I dati sono corretti. Un collegamento mandato all'indirizzo di prima non vale più."

    return _modulo(request, autorita, persona, form, fai, "Correggi i dati")


@require_http_methods(MODULO)
def persona_sospendi(request: HttpRequest, codice: str, pk: int) -> HttpResponse:
    """From now on the person cannot come in."""
    autorita, persona = _con_account(request, codice, pk)
    form = MotivoForm(inviati(request))

    def fai(da: Utente) -> str:
        account.sospendi(utente=persona, **form.cleaned_data, da=da)
        return f"L'accesso di {persona} è sospeso: sessioni e token sono finiti."

    return _modulo(request, autorita, persona, form, fai, "Sospendi l'accesso", sotto=SPIEGA_SOSPENDI)


@require_http_methods(MODULO)
def persona_senza_fattore(request: HttpRequest, codice: str, pk: int) -> HttpResponse:
    """For who lost the phone and the recovery codes."""
    autorita, persona = _con_account(request, codice, pk)
    form = MotivoForm(inviati(request))

    def fai(da: Utente) -> str:
        account.togli_secondo_fattore(utente=persona, **form.cleaned_data, da=da)
        posta.avvisa_di_sicurezza(persona, "l'amministratore ha tolto il secondo fattore")
        return f"{persona} non ha più un secondo fattore: al prossimo accesso ne aggiunge un altro."

    return _modulo(request, autorita, persona, form, fai, "Togli il secondo fattore", sotto=SPIEGA_FATTORE)


@require_http_methods(MODULO)
def persona_cancella(request: HttpRequest, codice: str, pk: int) -> HttpResponse:
    """The personal data go, what the person did in the procedure stays."""
    autorita, persona = _con_account(request, codice, pk)
    form = CancellaForm(inviati(request))

    def fai(da: Utente) -> str:
        dati.cancella(utente=persona, motivo=form.cleaned_data["motivo"], da=da)
        return "I dati personali sono cancellati."

    return _modulo(request, autorita, persona, form, fai, "Cancella i dati personali", sotto=SPIEGA_CANCELLA)


@require_POST
def invito_manda(request: HttpRequest, codice: str, pk: int) -> HttpResponse:
    """Another link: the one of before is worth nothing."""
    autorita, persona = _amministrata(request, codice, pk)
    try:
        invito, segreto = inviti.manda(utente=persona, da=richiedente(request))
    except StatoNonAmmesso as errore:
        messages.error(request, errore.messaggio)
    else:
        partito = posta.manda_invito(request, invito=invito, segreto=segreto, incarico=None)
        di_posta(request, persona, partito)
    return redirect("persona", codice=autorita.codice, pk=persona.pk)


@require_POST
def invito_revoca(request: HttpRequest, codice: str, pk: int) -> HttpResponse:
    """The link that waits is worth nothing any more."""
    autorita, persona = _amministrata(request, codice, pk)
    return _fatto(request, autorita, persona, "L'invito è revocato.", inviti.revoca)


@require_POST
def persona_sblocca(request: HttpRequest, codice: str, pk: int) -> HttpResponse:
    """The pause after too many failures ends now."""
    autorita, persona = _con_account(request, codice, pk)
    return _fatto(request, autorita, persona, f"{persona} può provare di nuovo.", account.sblocca)


@require_POST
def persona_riattiva(request: HttpRequest, codice: str, pk: int) -> HttpResponse:
    """The person may come in again."""
    autorita, persona = _con_account(request, codice, pk)
    return _fatto(request, autorita, persona, f"{persona} può entrare di nuovo.", account.riattiva)


def _fatto(
    request: HttpRequest, autorita: Autorita, persona: Utente, detto: str, servizio: Callable[..., Any]
) -> HttpResponse:
    try:
        servizio(utente=persona, da=richiedente(request))
    except StatoNonAmmesso as errore:
        messages.error(request, errore.messaggio)
    else:
        messages.success(request, detto)
    return redirect("persona", codice=autorita.codice, pk=persona.pk)


def _modulo(
    request: HttpRequest,
    autorita: Autorita,
    persona: Utente,
    form: forms.Form,
    fai: Callable[[Utente], str],
    titolo: str,
    *,
    sotto: str = "",
) -> HttpResponse:
    """A form about ``persona``: ``fai`` carries it out and gives what to say."""
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, fai(richiedente(request)))
        except (DatiNonValidi, StatoNonAmmesso) as errore:
            riporta(form, errore)
        else:
            return redirect("persona", codice=autorita.codice, pk=persona.pk)
    contesto = {
        "autorita": autorita,
        "persona": persona,
        "form": form,
        "titolo": titolo,
        "sotto": sotto,
    }
    return render(request, "distretti/persona_modulo.html", contesto, status=stato_di(form))


def _amministrata(request: HttpRequest, codice: str, pk: int) -> tuple[Autorita, Utente]:
    autorita, persona = persona_visibile(request, codice, pk)
    if not puo_amministrare_persone(request.user, autorita):
        raise PermissionDenied
    return autorita, persona


def _con_account(request: HttpRequest, codice: str, pk: int) -> tuple[Autorita, Utente]:
    autorita, persona = _amministrata(request, codice, pk)
    if not puo_amministrare_account(request.user, persona):
        raise PermissionDenied("Questa persona ha incarichi anche presso altre autorità.")
    return autorita, persona
