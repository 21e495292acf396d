"""The frozen versions of a programme: the list, one of them to read, the file to keep."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from programmi.accesso import programma_o_404
from programmi.permissions import segue_programma
from valutazione.lettura_versioni import leggi_per, versione_o_404, versioni_leggibili
from valutazione.pagine import aderenti_in_pagina, azioni_promesse
from valutazione.scheda.lettura import leggi_scheda


@login_not_required
@require_safe
def versioni(request: HttpRequest, codice: str, anno: int) -> HttpResponse:
    """All of them for who follows the programme, the approved ones for everyone."""
    programma = programma_o_404(request.user, codice, anno)
    contesto = {
        "programma": programma,
        "segue": segue_programma(request.user, programma),
        "versioni": versioni_leggibili(request.user, programma),
    }
    return render(request, "valutazione/versioni.html", contesto)


@login_not_required
@require_safe
def versione(request: HttpRequest, codice: str, anno: int, numero: int) -> HttpResponse:
    """What the programme said then, to be read."""
    programma = programma_o_404(request.user, codice, anno)
    letta = leggi_per(request.user, versione_o_404(request.user, programma, numero))
    scheda = leggi_scheda(letta.documento)
    obbligatorie, progettualita = azioni_promesse(scheda)
    giorno = scheda.aderenti_al or min(scheda.al, letta.versione.passaggio.il)
    contesto = {
        "programma": programma,
        "versione": letta.versione,
        "nome": f"Versione {numero}",
        "letta": letta,
        "scheda": scheda,
        "obbligatorie": obbligatorie,
        "progettualita": list(zip(scheda.progettualita, progettualita, strict=True)),
        "aderenti_al": giorno,
        "aderenti": aderenti_in_pagina(scheda, giorno),
    }
    return render(request, "valutazione/versione.html", contesto)


@login_not_required
@require_safe
def versione_json(request: HttpRequest, codice: str, anno: int, numero: int) -> HttpResponse:
    """The canonical bytes: their SHA-256 is the one the page shows."""
    programma = programma_o_404(request.user, codice, anno)
    letta = leggi_per(request.user, versione_o_404(request.user, programma, numero))
    intestazioni = {
        "Content-Disposition": f'attachment; filename="{letta.nome_file}"',
        "Repr-Digest": letta.digest,
    }
    return HttpResponse(letta.byte, content_type="application/json", headers=intestazioni)
