"""A programme as it reads: the promise for everyone, the percentages for who follows it."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from programmi.accesso import programma_o_404
from programmi.models import AzionePassaggio, Programma
from programmi.orologio import orologio
from programmi.permissions import puo_scrivere_programma, segue_programma
from programmi.procedura import azioni_ammesse
from programmi.variazione.lettura import variazioni_di
from valutazione.accesso import programma_valutabile
from valutazione.chiusura import registra_ora
from valutazione.chiusura.lettura import puo_ora
from valutazione.letture import promessa_di, valutazione_di
from valutazione.manca import cosa_manca_di
from valutazione.pagine import (
    aderenti_in_pagina,
    azioni_in_pagina,
    azioni_promesse,
    pagina_azione,
    su_piu_righe,
)
from valutazione.permissions import (
    puo_dare_estremi,
    puo_fare_relazione,
    puo_vedere_valutazione,
    puo_verificare_programma,
)
from valutazione.scheda.completamenti import righe_lasciate
from valutazione.tabella import COMPLETAMENTO

_A = AzionePassaggio


def _permessi(request: HttpRequest, programma: Programma) -> dict[str, Any]:
    utente = request.user
    return {
        "segue": segue_programma(utente, programma),
        "puo_vedere": puo_vedere_valutazione(utente, programma),
        "puo_registrare": registra_ora(utente, programma),
        "puo_verificare": puo_verificare_programma(utente, programma),
        "puo_scrivere": puo_scrivere_programma(utente, programma) and programma.modificabile,
        "azioni": azioni_ammesse(utente, programma),
        "puo_fare_relazione": puo_fare_relazione(utente, programma),
        "puo_dare_estremi": puo_dare_estremi(utente, programma),
    }


_INDIETRO = {
    AzionePassaggio.RINVIO: "L'Agenzia chiede integrazioni",
    AzionePassaggio.RESTITUZIONE: "Il dirigente ha restituito il programma",
    AzionePassaggio.RITIRO: "Il distretto ha ritirato il programma",
    AzionePassaggio.RESPINGIMENTO: "Il programma è respinto",
}
"""The steps after which who opens the page looks for the reason first."""


@login_not_required
@require_safe
def programma(request: HttpRequest, codice: str, anno: int) -> HttpResponse:
    """The page of a programme."""
    trovato = programma_o_404(request.user, codice, anno)
    contesto = _permessi(request, trovato) | {"programma": trovato}
    if contesto["puo_vedere"]:
        valutazione = valutazione_di(trovato)
        scheda = valutazione.scheda
        manca = cosa_manca_di(request.user, [valutazione], timezone.localdate())[0]
        contesto |= {"valutazione": valutazione, "esito": valutazione.esito, "manca": manca}
        obbligatorie, progettualita = azioni_in_pagina(valutazione)
    else:
        scheda = promessa_di(trovato)
        obbligatorie, progettualita = azioni_promesse(scheda)
    giorno = trovato.aderenti_al or min(trovato.al, timezone.localdate())
    contesto |= {
        "indietro": _indietro(trovato) if contesto["segue"] else None,
        "variazioni": variazioni_di(trovato) if contesto["segue"] else [],
        "obbligatorie": obbligatorie,
        "progettualita": progettualita,
        "aderenti_al": giorno,
        "aderenti": aderenti_in_pagina(scheda, giorno),
        "attori": trovato.attori.all(),
        "canali": trovato.canali.all(),
    }
    contesto |= _procedura(trovato, tutti=contesto["segue"])
    return render(request, "valutazione/programma.html", contesto)


def _indietro(programma: Programma) -> tuple[str, str] | None:
    """If the last step sent the programme back, or stopped it: what happened, and why."""
    ultimo = programma.passaggi.order_by("-ordine").first()
    titolo = None if ultimo is None else _INDIETRO.get(AzionePassaggio(ultimo.azione))
    return None if ultimo is None or titolo is None else (titolo, ultimo.nota)


def _procedura(programma: Programma, *, tutti: bool) -> dict[str, Any]:
    """The steps; their clock for who follows the programme; when what everyone reads last changed."""
    letti = programma.passaggi.all().leggibili(tutti=tutti).select_related("atto", "utente")
    passaggi = list(letti.order_by("ordine"))
    aggiornamenti = [p.il for p in passaggi if p.azione in (_A.APPROVAZIONE, _A.VARIAZIONE)]
    return {
        "passaggi": passaggi,
        "orologio": orologio(programma, passaggi, timezone.localdate()) if tutti else None,
        "aggiornato_il": aggiornamenti[-1] if aggiornamenti and programma.pubblico else None,
    }


@login_not_required
@require_safe
def progettualita(request: HttpRequest, codice: str, anno: int, numero: int) -> HttpResponse:
    """One progettualità, with all the fields of the act."""
    trovato = programma_o_404(request.user, codice, anno)
    scelta = get_object_or_404(
        trovato.progettualita.prefetch_related(
            "classificazioni_in_ordine__voce__schema",
            "referenti__organizzazione",
            "referenti__distretto",
            "indicatori__progettualita",
        ),
        numero=numero,
    )
    contesto = _permessi(request, trovato) | {"programma": trovato, "progettualita": scelta}
    numeri = list(trovato.progettualita.order_by("numero").values_list("numero", flat=True))
    posto = numeri.index(numero)
    contesto["precedente"] = numeri[posto - 1] if posto else None
    contesto["successiva"] = numeri[posto + 1] if posto + 1 < len(numeri) else None
    if contesto["puo_vedere"]:
        contesto |= _valutata(request, trovato, scelta.codice)
    else:
        _, promesse = azioni_promesse(promessa_di(trovato))
        contesto["azione"] = next(azione for azione in promesse if azione.codice == scelta.codice)
    return render(request, "valutazione/progettualita.html", contesto)


def _valutata(request: HttpRequest, programma: Programma, codice: str) -> dict[str, Any]:
    """An action with its ledgers, its three values and what it lacks."""
    valutazione = valutazione_di(programma)
    manca = cosa_manca_di(request.user, [valutazione], timezone.localdate())[0]
    valori = valutazione.esito.azione(codice).valori
    return {
        "azione": pagina_azione(valutazione, codice),
        "tre_valori": [("La progettualità", valori)],
        "manca": [voce for voce in manca.da_fare if voce.azione == codice],
    }


@require_safe
def perche(request: HttpRequest, codice: str, anno: int, azione: str = "") -> HttpResponse:
    """The ledger: every percentage of the programme, or of one action, with its reasons."""
    trovato = programma_valutabile(request, codice, anno)
    valutazione = valutazione_di(trovato)
    obbligatorie, progettualita = azioni_in_pagina(valutazione)
    azioni = [*obbligatorie, *progettualita]
    if azione:
        azioni = [voce for voce in azioni if voce.codice == azione]
        if not azioni:
            raise Http404
    contesto = {
        "programma": trovato,
        "valutazione": valutazione,
        "esito": valutazione.esito,
        "azioni": azioni,
        "azione_scelta": azione,
        "lasciate": righe_lasciate(trovato) if puo_ora(COMPLETAMENTO, request.user, trovato) else [],
        "piu_righe": su_piu_righe(
            valutazione, {v.codice: v.pk for a in azioni for riga in a.righe for v in riga.voci}
        ),
    }
    return render(request, "valutazione/perche.html", contesto)
