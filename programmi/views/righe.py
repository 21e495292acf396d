"""Writing the lines: their words, then their rule in two steps (the form of rule, its fields)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from distretti.errori import DatiNonValidi
from distretti.views.risposte import CONFLITTO, NON_VALIDO, inviati, riporta_errori
from programmi.completezza import prescritte
from programmi.errori import ModificatoNelFrattempo
from programmi.forms.base import in_conflitto
from programmi.forms.righe import RigaForm, RigaObbligatoriaForm
from programmi.models import Indicatore, Progettualita, Programma
from programmi.osservazioni import accanto
from programmi.services import DatiRiga, crea_riga, elimina_riga, salva_riga, sposta_riga
from programmi.versioni import istantanea_riga, versione_di
from programmi.views.eliminate import progettualita_della_riga_eliminata, riga_eliminata
from programmi.views.porta import al_modulo, scrive
from programmi.views.progettualita import direzione_di

NON_PIU_DEL_MODELLO = (
    "Era un'azione obbligatoria del modello dell'anno: finché manca, un programma che richiede il contributo "
    "non si può trasmettere."
)
CAMPI = ("testo", "testo_regola", "testo_evidenze", "sezione")
GIORNI = ("dal", "al")


def riga_o_404(programma: Programma, pk: int) -> Indicatore:
    """A line of this programme: an id of another one does not exist here."""
    riga = riga_di(programma, pk)
    if riga is None:
        raise Http404
    return riga


def riga_di(programma: Programma, pk: int) -> Indicatore | None:
    """A line of this programme, unless someone deleted it."""
    return programma.indicatori.select_related("progettualita", "programma").filter(pk=pk).first()


def dopo_la_riga(programma: Programma, progettualita: Progettualita | None) -> HttpResponse:
    """Back to where the line stands."""
    if progettualita is None:
        return al_modulo(programma, "obbligatorie")
    risposta = redirect(
        "progettualita-modifica",
        codice=programma.distretto.codice,
        anno=programma.edizione,
        pk=progettualita.pk,
    )
    risposta["Location"] += "#righe"
    return risposta


@require_http_methods(["GET", "HEAD", "POST"])
@scrive
def obbligatoria_create(request: HttpRequest, programma: Programma) -> HttpResponse:
    """A compulsory line that the template does not have."""
    return _nuova(request, programma, None)


@require_http_methods(["GET", "HEAD", "POST"])
@scrive
def indicatore_create(request: HttpRequest, programma: Programma, pk: int) -> HttpResponse:
    """A line of the progettualità ``pk``."""
    progettualita = programma.progettualita.filter(pk=pk).first()
    if progettualita is None:
        return progettualita_della_riga_eliminata(request, programma, pk, RigaForm(inviati(request)))
    return _nuova(request, programma, progettualita)


def _nuova(request: HttpRequest, programma: Programma, progettualita: Progettualita | None) -> HttpResponse:
    classe = RigaObbligatoriaForm if progettualita is None else RigaForm
    form = classe(inviati(request), giorni=bool(programma.variazione))
    if request.method == "POST" and form.is_valid():
        try:
            riga = crea_riga(programma=programma, progettualita=progettualita, dati=_dati(form))
        except DatiNonValidi as errore:
            riporta_errori(form, errore)
        else:
            messages.success(request, f"La riga {riga.codice} è salvata: ora la sua regola.")
            return redirect(
                "indicatore-regola", codice=programma.distretto.codice, anno=programma.edizione, pk=riga.pk
            )
    contesto: dict[str, Any] = {
        "programma": programma,
        "progettualita": progettualita,
        "form": form,
        "prescritta": False,
    }
    stato = NON_VALIDO if request.method == "POST" else 200
    return render(request, "programmi/riga.html", contesto, status=stato)


@require_http_methods(["GET", "HEAD", "POST"])
@scrive
def indicatore_update(request: HttpRequest, programma: Programma, pk: int) -> HttpResponse:
    """The words of a line."""
    riga = riga_di(programma, pk)
    if riga is None:
        classe = RigaObbligatoriaForm if "sezione" in request.POST else RigaForm
        return riga_eliminata(request, programma, pk, classe(inviati(request)))
    classe = RigaObbligatoriaForm if riga.progettualita is None else RigaForm
    iniziale = {campo: getattr(riga, campo) for campo in (*CAMPI, *GIORNI)}
    iniziale["versione"] = versione_di(istantanea_riga(riga))
    form = classe(inviati(request), initial=iniziale, giorni=bool(programma.variazione))
    accanto(form, programma, riga.codice)
    prescritta = bool(prescritte(programma, [riga]))
    contesto: dict[str, Any] = {
        "programma": programma,
        "progettualita": riga.progettualita,
        "riga": riga,
        "prescritta": prescritta,
        "form": form,
    }
    stato = 200
    if request.method == "POST":
        stato = NON_VALIDO
        if form.is_valid():
            try:
                salvata = salva_riga(riga=riga, dati=_dati(form), versione=form.versione_letta)
            except DatiNonValidi as errore:
                riporta_errori(form, errore)
            except ModificatoNelFrattempo as errore:
                contesto["conflitto"], stato = in_conflitto(form, errore), CONFLITTO
            else:
                messages.success(request, f"La riga {riga.codice} è salvata.")
                if prescritta and not prescritte(programma, [salvata]):
                    messages.warning(request, NON_PIU_DEL_MODELLO)
                return dopo_la_riga(programma, riga.progettualita)
    return render(request, "programmi/riga.html", contesto, status=stato)


def _dati(form: RigaForm) -> DatiRiga:
    letti = form.cleaned_data
    giorni = (letti["dal"], letti["al"]) if "dal" in letti else None
    return DatiRiga(**{campo: letti[campo] for campo in CAMPI if campo in letti}, giorni=giorni)


@require_POST
@scrive
def indicatore_delete(request: HttpRequest, programma: Programma, pk: int) -> HttpResponse:
    riga = riga_o_404(programma, pk)
    codice, progettualita = riga.codice, riga.progettualita
    prescritta = prescritte(programma, [riga])
    elimina_riga(riga=riga)
    messages.success(request, f"La riga {codice} è eliminata; le altre sono rinumerate.")
    if prescritta:
        messages.warning(request, NON_PIU_DEL_MODELLO)
    return dopo_la_riga(programma, progettualita)


@require_POST
@scrive
def indicatore_move(request: HttpRequest, programma: Programma, pk: int) -> HttpResponse:
    riga = riga_o_404(programma, pk)
    sposta_riga(riga=riga, direzione=direzione_di(request))
    return dopo_la_riga(programma, riga.progettualita)
