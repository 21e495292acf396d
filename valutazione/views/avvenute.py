"""Planned evidence asks "è avvenuta?" when its day has passed: one by one, or many at once."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from distretti.basi.italiano import conta, il_giorno
from distretti.errori import DatiNonValidi, StatoNonAmmesso
from distretti.views.risposte import CONFLITTO, inviati, riporta, stato_di
from programmi.errori import ModificatoNelFrattempo
from valutazione.accesso import evidenza_o_404, programma_da_registrare, utente_di
from valutazione.effetto import Effetto, effetto_di_voci
from valutazione.forms.avvenuta import AVVENUTA, RINVIATA, AvvenutaForm, AvvenuteForm
from valutazione.letture import Valutazione, valutazione_di
from valutazione.models import Evidenza
from valutazione.services.pianificate import (
    conferma_avvenuta,
    conferma_avvenute,
    non_si_fara,
    rinvia_evidenza,
    voce_confermata,
)
from valutazione.versioni import versione_evidenza
from valutazione.views.serie import non_registrabile


@require_http_methods(["GET", "HEAD", "POST"])
def avvenuta(request: HttpRequest, codice: str, anno: int, pk: int) -> HttpResponse:
    """What became of one planned evidence, with what confirming it would change."""
    programma = programma_da_registrare(request, codice, anno)
    evidenza = evidenza_o_404(programma, pk)
    chiusa = non_registrabile(request, programma)
    if chiusa is not None:
        return chiusa
    if not (evidenza.registrata and evidenza.pianificata):
        messages.info(request, "L'evidenza non è pianificata: non c'è nulla da confermare.")
        return redirect(evidenza)
    valutazione = valutazione_di(programma)
    iniziali = {"data": evidenza.data, "versione": versione_evidenza(valutazione.documento, evidenza.codice)}
    form = AvvenutaForm(inviati(request), initial=iniziali)
    conflitto: list[tuple[str, str]] | None = None
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, _compi(request, form, evidenza))
            return redirect(evidenza)
        except ModificatoNelFrattempo as errore:
            conflitto = list(errore.attuale.items())
            form.data = {**request.POST.dict(), "versione": errore.versione}
        except (DatiNonValidi, StatoNonAmmesso) as errore:
            riporta(form, errore)
    contesto = {"programma": programma, "evidenza": evidenza, "form": form, "conflitto": conflitto}
    contesto["effetto"] = _effetto(valutazione, [evidenza])
    stato = stato_di(form) if conflitto is None else CONFLITTO
    return render(request, "valutazione/avvenuta.html", contesto, status=stato)


def _compi(request: HttpRequest, form: AvvenutaForm, evidenza: Evidenza) -> str:
    """Write the answer. Returns what to say."""
    dati, utente = form.cleaned_data, utente_di(request)
    versione = dati["versione"] or None
    if dati["esito"] == AVVENUTA:
        conferma_avvenuta(evidenza=evidenza, utente=utente, il=dati["data"], versione=versione)
        return "Evidenza confermata: da ora conta. Qui sotto vedi che cosa vale."
    if dati["esito"] == RINVIATA:
        rinvia_evidenza(evidenza=evidenza, al=dati["data"], utente=utente, versione=versione)
        return f"Evidenza rinviata: è pianificata per {il_giorno(dati['data'])}."
    non_si_fara(evidenza=evidenza, motivo=dati["motivo"], utente=utente)
    return "Evidenza ritirata: non si farà."


@require_http_methods(["GET", "HEAD", "POST"])
def avvenute(request: HttpRequest, codice: str, anno: int) -> HttpResponse:
    """All the planned evidence of a programme whose day has passed: tick what happened."""
    programma = programma_da_registrare(request, codice, anno)
    chiusa = non_registrabile(request, programma)
    if chiusa is not None:
        return chiusa
    passate = list(programma.evidenze.da_confermare(timezone.localdate()).per_elenco())
    form = AvvenuteForm(inviati(request), evidenze=passate)
    if request.method == "POST" and form.is_valid():
        try:
            fatte = conferma_avvenute(programma=programma, chiavi=form.chiavi(), utente=utente_di(request))
        except (DatiNonValidi, StatoNonAmmesso) as errore:
            form.add_error(None, errore.messaggio)
        else:
            messages.success(request, f"{conta(len(fatte), 'evidenza confermata', 'evidenze confermate')}.")
            return redirect("evidenze", codice, anno)
    # None is ticked beforehand: that a thing happened is declared one by one.
    scelte = form["evidenze"].value() or [] if form.is_bound else []
    contesto = {
        "programma": programma,
        "form": form,
        "passate": passate,
        "scelte": scelte,
        "effetto": _effetto(valutazione_di(programma), passate) if passate else None,
    }
    return render(request, "valutazione/avvenute.html", contesto, status=stato_di(form))


def _effetto(valutazione: Valutazione, evidenze: list[Evidenza]) -> Effetto:
    """Of confirming all of them, each on its day; today for one still to come."""
    oggi = timezone.localdate()
    voci = [
        voce_confermata(valutazione.documento, e.codice, il=_giorno(e, oggi), pianificata=False)
        for e in evidenze
    ]
    return effetto_di_voci(valutazione, voci)


def _giorno(evidenza: Evidenza, oggi: date) -> date:
    return min(evidenza.data or oggi, oggi)
