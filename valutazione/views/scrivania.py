"""The desk: for the manager what counts and what is missing, for the Agenzia what waits for it."""

import re
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from distretti.models import Ruolo
from distretti.permissions import incarichi_di
from distretti.views.risposte import pagina_di
from programmi.models import Programma
from programmi.permissions import puo_creare_programma
from valutazione.grafici import SERIE, anello_di, mesi_di
from valutazione.letture import Valutazione, valutazioni_di
from valutazione.models import Evidenza, StatoEvidenza, StatoImputazione
from valutazione.pagine import azione_di
from valutazione.permissions import VERIFICANO, puo_registrare
from valutazione.quadro_autorita import incarichi_da_guardare, quadro_di

IN_SCRIVANIA = 2
"""Years of a district shown in full; the others are in the list below."""
ULTIME = 5

DA_VERIFICARE = Count(
    "evidenze__imputazioni",
    filter=Q(
        evidenze__stato=StatoEvidenza.REGISTRATA,
        evidenze__pianificata=False,
        evidenze__imputazioni__stato=StatoImputazione.IN_ATTESA,
    ),
)


@require_safe
def scrivania(request: HttpRequest) -> HttpResponse:
    """One page for each person: what they have to do, in the districts they follow."""
    incarichi = incarichi_di(request.user)
    distretti = [i.distretto for i in incarichi if i.distretto is not None]
    autorita = {i.autorita_id for i in incarichi if i.autorita_id is not None}
    amministrate = {
        i.autorita_id for i in incarichi if i.autorita_id is not None and i.ruolo == Ruolo.AMMINISTRATORE
    }
    oggi = timezone.localdate()
    seguiti = Programma.objects.seguiti_da(request.user).per_elenco()
    elenco = seguiti.annotate(da_verificare=DA_VERIFICARE).order_by("-anno", "distretto__denominazione", "pk")
    in_vista = Programma.objects.ultimi_per_distretto(distretti, IN_SCRIVANIA).per_elenco()
    contesto: dict[str, Any] = {
        "incarichi": incarichi,
        "quadri": _quadri(request, list(in_vista), oggi),
        "nuovi": [d for d in distretti if puo_creare_programma(request.user, d)],
        "verifica": any(i.ruolo in VERIFICANO for i in incarichi),
        "quadro": quadro_di(autorita, anno=_anno(request), oggi=oggi) if autorita else None,
        "incarichi_da_guardare": incarichi_da_guardare(amministrate, oggi=oggi) if amministrate else None,
        "serie_mesi": SERIE,
        "pagina": pagina_di(request, elenco),
    }
    return render(request, "valutazione/scrivania.html", contesto)


def _anno(request: HttpRequest) -> int | None:
    """The year of ``?anno=``; None for anything that is not one."""
    scritto = request.GET.get("anno", "")
    return int(scritto) if re.fullmatch("[0-9]{1,4}", scritto) else None


def _quadri(request: HttpRequest, programmi: list[Programma], oggi: date) -> list[dict[str, Any]]:
    # The year in progress first, then the ones before; a year still to come is prepared, so it is last.
    programmi.sort(key=lambda p: p.dal > oggi)
    scrivono = {p.pk for p in programmi if puo_registrare(request.user, p)}
    ultime: dict[int, list[Evidenza]] = {p.pk: [] for p in programmi}
    leggibili = Q(programma__in=scrivono) | ~Q(stato=StatoEvidenza.BOZZA)
    for evidenza in Evidenza.objects.filter(leggibili, programma__in=programmi).ultime(ULTIME):
        ultime[evidenza.programma_id].append(evidenza)
    return [
        {
            "programma": programma,
            "esito": valutazione and valutazione.esito,
            "anello": anello_di(valutazione.esito.programma.valori) if valutazione else None,
            "mesi": mesi_di(valutazione.scheda, oggi) if valutazione else None,
            "mancanti": _mancanti(valutazione) if valutazione else [],
            "ultime": ultime[programma.pk],
            "puo_registrare": programma.pk in scrivono,
        }
        for programma, valutazione in valutazioni_di(programmi)
    ]


def _mancanti(valutazione: Valutazione) -> list[dict[str, Any]]:
    """The lines not yet at their highest, the farthest first: what to do to get there."""
    righe = [
        {
            "riga": riga,
            "azione": azione_di(codice),
            "valore": valutazione.esito.righe[codice].valori.dichiarato,
            "manca": manca,
        }
        for codice, riga in valutazione.scheda.righe.items()
        if (manca := valutazione.esito.righe[codice].manca) is not None
    ]
    return sorted(righe, key=lambda r: r["valore"])
