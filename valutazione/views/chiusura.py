"""The closing of a year: where it stands, and a page for each step of its table."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from distretti.errori import DatiNonValidi, StatoNonAmmesso
from distretti.models import Utente
from distretti.views.risposte import CONFLITTO, NON_VALIDO, inviati, riporta_errori
from programmi.models import Programma
from programmi.procedura.frattempo import SuperatoNelFrattempo
from valutazione.accesso import programma_valutabile, utente_di
from valutazione.autovalutazione.avvertenze import avvertenze_di, righe_incomplete
from valutazione.autovalutazione.azioni import azioni_dichiarate, commenti_di
from valutazione.chiusura import (
    ChiusuraIncompleta,
    azioni_ammesse,
    chiusura_di,
    compi,
    mancanze,
    passaggi_di,
    stato_di,
    ultimo_ordine,
)
from valutazione.chiusura.attese import attesa_di
from valutazione.chiusura.lettura import passaggi_dopo
from valutazione.chiusura.pagine import PAGINE
from valutazione.chiusura.passi import superato
from valutazione.forms.chiusura import PassoForm
from valutazione.letture import valutazione_di
from valutazione.models import Autovalutazione, AzioneChiusura, PassaggioChiusura
from valutazione.parole import AltraAzioneChiusura
from valutazione.permissions import ostacolo_a, ruolo_per
from valutazione.risultati.lettura import pacchetto_congelato
from valutazione.tabella import PER_CODICE, TRANSIZIONI, Azione

_INTANTO = (AltraAzioneChiusura.COMMENTO, AltraAzioneChiusura.DECISIONE, AltraAzioneChiusura.REPLICA)


@require_safe
def chiusura(request: HttpRequest, codice: str, anno: int) -> HttpResponse:
    """Where the closing stands, the steps taken, what comes next and what it still lacks."""
    programma = programma_valutabile(request, codice, anno)
    attuale, oggi = chiusura_di(programma), timezone.localdate()
    stato = stato_di(programma)
    prossimi = [azione for azione in TRANSIZIONI if azione.avanti and azione.ammessa_da(programma, stato)]
    mancano = [(azione, mancanze(AzioneChiusura(azione.codice), programma, oggi)) for azione in prossimi]
    fermi = [azione for azione, frasi in mancano if frasi]
    azioni = [(azione, _spicca(azione, fermi)) for azione in azioni_ammesse(request.user, programma)]
    contesto = {
        "programma": programma,
        "chiusura": attuale,
        "attesa": attesa_di(programma, attuale, oggi),
        "azioni": sorted(azioni, key=lambda coppia: not coppia[1]),
        "prossimi": mancano,
        "passaggi": list(passaggi_di(programma).select_related("autovalutazione")),
        "autovalutazioni": list(Autovalutazione.objects.filter(programma=programma).per_elenco()),
    }
    return render(request, "valutazione/chiusura.html", contesto)


def _spicca(azione: Azione, fermi: list[Azione]) -> bool:
    """The button that stands out: the next step, or what there is to do while the step lacks something."""
    return azione.codice in _INTANTO if fermi else azione.avanti


@require_http_methods(["GET", "HEAD", "POST"])
def chiusura_passo(request: HttpRequest, codice: str, anno: int, azione: str) -> HttpResponse:
    """Take the step ``azione``: fetch, predicate, nobody in between, state, form, service."""
    programma = programma_valutabile(request, codice, anno)
    if azione not in PAGINE:
        raise Http404
    voce, utente = PER_CODICE[azione], utente_di(request)
    if ruolo_per(voce, utente, programma) is None:
        raise PermissionDenied(ostacolo_a(voce, utente, programma))
    form = _modulo(request, voce, programma)
    try:
        _nessuno_prima(form, programma)
        stato = stato_di(programma)
        if not voce.ammessa_da(programma, stato):
            raise StatoNonAmmesso(voce.rifiuto(programma, stato))
        if request.method == "POST" and form.is_valid() and _compi(voce, programma, utente, form):
            messages.success(request, PAGINE[AzioneChiusura(voce.codice)].fatto)
            return redirect("chiusura", codice, anno)
    except SuperatoNelFrattempo as errore:
        form.rimetti_dopo(ultimo_ordine(programma))
        return _pagina(request, voce, programma, form, CONFLITTO, nel_frattempo=errore.messaggio)
    except StatoNonAmmesso as errore:
        messages.error(request, errore.messaggio)
        return redirect("chiusura", codice, anno)
    return _pagina(request, voce, programma, form, NON_VALIDO if request.method == "POST" else 200)


def _modulo(request: HttpRequest, voce: Azione, programma: Programma) -> PassoForm:
    return PAGINE[AzioneChiusura(voce.codice)].form(
        inviati(request),
        request.FILES if request.method == "POST" else None,
        initial={"dopo": ultimo_ordine(programma)},
        programma=programma,
    )


def _nessuno_prima(form: PassoForm, programma: Programma) -> None:
    """Before its fields are looked at: was another step taken since the page was opened?"""
    if form.dopo_letto is not None:
        altro = passaggi_dopo(programma, form.dopo_letto).select_related("chiusura__programma").last()
        if altro is not None:
            raise superato(altro)


def _compi(voce: Azione, programma: Programma, utente: Utente, form: PassoForm) -> PassaggioChiusura | None:
    """The service of the step; what it refuses of the data goes beside the fields."""
    try:
        return compi(AzioneChiusura(voce.codice), programma=programma, utente=utente, **form.parametri())
    except DatiNonValidi as errore:
        riporta_errori(form, errore)
    except ChiusuraIncompleta as errore:
        form.add_error(None, errore.mancanze)
    return None


def _pagina(
    request: HttpRequest,
    voce: Azione,
    programma: Programma,
    form: PassoForm,
    stato: int,
    nel_frattempo: str = "",
) -> HttpResponse:
    azione, oggi = AzioneChiusura(voce.codice), timezone.localdate()
    ancora = voce.ammessa_da(programma, stato_di(programma))
    contesto: dict[str, Any] = {
        "programma": programma,
        "form": form,
        "pagina": PAGINE[azione],
        "mancanze": mancanze(azione, programma, oggi) if ancora else [],
        "nel_frattempo": nel_frattempo,
        "ancora_ammesso": ancora,
        "azioni_dichiarate": None,
        "esito": None,
        "avvertenze": [],
    }
    if azione is AzioneChiusura.TRASMISSIONE_AUTOVALUTAZIONE:
        valutazione = valutazione_di(programma)
        contesto |= {
            "esito": valutazione.esito,
            "azioni_dichiarate": azioni_dichiarate(valutazione, commenti_di(programma)),
            "avvertenze": avvertenze_di(valutazione, oggi),
        }
    elif ancora:
        contesto |= _quanto_vale(azione, programma)
    return render(request, "valutazione/chiusura_passo.html", contesto, status=stato)


def _quanto_vale(azione: AzioneChiusura, programma: Programma) -> dict[str, Any]:
    """The percentages that the step is about: those of now, or the frozen ones that are to be published."""
    if azione in (AzioneChiusura.CONCLUSIONE_VERIFICA, AzioneChiusura.DEFINIZIONE_RISULTATO):
        valutazione = valutazione_di(programma)
        return {"esito": valutazione.esito, "avvertenze": list(righe_incomplete(valutazione))}
    if azione is AzioneChiusura.PUBBLICAZIONE_RISULTATO:
        letto = pacchetto_congelato(programma)
        return {} if letto is None else {"esito": letto.pacchetto.esito_letto}
    return {}
