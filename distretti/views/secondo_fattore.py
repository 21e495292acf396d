"""The second factor: shown at the sign-in, added and taken away by its owner."""

import json

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from distretti import tentativi
from distretti.errori import DatiNonValidi, StatoNonAmmesso
from distretti.models import Utente
from distretti.persone import fattori, ingresso, posta
from distretti.persone.forms import ChiaveForm, CodiceForm, NuovaChiaveForm
from distretti.persone.obbligo import richiede_secondo_fattore, segna_superato
from distretti.views.profilo import da_confermare
from distretti.views.risposte import inviati, richiedente, riporta, stato_di

MODULO = ["GET", "HEAD", "POST"]
CREATO = 201


@login_not_required
@require_http_methods(MODULO)
def secondo_fattore(request: HttpRequest) -> HttpResponse:
    """The second page of the sign-in: a code, or a passkey."""
    if request.user.is_authenticated:
        raise Http404
    utente = ingresso.in_attesa(request)
    if utente is None:
        return redirect(f"{reverse('accesso')}?{urlencode({'next': reverse('scrivania')})}")
    chiave = tentativi.chiave_di_persona("secondo fattore", utente)
    pausa = tentativi.risposta_di_pausa(request, chiave)
    if pausa is not None:
        return pausa
    con_chiave = "credenziale" in request.POST
    form, form_chiave = CodiceForm(inviati(request)), ChiaveForm()
    if con_chiave:
        form, form_chiave = CodiceForm(), ChiaveForm(request.POST)
    if request.method == "POST" and _superato(utente, form_chiave if con_chiave else form):
        tentativi.azzera(chiave)
        return ingresso.completa(request, utente)
    if request.method == "POST":
        tentativi.conta(chiave, utente.username)
    return _pagina(request, utente, form_chiave if con_chiave else form, form)


def _superato(utente: Utente, form: CodiceForm | ChiaveForm) -> bool:
    if not form.is_valid():
        return False
    if isinstance(form, ChiaveForm):
        if fattori.prova_chiave(utente, form.cleaned_data["credenziale"]):
            return True
        form.add_error(None, fattori.CHIAVE_RIFIUTATA)
        return False
    if fattori.prova_codice(utente, form.cleaned_data["codice"]):
        return True
    form.add_error("codice", fattori.CODICE_SBAGLIATO)
    return False


def _pagina(
    request: HttpRequest, utente: Utente, inviato: CodiceForm | ChiaveForm, codice: CodiceForm
) -> HttpResponse:
    opzioni = fattori.opzioni_di_accesso(utente)
    contesto = {
        "form": inviato,
        "form_codice": codice,
        "form_chiave": ChiaveForm(),
        "opzioni": json.dumps(opzioni) if opzioni else "",
    }
    return render(request, "distretti/secondo_fattore.html", contesto, status=stato_di(inviato))


@require_safe
def fattore_list(request: HttpRequest) -> HttpResponse:
    """What one has, what one may add; who must have one and has not is brought here."""
    utente = richiedente(request)
    suoi = fattori.fattori_di(utente)
    contesto = {
        "fattori": suoi,
        "con_app": any(f.tipo == fattori.CODICE for f in suoi),
        "richiesto": richiede_secondo_fattore(utente),
        "recupero": fattori.recupero_rimasti(utente),
    }
    return render(request, "distretti/fattori.html", contesto)


@require_http_methods(MODULO)
def codice_attiva(request: HttpRequest) -> HttpResponse:
    """The secret for an app, as an image and in letters, and the first code as a proof."""
    utente, prima = richiedente(request), da_confermare(request)
    if prima is not None:
        return prima
    form = CodiceForm(inviati(request))
    segreto = fattori.segreto_nuovo(request, da_capo=request.method != "POST")
    if request.method == "POST" and form.is_valid():
        try:
            fattori.attiva_codice(utente=utente, segreto=segreto, codice=form.cleaned_data["codice"])
        except (DatiNonValidi, StatoNonAmmesso) as errore:
            riporta(form, errore)
        else:
            fattori.dimentica_segreto(request)
            return _aggiunto(request, utente, "è stata aggiunta un'app di autenticazione")
    contesto = {
        "form": form,
        "segreto": " ".join(segreto[i : i + 4] for i in range(0, len(segreto), 4)),
        "immagine": fattori.immagine_del_segreto(utente, segreto),
    }
    return render(request, "distretti/codice_attiva.html", contesto, status=stato_di(form))


@require_http_methods(MODULO)
def chiave_aggiungi(request: HttpRequest) -> HttpResponse:
    """A passkey: the browser makes it, with the script of the page."""
    utente, prima = richiedente(request), da_confermare(request)
    if prima is not None:
        return prima
    form = NuovaChiaveForm(inviati(request))
    if request.method == "POST" and form.is_valid():
        try:
            fattori.aggiungi_chiave(utente=utente, **form.cleaned_data)
        except (DatiNonValidi, StatoNonAmmesso) as errore:
            riporta(form, errore)
        else:
            return _aggiunto(request, utente, "è stata aggiunta una chiave di accesso")
    contesto = {"form": form, "opzioni": json.dumps(fattori.opzioni_nuova_chiave(utente))}
    return render(request, "distretti/chiave_aggiungi.html", contesto, status=stato_di(form))


@require_POST
def fattore_togli(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own: to the others it does not exist."""
    utente = richiedente(request)
    if not any(fattore.pk == pk for fattore in fattori.fattori_di(utente)):
        raise Http404
    if not ingresso.confermato(request):
        return redirect(f"{reverse('conferma-identita')}?{urlencode({'next': reverse('fattori')})}")
    try:
        tolto = fattori.togli_fattore(utente=utente, pk=pk)
    except StatoNonAmmesso as errore:
        messages.error(request, errore.messaggio)
    else:
        if tolto is not None:
            posta.avvisa_di_sicurezza(utente, f"è stato tolto un secondo fattore ({tolto.nome})")
            messages.success(request, f"Tolto: {tolto.nome}.")
    return redirect("fattori")


@require_POST
def codici_recupero(request: HttpRequest) -> HttpResponse:
    """Ten new recovery codes: the page is the answer itself, nobody will see them again."""
    utente, prima = richiedente(request), ingresso.confermato(request)
    if not prima:
        return redirect(f"{reverse('conferma-identita')}?{urlencode({'next': reverse('fattori')})}")
    return _con_i_codici(request, utente)


def _aggiunto(request: HttpRequest, utente: Utente, che_cosa: str) -> HttpResponse:
    """With the first factor come the recovery codes."""
    segna_superato(request)
    posta.avvisa_di_sicurezza(utente, che_cosa)
    if fattori.recupero_rimasti(utente) == 0:
        return _con_i_codici(request, utente)
    messages.success(request, "Il secondo fattore è aggiunto.")
    return redirect("fattori")


def _con_i_codici(request: HttpRequest, utente: Utente) -> HttpResponse:
    try:
        codici = fattori.nuovi_codici_di_recupero(utente=utente)
    except StatoNonAmmesso as errore:
        messages.error(request, errore.messaggio)
        return redirect("fattori")
    risposta = render(request, "distretti/codici_recupero.html", {"codici": codici}, status=CREATO)
    risposta.headers["Cache-Control"] = "private, no-store"
    return risposta
