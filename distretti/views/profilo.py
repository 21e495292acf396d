"""One's own account: roles, password, sessions, the data that are kept."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from distretti import tentativi
from distretti.errori import DatiNonValidi
from distretti.models import Utente
from distretti.permissions import incarichi_di
from distretti.persone import account, fattori, ingresso, inviti, posta
from distretti.persone.forms import CambiaPasswordForm, CodiceForm, ConfermaForm
from distretti.persone.permessi import autorita_con_persone
from distretti.views.persone import file_dei_dati
from distretti.views.risposte import inviati, richiedente, riporta_errori, stato_di

ULTIMI_FINITI = 10


@require_safe
def profilo(request: HttpRequest) -> HttpResponse:
    """What the product knows of who asks, and what they may change of it."""
    utente = richiedente(request)
    in_corso = incarichi_di(utente)
    altri = utente.incarichi.exclude(pk__in=[i.pk for i in in_corso])
    altri = altri.select_related("distretto", "autorita").order_by("-dal", "-pk")
    contesto = {
        "incarichi": in_corso,
        "altri": altri[:ULTIMI_FINITI],
        "fattori": fattori.fattori_di(utente),
        "autorita": autorita_con_persone(utente),
    }
    return render(request, "distretti/profilo.html", contesto)


@require_safe
def profilo_dati(request: HttpRequest) -> HttpResponse:
    """All that is kept of who asks."""
    return file_dei_dati(richiedente(request))


@require_http_methods(["GET", "HEAD", "POST"])
def password_cambia(request: HttpRequest) -> HttpResponse:
    """Another password; the other sessions end, this one goes on."""
    utente = richiedente(request)
    form = CambiaPasswordForm(inviati(request))
    if request.method == "POST" and form.is_valid():
        pausa = _sbagliata(request, utente, form.cleaned_data["attuale"], utente.check_password)
        if isinstance(pausa, HttpResponse):
            return pausa
        if pausa:
            form.add_error("attuale", "La password attuale non è questa.")
        else:
            try:
                aggiornato = inviti.cambia_password(utente=utente, password=form.cleaned_data["password"])
            except DatiNonValidi as errore:
                riporta_errori(form, errore)
            else:
                return _resta_qui(request, aggiornato, "la password", "La password è cambiata.")
    return render(request, "distretti/password_cambia.html", {"form": form}, status=stato_di(form))


@require_POST
def esci_ovunque(request: HttpRequest) -> HttpResponse:
    """Every other session of who asks ends."""
    aggiornato = account.esci_ovunque(utente=richiedente(request))
    _tieni(request, aggiornato)
    messages.success(request, "Le altre sessioni sono finite: sei ancora dentro soltanto qui.")
    return redirect("profilo")


@require_http_methods(["GET", "HEAD", "POST"])
def conferma_identita(request: HttpRequest) -> HttpResponse:
    """The password, or a code, again: before the second factor changes."""
    utente = richiedente(request)
    con_password = utente.has_usable_password()
    form = (ConfermaForm if con_password else CodiceForm)(inviati(request))
    dopo = ingresso.sicura(request, request.GET.get("next", "") or reverse("profilo"))
    if request.method == "POST" and form.is_valid():
        dato = form.cleaned_data["password" if con_password else "codice"]
        prova = utente.check_password if con_password else partial(fattori.prova_codice, utente)
        sbagliata = _sbagliata(request, utente, dato, prova)
        if isinstance(sbagliata, HttpResponse):
            return sbagliata
        if not sbagliata:
            ingresso.conferma(request)
            return redirect(dopo)
        form.add_error("password" if con_password else "codice", "Non è giusto: riprova.")
    contesto = {"form": form, "dopo": dopo, "con_password": con_password}
    return render(request, "distretti/conferma_identita.html", contesto, status=stato_di(form))


def da_confermare(request: HttpRequest) -> HttpResponse | None:
    """Where to go when who asks has not proved who they are for a while; None when they have."""
    if ingresso.confermato(request):
        return None
    return redirect(f"{reverse('conferma-identita')}?{urlencode({'next': request.path})}")


def _sbagliata(
    request: HttpRequest, utente: Utente, dato: str, prova: Callable[[str], bool]
) -> bool | HttpResponse:
    """Does ``prova`` refuse the password or the code? After too many times, the page of the pause."""
    chiave = tentativi.chiave_di_persona("conferma", utente)
    pausa = tentativi.risposta_di_pausa(request, chiave)
    if pausa is not None:
        return pausa
    if prova(dato):
        tentativi.azzera(chiave)
        return False
    tentativi.conta(chiave, utente.username)
    return True


def _resta_qui(request: HttpRequest, utente: Utente, che_cosa: str, detto: str) -> HttpResponse:
    _tieni(request, utente)
    posta.avvisa_di_sicurezza(utente, f"è cambiata {che_cosa}")
    messages.success(request, f"{detto} Le altre sessioni sono finite.")
    return redirect("profilo")


def _tieni(request: HttpRequest, utente: Utente) -> None:
    """This session goes on, with what it had."""
    update_session_auth_hash(request, utente)
