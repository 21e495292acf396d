"""The steps of the procedure: one page for each row of the declared table."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from distretti.errori import DatiNonValidi, StatoNonAmmesso
from distretti.models import Utente
from distretti.views.risposte import CONFLITTO, NON_VALIDO, inviati, riporta_errori
from programmi.accesso import programma_o_404
from programmi.completezza import completezza
from programmi.edizione import Edizione
from programmi.errori import ProgrammaIncompleto
from programmi.forms.procedura import PassoForm
from programmi.models import AzionePassaggio, Passaggio, Programma
from programmi.osservazioni import aperte
from programmi.permissions import ostacolo, puo
from programmi.procedura import (
    PER_CODICE,
    Azione,
    SuperatoNelFrattempo,
    approva,
    compi,
    passaggi_dopo,
    respingi,
    trasmetti,
    ultimo_ordine,
)
from programmi.views.pagine_passaggi import PAGINE

_CON_ATTO: dict[AzionePassaggio, Callable[..., Passaggio]] = {
    AzionePassaggio.TRASMISSIONE: trasmetti,
    AzionePassaggio.APPROVAZIONE: approva,
    AzionePassaggio.RESPINGIMENTO: respingi,
}


@require_http_methods(["GET", "HEAD", "POST"])
def programma_passaggio(request: HttpRequest, codice: str, anno: Edizione, azione: str) -> HttpResponse:
    """Take the step ``azione``: fetch, predicate, nobody in between, state, form, service."""
    programma = programma_o_404(request.user, codice, anno)
    if azione not in PAGINE:
        raise Http404
    voce, utente = PER_CODICE[azione], request.user
    if not isinstance(utente, Utente) or puo(voce, utente, programma) is None:
        raise PermissionDenied(ostacolo(voce, utente, programma))
    form = _modulo(request, voce, programma)
    try:
        _nessuno_prima(form, programma)
        if not voce.ammessa_da(programma):
            raise StatoNonAmmesso(voce.rifiuto(programma))
        if request.method == "POST" and form.is_valid() and _compi(voce, programma, utente, form):
            messages.success(request, PAGINE[AzionePassaggio(voce.codice)].fatto)
            return redirect(programma)
    except SuperatoNelFrattempo as errore:
        programma.refresh_from_db()
        form.rimetti_dopo(ultimo_ordine(programma))
        return _pagina(request, voce, programma, form, CONFLITTO, nel_frattempo=errore.messaggio)
    except StatoNonAmmesso as errore:
        messages.error(request, errore.messaggio)
        return redirect(programma)
    return _pagina(request, voce, programma, form, NON_VALIDO if request.method == "POST" else 200)


def _modulo(request: HttpRequest, voce: Azione, programma: Programma) -> PassoForm:
    return PAGINE[AzionePassaggio(voce.codice)].form(
        inviati(request),
        request.FILES if request.method == "POST" else None,
        initial={"dopo": ultimo_ordine(programma)},
        programma=programma,
    )


def _nessuno_prima(form: PassoForm, programma: Programma) -> None:
    """Before its fields are looked at: was another step taken since the page was opened?"""
    if form.dopo_letto is not None:
        altro = passaggi_dopo(programma, form.dopo_letto).select_related("utente").last()
        if altro is not None:
            raise SuperatoNelFrattempo(altro)


def _compi(voce: Azione, programma: Programma, utente: Utente, form: PassoForm) -> Passaggio | None:
    """The service of the step; what it refuses of the data goes beside the fields."""
    azione = AzionePassaggio(voce.codice)
    servizio = _CON_ATTO.get(azione, partial(compi, azione))
    try:
        return servizio(programma=programma, utente=utente, **form.parametri())
    except DatiNonValidi as errore:
        riporta_errori(form, errore)
    except ProgrammaIncompleto as errore:
        form.add_error(None, list(errore.mancanze))
    except StatoNonAmmesso as errore:
        if not voce.ammessa_da(programma):
            raise
        form.add_error(None, errore.messaggio)  # a condition of the step: what was typed stays
    return None


def _pagina(
    request: HttpRequest,
    voce: Azione,
    programma: Programma,
    form: PassoForm,
    stato: int,
    nel_frattempo: str = "",
) -> HttpResponse:
    azione = AzionePassaggio(voce.codice)
    pagina = PAGINE[azione]
    contesto: dict[str, Any] = {
        "programma": programma,
        "form": form,
        "pagina": pagina,
        "completezza": completezza(programma) if pagina.con_completezza else None,
        "osservazioni": aperte(programma) if pagina.con_osservazioni else (),
        "nel_frattempo": nel_frattempo,
        "ancora_ammesso": voce.ammessa_da(programma),
    }
    return render(request, "programmi/passaggio.html", contesto, status=stato)
