"""The osservazioni on a programme: the list of what to mend, the replies, the closing."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Case, IntegerField, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from distretti.errori import DatiNonValidi, StatoNonAmmesso
from distretti.models import Utente
from distretti.views.risposte import CONFLITTO, NON_VALIDO, inviati, pagina_di, riporta_errori
from programmi.edizione import Edizione
from programmi.forms.osservazioni import ChiusuraForm, OsservazioneForm, TestoForm, iniziale
from programmi.models import Osservazione, Programma, StatoOsservazione
from programmi.osservazioni import programma_con_osservazioni
from programmi.permissions import puo, segue_programma
from programmi.services.osservazioni import OsservazioneChiusa, chiudi, osserva, replica
from programmi.tabella import CHIUSURA, OSSERVAZIONE, REPLICA, Azione
from programmi.views.superati import non_piu

_PRIMA = {StatoOsservazione.APERTA: 0, StatoOsservazione.REPLICATA: 1}


@require_safe
def osservazione_list(request: HttpRequest, codice: str, anno: Edizione) -> HttpResponse:
    """All of them: those that wait for the district, those that wait for the Agenzia, the closed ones."""
    programma = programma_con_osservazioni(request.user, codice, anno)
    casi = [When(stato=stato, then=Value(posto)) for stato, posto in _PRIMA.items()]
    posto = Case(*casi, default=Value(len(_PRIMA)), output_field=IntegerField())
    righe = programma.osservazioni.per_elenco().order_by(posto, "numero")
    contesto: dict[str, Any] = {
        "programma": programma,
        "pagina": pagina_di(request, righe),
        "quante": _quante(programma),
        "segue": segue_programma(request.user, programma),
        "osserva": _ora(OSSERVAZIONE, request, programma),
        "replica": _ora(REPLICA, request, programma),
        "chiude": _ora(CHIUSURA, request, programma),
    }
    return render(request, "programmi/osservazioni.html", contesto)


def _quante(programma: Programma) -> dict[str, int]:
    stati = list(programma.osservazioni.order_by().values_list("stato", flat=True))
    return {stato.value: stati.count(stato.value) for stato in StatoOsservazione}


def _ora(azione: Azione, request: HttpRequest, programma: Programma) -> bool:
    return azione.ammessa_da(programma) and puo(azione, request.user, programma) is not None


@require_http_methods(["GET", "HEAD", "POST"])
def osservazione_create(request: HttpRequest, codice: str, anno: Edizione) -> HttpResponse:
    """A new one; ``?oggetto=4.2.regola`` chooses what it is about."""
    programma = programma_con_osservazioni(request.user, codice, anno)
    utente = _chi(OSSERVAZIONE, request, programma)
    form = OsservazioneForm(
        inviati(request), programma=programma, initial=iniziale(request.GET.get("oggetto", ""))
    )
    contesto: dict[str, Any] = {"programma": programma, "form": form}
    if not OSSERVAZIONE.ammessa_da(programma):
        return _non_adesso(request, programma, OSSERVAZIONE.rifiuto(programma))
    if request.method == "POST" and form.is_valid():
        try:
            nuova = osserva(
                programma=programma,
                utente=utente,
                oggetto=form.cleaned_data["oggetto"],
                testo=form.cleaned_data["testo"],
            )
        except DatiNonValidi as errore:
            riporta_errori(form, errore)
        except StatoNonAmmesso as errore:
            return _non_adesso(request, programma, errore.messaggio)
        else:
            messages.success(request, f"L'osservazione {nuova.numero} è scritta.")
            return _all_elenco(programma)
    stato = NON_VALIDO if request.method == "POST" else 200
    return render(request, "programmi/osservazione_nuova.html", contesto, status=stato)


@require_http_methods(["GET", "HEAD", "POST"])
def osservazione_replica(request: HttpRequest, codice: str, anno: Edizione, numero: int) -> HttpResponse:
    """The district replies."""
    return _su_una(request, codice, anno, numero, REPLICA)


@require_http_methods(["GET", "HEAD", "POST"])
def osservazione_chiudi(request: HttpRequest, codice: str, anno: Edizione, numero: int) -> HttpResponse:
    """The Agenzia closes."""
    return _su_una(request, codice, anno, numero, CHIUSURA)


def _su_una(request: HttpRequest, codice: str, anno: Edizione, numero: int, azione: Azione) -> HttpResponse:
    """Fetch, predicate, state, form, service; somebody closed it meanwhile: the page says so, 409."""
    programma = programma_con_osservazioni(request.user, codice, anno)
    osservazione = get_object_or_404(programma.osservazioni.per_elenco(), numero=numero)
    utente = _chi(azione, request, programma)
    form: forms.Form = TestoForm(inviati(request)) if azione is REPLICA else ChiusuraForm(inviati(request))
    contesto: dict[str, Any] = {
        "programma": programma,
        "osservazione": osservazione,
        "form": form,
        "segue": segue_programma(utente, programma),
        "replica": azione is REPLICA,
        "chiusa": "",
    }
    if not azione.ammessa_da(programma):
        return _non_adesso(request, programma, azione.rifiuto(programma))
    stato = 200
    if request.method == "POST":
        stato = NON_VALIDO
        try:
            if form.is_valid() and _compi(osservazione, utente, form, azione):
                return _all_elenco(programma)
        except OsservazioneChiusa as errore:
            contesto |= {"chiusa": errore.messaggio, "osservazione": errore.osservazione}
            stato = CONFLITTO
        except StatoNonAmmesso as errore:
            return _non_adesso(request, programma, errore.messaggio)
    elif not osservazione.aperta:
        return _non_adesso(request, programma, f"L'osservazione {numero} è già chiusa.")
    return render(request, "programmi/osservazione.html", contesto, status=stato)


def _compi(osservazione: Osservazione, utente: Utente, form: forms.Form, azione: Azione) -> bool:
    try:
        if azione is REPLICA:
            replica(osservazione=osservazione, utente=utente, **form.cleaned_data)
        else:
            chiudi(osservazione=osservazione, utente=utente, **form.cleaned_data)
    except DatiNonValidi as errore:
        riporta_errori(form, errore)
        return False
    return True


def _chi(azione: Azione, request: HttpRequest, programma: Programma) -> Utente:
    """The person, if they may; 403 in words otherwise."""
    if not isinstance(request.user, Utente) or puo(azione, request.user, programma) is None:
        raise PermissionDenied(f"Non puoi {azione.verbo}: lo fa chi ne ha il ruolo.")
    return request.user


def _non_adesso(request: HttpRequest, programma: Programma, messaggio: str) -> HttpResponse:
    programma.refresh_from_db()
    return non_piu(request, programma, messaggio, _all_elenco(programma))


def _all_elenco(programma: Programma) -> HttpResponse:
    return redirect("osservazioni", programma.distretto.codice, programma.edizione)
