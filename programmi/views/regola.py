"""The rule of a line, in two steps that work without scripts: which form of rule, then its fields."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from distretti.errori import DatiNonValidi
from distretti.views.risposte import CONFLITTO, NON_VALIDO, inviati, riporta_errori
from programmi.completezza import prescritte
from programmi.errori import ModificatoNelFrattempo
from programmi.forms.base import ParteForm, in_conflitto
from programmi.forms.regola import NESSUNA, FormaRegolaForm, RegolaForm
from programmi.models import Indicatore, Programma
from programmi.regola import TipoRegola
from programmi.services import salva_regola
from programmi.versioni import istantanea_regola, versione_di
from programmi.views.eliminate import riga_eliminata
from programmi.views.porta import scrive
from programmi.views.righe import dopo_la_riga, riga_di


@require_http_methods(["GET", "HEAD", "POST"])
@scrive
def indicatore_regola(request: HttpRequest, programma: Programma, pk: int) -> HttpResponse:
    """``?tipo=``: the second step. POST saves, or with ``anteprima`` only shows the sentence."""
    riga = riga_di(programma, pk)
    if riga is None:
        return riga_eliminata(request, programma, pk, regola_scritta(request, programma))
    contesto = _contesto(programma, riga)
    scelta = request.POST.get("tipo") or request.GET.get("tipo")
    if scelta == NESSUNA:
        return _nessuna(request, riga, contesto)
    if scelta not in set(TipoRegola):
        return _scegli(request, riga, contesto, scelta)
    versione = versione_di(istantanea_regola(riga))
    form = RegolaForm(
        inviati(request),
        tipo=TipoRegola(str(scelta)),
        programma=programma,
        attuale=riga.regola_json,
        initial={"versione": versione},
    )
    contesto |= {"form": form, "tipo": scelta}
    if request.method != "POST":
        return render(request, "programmi/regola.html", contesto)
    if not form.is_valid():
        return pagina_regola(request, riga, form)
    if "anteprima" in request.POST:
        return render(request, "programmi/regola.html", contesto | {"anteprima": form.in_parole})
    return _salva(request, riga, form, form.json, contesto)


def _contesto(programma: Programma, riga: Indicatore) -> dict[str, Any]:
    return {
        "programma": programma,
        "progettualita": riga.progettualita,
        "riga": riga,
        "attuale": istantanea_regola(riga)["Regola"],
        "prescritta": bool(prescritte(programma, [riga])),
    }


def pagina_regola(request: HttpRequest, riga: Indicatore, form: RegolaForm) -> HttpResponse:
    """The second step again, with what is wrong beside its field."""
    contesto = _contesto(form.programma, riga) | {"form": form, "tipo": form.tipo.value}
    return render(request, "programmi/regola.html", contesto, status=NON_VALIDO)


def regola_scritta(request: HttpRequest, programma: Programma) -> ParteForm | None:
    """The rule that was typed for a line deleted meanwhile."""
    tipo = request.POST.get("tipo")
    if tipo not in set(TipoRegola):
        return None
    return RegolaForm(request.POST, tipo=TipoRegola(str(tipo)), programma=programma, attuale=None)


def _scegli(
    request: HttpRequest, riga: Indicatore, contesto: dict[str, Any], scelta: str | None
) -> HttpResponse:
    """First step. An unknown form of rule is said, not guessed."""
    attuale = riga.regola_json
    iniziale = {} if attuale is None else {"tipo": attuale["tipo"]}
    mandata = bool(scelta) or request.method == "POST"
    form = FormaRegolaForm({"tipo": scelta or ""} if mandata else None, initial=iniziale)
    return render(
        request,
        "programmi/regola_forma.html",
        contesto | {"form": form},
        status=NON_VALIDO if mandata else 200,
    )


def _nessuna(request: HttpRequest, riga: Indicatore, contesto: dict[str, Any]) -> HttpResponse:
    """The line is not scored: asked once more, as the rule it had is lost."""
    form = ParteForm(inviati(request), initial={"versione": versione_di(istantanea_regola(riga))})
    contesto |= {"form": form, "tipo": NESSUNA}
    if request.method == "POST" and form.is_valid():
        return _salva(request, riga, form, None, contesto)
    return render(request, "programmi/regola.html", contesto)


def _salva(
    request: HttpRequest,
    riga: Indicatore,
    form: ParteForm,
    regola: dict[str, Any] | None,
    contesto: dict[str, Any],
) -> HttpResponse:
    try:
        salva_regola(riga=riga, regola=regola, versione=form.versione_letta)
    except DatiNonValidi as errore:
        riporta_errori(form, errore)
        return render(request, "programmi/regola.html", contesto, status=NON_VALIDO)
    except ModificatoNelFrattempo as errore:
        contesto["conflitto"] = in_conflitto(form, errore)
        return render(request, "programmi/regola.html", contesto, status=CONFLITTO)
    messages.success(request, f"La regola della riga {riga.codice} è salvata.")
    return dopo_la_riga(riga.programma, riga.progettualita)
