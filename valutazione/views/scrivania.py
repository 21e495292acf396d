"""The desk: for the manager what counts and what is missing, for the Agenzia what waits for it."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from distretti.models import Distretto
from distretti.permissions import incarichi_di
from programmi.models import Programma
from programmi.permissions import puo_creare_programma
from valutazione.letture import Valutazione, valutazioni_di
from valutazione.models import Evidenza, StatoEvidenza, StatoImputazione
from valutazione.pagine import azione_di
from valutazione.permissions import puo_registrare

IN_SCRIVANIA = 2
"""Years of a district shown in full; the others are in the list below."""
ULTIME = 5
PER_PAGINA = 30

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
    seguiti = Programma.objects.seguiti_da(request.user).per_elenco()
    elenco = seguiti.annotate(da_verificare=DA_VERIFICARE).order_by("-anno", "distretto__denominazione", "pk")
    di_distretto = list(elenco.filter(distretto__in=distretti)[: IN_SCRIVANIA * max(len(distretti), 1)])
    contesto: dict[str, Any] = {
        "incarichi": incarichi,
        "quadri": _quadri(request, di_distretto if distretti else []),
        "nuovi": _distretti_senza_programma(request, distretti),
        "dell_agenzia": any(i.autorita_id for i in incarichi),
        "pagina": Paginator(elenco, PER_PAGINA).get_page(request.GET.get("page")),
    }
    return render(request, "valutazione/scrivania.html", contesto)


def _distretti_senza_programma(request: HttpRequest, distretti: list[Distretto]) -> list[Distretto]:
    return [d for d in distretti if puo_creare_programma(request.user, d)]


def _quadri(request: HttpRequest, programmi: list[Programma]) -> list[dict[str, Any]]:
    ultime: dict[int, list[Evidenza]] = {p.pk: [] for p in programmi}
    recenti = Evidenza.objects.filter(programma__in=programmi).exclude(stato=StatoEvidenza.RITIRATA)
    for evidenza in recenti.order_by("-modificata_alle", "-pk"):
        if len(ultime[evidenza.programma_id]) < ULTIME:
            ultime[evidenza.programma_id].append(evidenza)
    return [
        {
            "programma": programma,
            "esito": valutazione and valutazione.esito,
            "mancanti": _mancanti(valutazione) if valutazione else [],
            "ultime": ultime[programma.pk],
            "puo_registrare": puo_registrare(request.user, programma),
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
