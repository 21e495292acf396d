"""The search: one question over districts, organisations and progettualità."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from distretti.basi.italiano import conta
from distretti.basi.ricerca import parole
from distretti.views.risposte import RIGHE_PER_PAGINA, stato_di
from programmi.forms.ricerca import RicercaForm
from programmi.ricerca import Gruppo, Risultato, gruppi

PRIMI = 5
"""Lines of each kind when all kinds are on the page."""


@dataclass(frozen=True)
class GruppoInPagina:
    """A kind of thing with how many were found and, where the page shows it, its lines."""

    gruppo: Gruppo
    totale: int
    pagina: Page[Any]
    risultati: list[Risultato]


@login_not_required
@require_safe
def cerca(request: HttpRequest) -> HttpResponse:
    """What is found, a few of each kind; ``?tra=`` one kind, page by page."""
    form = RicercaForm(request.GET if "q" in request.GET else None)
    contesto: dict[str, Any] = {"form": form, "titolo": "Cerca"}
    if form.is_valid() and form.cleaned_data["q"]:
        testo, tra = form.cleaned_data["q"], form.cleaned_data["tra"]
        trovati = [_in_pagina(request, gruppo, testo, tra) for gruppo in gruppi(request.user, testo)]
        contesto |= {
            "titolo": f"{_quanti(trovati, tra)} per «{testo}»",
            "tra": tra,
            "parole": parole(testo),
            "gruppi": trovati,
            "totale": sum(trovato.totale for trovato in trovati),
            "vuoto": not any(trovato.risultati for trovato in trovati),
        }
    return render(request, "programmi/cerca.html", contesto, status=stato_di(form))


def _quanti(trovati: list[GruppoInPagina], tra: str) -> str:
    """ "12 risultati", or of one kind "3 organizzazioni"."""
    uno = next((trovato for trovato in trovati if trovato.gruppo.codice == tra), None)
    if uno is not None:
        return conta(uno.totale, uno.gruppo.singolare, uno.gruppo.plurale)
    totale = sum(trovato.totale for trovato in trovati)
    return conta(totale, "risultato", "risultati") if totale else "Nessun risultato"


def _in_pagina(request: HttpRequest, gruppo: Gruppo, testo: str, tra: str) -> GruppoInPagina:
    # The keys of all that is found give both how many and the page: the texts are looked through once.
    divise = Paginator(gruppo.chiavi(), RIGHE_PER_PAGINA if tra else PRIMI)
    pagina = divise.get_page(request.GET.get("page") if tra else 1)
    righe = gruppo.lette(pagina) if tra in ("", gruppo.codice) else []
    risultati = [gruppo.in_pagina(riga, parole(testo)) for riga in righe]
    return GruppoInPagina(gruppo, divise.count, pagina, risultati)
