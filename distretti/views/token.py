"""Read tokens: each person's own, and those of a whole authority for its administrators."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from distretti.errori import DatiNonValidi, StatoNonAmmesso
from distretti.forms import TokenApplicazioneForm, TokenForm
from distretti.models import Autorita, Incarico, TokenLettura, Utente
from distretti.permissions import (
    autorita_amministrate,
    incarichi_di,
    puo_amministrare_token,
    puo_creare_token,
    puo_revocare_token,
)
from distretti.sessione.una_volta import compiuto, gia_compiuto
from distretti.token_lettura import crea_token, crea_token_applicazione, revoca_token
from distretti.views.risposte import inviati, pagina_di, riporta_errori, stato_di

CREATO = 201
"""The page that shows the secret is the answer itself: an address to go back to would have to keep it."""


@require_safe
def token_list(request: HttpRequest) -> HttpResponse:
    """The tokens of who asks, and the roles for which they may create one."""
    contesto = {
        "pagina": pagina_di(
            request, TokenLettura.objects.filter(incarico__utente=_utente(request)).per_elenco()
        ),
        "incarichi": incarichi_di(request.user),
        "autorita": autorita_amministrate(request.user),
    }
    return render(request, "distretti/token.html", contesto)


@require_http_methods(["GET", "HEAD", "POST"])
def token_create(request: HttpRequest, pk: int) -> HttpResponse:
    """A token of one's own, for one of the roles one holds today."""
    incarico = get_object_or_404(Incarico.objects.select_related("distretto", "autorita"), pk=pk)
    if not puo_creare_token(request.user, incarico):
        raise Http404
    form = TokenForm(inviati(request))
    if request.method == "POST" and form.is_valid():
        modulo = form.cleaned_data.pop("modulo")
        if gia_compiuto(request, modulo):
            return _gia_creato(request, "token")
        try:
            token, segreto = crea_token(incarico=incarico, utente=_utente(request), **form.cleaned_data)
        except (DatiNonValidi, StatoNonAmmesso) as errore:
            _riporta(form, errore)
        else:
            compiuto(request, modulo)
            return _creato(request, token, segreto)
    contesto = {"form": form, "incarico": incarico}
    return render(request, "distretti/token_nuovo.html", contesto, status=stato_di(form))


@require_safe
def token_autorita(request: HttpRequest, codice: str) -> HttpResponse:
    """All the tokens that open something of an authority: whose, until when, last used when."""
    autorita = _autorita_o_403(request, codice)
    righe = TokenLettura.objects.dell_autorita(autorita).per_elenco()
    contesto = {"autorita": autorita, "pagina": pagina_di(request, righe)}
    return render(request, "distretti/token_autorita.html", contesto)


@require_http_methods(["GET", "HEAD", "POST"])
def token_applicazione(request: HttpRequest, codice: str) -> HttpResponse:
    """A token for an application: the site of a district, a portal."""
    autorita = _autorita_o_403(request, codice)
    form = TokenApplicazioneForm(inviati(request), autorita=autorita)
    if request.method == "POST" and form.is_valid():
        modulo = form.cleaned_data.pop("modulo")
        if gia_compiuto(request, modulo):
            return _gia_creato(request, "token-autorita", codice)
        try:
            token, segreto = crea_token_applicazione(
                autorita=autorita, utente=_utente(request), **form.cleaned_data
            )
        except (DatiNonValidi, StatoNonAmmesso) as errore:
            _riporta(form, errore)
        else:
            compiuto(request, modulo)
            return _creato(request, token, segreto)
    contesto = {"form": form, "autorita": autorita}
    return render(request, "distretti/token_applicazione.html", contesto, status=stato_di(form))


@require_POST
def token_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """The owner and the administrators of the authority; to the others the token does not exist."""
    token = get_object_or_404(TokenLettura.objects.per_elenco(), pk=pk)
    if not puo_revocare_token(request.user, token):
        raise Http404
    utente = _utente(request)
    try:
        revoca_token(token=token, utente=utente)
    except StatoNonAmmesso as errore:
        messages.error(request, errore.messaggio)
    else:
        messages.success(request, f"Il token «{token.nome}» è revocato: da ora non legge più nulla.")
    if token.incarico.utente_id == utente.pk:
        return redirect("token")
    return redirect("token-autorita", codice=token.autorita.codice)


def _creato(request: HttpRequest, token: TokenLettura, segreto: str) -> HttpResponse:
    """The only page that ever holds the secret; no cache keeps it."""
    contesto = {"token": token, "segreto": segreto, "proprio": token.incarico.utente_id == request.user.pk}
    risposta = render(request, "distretti/token_creato.html", contesto, status=CREATO)
    risposta.headers["Cache-Control"] = "private, no-store"
    return risposta


def _gia_creato(request: HttpRequest, elenco: str, *argomenti: str) -> HttpResponse:
    """The page of a new token was loaded again: there is no second token, and the secret is gone."""
    messages.info(request, "Il token è già stato creato: si mostra una volta sola. Se l'hai perso, revocalo.")
    return redirect(elenco, *argomenti)


def _autorita_o_403(request: HttpRequest, codice: str) -> Autorita:
    autorita = get_object_or_404(Autorita, codice=codice)
    if not puo_amministrare_token(request.user, autorita):
        raise PermissionDenied
    return autorita


def _utente(request: HttpRequest) -> Utente:
    assert isinstance(request.user, Utente)
    return request.user


def _riporta(form: forms.Form, errore: DatiNonValidi | StatoNonAmmesso) -> None:
    if isinstance(errore, DatiNonValidi):
        riporta_errori(form, errore)
    else:
        form.add_error(None, errore.messaggio)
