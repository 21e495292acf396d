"""What the rule of a line, as it is typed, would do to the percentages: nothing is saved here.

The rule is written on the floor below (``programmi.views.regola``); what it is worth is known here.
"""

from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from programmi.forms.regola import NESSUNA, RegolaForm
from programmi.models import Indicatore, Programma
from programmi.regola import TipoRegola
from programmi.views.eliminate import riga_eliminata
from programmi.views.porta import scrive
from programmi.views.regola import pagina_regola, regola_scritta
from programmi.views.righe import riga_di
from valutazione.effetto import Effetto, effetto_di_documento
from valutazione.letture import valutazione_di
from valutazione.scheda.errori import SchedaNonValida
from valutazione.scheda.regole import con_regole


@require_POST
@scrive
def regola_effetto(request: HttpRequest, programma: Programma, pk: int) -> HttpResponse:
    """The effect, with what was typed carried along: to be saved, or to be changed again."""
    if programma.variazione:
        return redirect("confronto", programma.distretto.codice, programma.edizione)
    riga = riga_di(programma, pk)
    if riga is None:
        return riga_eliminata(request, programma, pk, regola_scritta(request, programma))
    tipo = request.POST.get("tipo", "")
    if tipo != NESSUNA and tipo not in set(TipoRegola):
        raise BadRequest("Forma di regola sconosciuta.")
    regola, in_parole = None, "non valutata"
    if tipo != NESSUNA:
        form = RegolaForm(request.POST, tipo=TipoRegola(tipo), programma=programma, attuale=riga.regola_json)
        if not form.is_valid():
            return pagina_regola(request, riga, form)
        regola, in_parole = form.json, form.in_parole
    contesto = {
        "programma": programma,
        "riga": riga,
        "senza_regola": regola is None,
        "in_parole": in_parole,
        "effetto": _effetto(programma, riga, regola),
        "digitato": [(n, v) for n, vs in request.POST.lists() if n != "csrfmiddlewaretoken" for v in vs],
    }
    return render(request, "valutazione/regola_effetto.html", contesto)


def _effetto(programma: Programma, riga: Indicatore, regola: dict[str, Any] | None) -> Effetto | None:
    """None while the programme is not whole enough to be evaluated."""
    try:
        prima = valutazione_di(programma)
        dopo = con_regole(prima.documento, lambda di, era: regola if di == riga.codice else era)
        return effetto_di_documento(prima, dopo)
    except SchedaNonValida:
        return None
