"""What each role may do, in words: the steps from the declared table, the rest said here."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from distretti.models import RUOLI_DI_DISTRETTO, Ruolo
from distretti.persone.obbligo import RUOLI_CON_SECONDO_FATTORE
from programmi.tabella import AZIONI

OLTRE_LA_PROCEDURA: Mapping[Ruolo, tuple[str, ...]] = {
    Ruolo.MANAGER: (
        "registra le evidenze durante tutto l'anno",
        "a fine anno scrive e trasmette l'autovalutazione, poi replica alle decisioni contrarie",
    ),
    Ruolo.COORDINATORE: (),
    Ruolo.REFERENTE_AMMINISTRATIVO: (),
    Ruolo.REFERENTE_ATTIVITA: (
        "verifica le evidenze, conclude la verifica dell'anno o restituisce l'autovalutazione",
        "definisce e pubblica il risultato dell'anno",
        "tiene il registro dei distretti e degli aderenti",
    ),
    Ruolo.VERIFICATORE: (
        "verifica le evidenze, mai quelle che ha registrato",
        "conclude la verifica dell'anno, o restituisce l'autovalutazione",
    ),
    Ruolo.DIRIGENTE: (
        "definisce e pubblica il risultato dell'anno; riapre la verifica per correggerlo",
        "legge chi ha quali incarichi",
    ),
    Ruolo.SOSTITUTO: ("nei giorni del suo incarico può ciò che può il dirigente",),
    Ruolo.AUDITOR: ("legge tutto dell'autorità, anche chi ha quali incarichi, e non cambia nulla",),
    Ruolo.AMMINISTRATORE: (
        "invita le persone, affida e chiude gli incarichi",
        "tiene il registro dei distretti e degli aderenti",
        "crea e revoca i token delle applicazioni",
    ),
}
"""Everybody reads the programmes their role reaches, with evidence and percentages: said once, above."""


@require_safe
def ruolo_list(request: HttpRequest) -> HttpResponse:
    """For who works here: which role does what, and when."""
    ruoli = [
        {
            "ruolo": ruolo,
            "di_distretto": ruolo in RUOLI_DI_DISTRETTO,
            "secondo_fattore": ruolo in RUOLI_CON_SECONDO_FATTORE,
            "altro": OLTRE_LA_PROCEDURA[ruolo],
            "azioni": [azione for azione in AZIONI if ruolo in azione.ruoli],
        }
        for ruolo in Ruolo
        if ruolo is not Ruolo.LETTORE
    ]
    return render(request, "programmi/ruoli.html", {"ruoli": ruoli})
