"""The Agenzia says what an act leaves to it: the hours offered, the percentage assigned."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from distretti.errori import DatiNonValidi, ModificatoNelFrattempo, StatoNonAmmesso
from distretti.versioni import versione_di
from distretti.views.risposte import CONFLITTO, inviati, riporta_errori, stato_di
from programmi.forms.base import in_conflitto
from programmi.models import Indicatore, Programma
from programmi.regola import frase
from programmi.views.superati import non_piu
from valutazione.accesso import programma_valutabile, utente_di
from valutazione.effetto import Effetto, effetto_di_documento
from valutazione.forms.completamento import CompletamentoForm
from valutazione.letture import Valutazione, valutazione_di
from valutazione.models import Completamento
from valutazione.pagine import azione_di
from valutazione.permissions import ostacolo_a, ruolo_per
from valutazione.scheda.completamenti import con_completamenti, da_completare
from valutazione.scheda.errori import SchedaNonValida
from valutazione.scheda.regole import con_regole
from valutazione.services.completamento import Detto, salva_completamento, valori_detti
from valutazione.tabella import COMPLETAMENTO


@require_http_methods(["GET", "HEAD", "POST"])
def completamento(request: HttpRequest, codice: str, anno: int, riga: str) -> HttpResponse:
    """The page of one line, with the effect before it is saved."""
    programma = programma_valutabile(request, codice, anno)
    if ruolo_per(COMPLETAMENTO, request.user, programma) is None:
        ostacolo = ostacolo_a(COMPLETAMENTO, request.user, programma)
        raise PermissionDenied(ostacolo or "Ciò che l'atto lascia all'autorità lo dice l'Agenzia.")
    indicatore = _riga_o_404(programma, riga)
    chiave = da_completare(indicatore.regola)
    if not chiave:
        perche = f"La riga {riga} non aspetta niente dall'autorità."
        return non_piu(request, programma, perche, _al_perche(programma, riga))
    detto = Completamento.objects.filter(indicatore=indicatore).select_related("detto_da").first()
    form = CompletamentoForm(
        inviati(request),
        chiave=chiave,
        detto=detto,
        initial={"versione": versione_di(valori_detti(detto))},
    )
    valutazione = valutazione_di(programma)
    contesto: dict[str, Any] = {
        "programma": programma,
        "riga": valutazione.scheda.righe[riga],
        "frase": frase(_regola(valutazione, riga)),
        "detto": detto,
        "form": form,
        "effetto": None,
    }
    if request.method == "POST" and form.is_valid():
        return _invia(request, indicatore, valutazione, contesto)
    return render(request, "valutazione/completamento.html", contesto, status=stato_di(form))


def _invia(
    request: HttpRequest, indicatore: Indicatore, valutazione: Valutazione, contesto: dict[str, Any]
) -> HttpResponse:
    """Save what was typed, or only show its effect; the page again with what was refused of it."""
    form: CompletamentoForm = contesto["form"]
    chiave, stato = da_completare(indicatore.regola), None
    try:
        contesto["effetto"] = _effetto(valutazione, indicatore, chiave, form.detto())
        if request.POST.get("azione") != "effetto":
            return _salva(request, indicatore, form)
    except DatiNonValidi as errore:
        riporta_errori(form, errore)
    except ModificatoNelFrattempo as errore:
        contesto["conflitto"], stato = in_conflitto(form, errore), CONFLITTO
    except StatoNonAmmesso as errore:
        programma = valutazione.programma
        return non_piu(request, programma, errore.messaggio, _al_perche(programma, indicatore.codice))
    return render(request, "valutazione/completamento.html", contesto, status=stato or stato_di(form))


def _salva(request: HttpRequest, riga: Indicatore, form: CompletamentoForm) -> HttpResponse:
    salva_completamento(
        riga=riga, detto=form.detto(), utente=utente_di(request), versione=form.versione_letta
    )
    messages.success(request, f"La riga {riga.codice} è completata.")
    return _al_perche(riga.programma, riga.codice)


def _al_perche(programma: Programma, riga: str) -> HttpResponse:
    distretto = programma.distretto.codice
    return redirect("perche-azione", distretto, programma.edizione, azione_di(riga))


def _regola(valutazione: Valutazione, riga: str) -> Any:
    return valutazione.scheda.righe[riga].regola


def _riga_o_404(programma: Programma, codice: str) -> Indicatore:
    righe = Indicatore.objects.filter(programma=programma).select_related("progettualita", "programma")
    trovata = next((riga for riga in righe if riga.codice == codice), None)
    if trovata is None:
        raise Http404
    trovata.programma = programma
    return trovata


def _effetto(valutazione: Valutazione, riga: Indicatore, chiave: str, detto: Detto) -> Effetto:
    """What saving ``detto`` would change. Raises ``DatiNonValidi`` when the scheda would not hold."""
    valori = {"ore_previste": detto.ore_previste}
    if chiave == "assegnata":
        valori = {"assegnata": detto.assegnata, "motivazione": detto.motivazione}
    documento = _senza(valutazione.documento, riga.codice, chiave)
    try:
        return effetto_di_documento(valutazione, con_completamenti(documento, {riga.codice: valori}))
    except SchedaNonValida as errore:
        raise DatiNonValidi({chiave: f"Il numero {errore.errori[0].messaggio}."}) from errore


def _senza(documento: dict[str, Any], codice: str, chiave: str) -> dict[str, Any]:
    """The scheda before anybody said anything of the line."""

    def aperta(di: str, regola: dict[str, Any] | None) -> dict[str, Any] | None:
        if di != codice or regola is None:
            return regola
        return {nome: valore for nome, valore in regola.items() if nome != "motivazione"} | {chiave: None}

    return con_regole(documento, aperta)
