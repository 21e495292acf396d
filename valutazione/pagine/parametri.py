"""The parameters of a year as their page shows them."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from distretti.basi.italiano import percentuale
from distretti.basi.lettore import Errore
from distretti.models import Autorita
from valutazione.contributo import Fasce, Parametri, calcola, leggi_funzione
from valutazione.contributo.calcolo import euro
from valutazione.models import ParametriChiusura, ParametriConservazione, ParametriContributo
from valutazione.services.contributo import parametri_in_parole

ESEMPI = (0, 20, 40, 60, 80, 100)
"""The percentages of realisation on which a function is tried."""


@dataclass(frozen=True, slots=True)
class VersioneInPagina:
    """A version of the parameters with its words, and what it gives on :data:`ESEMPI`."""

    parametri: ParametriContributo
    in_parole: Mapping[str, str]
    prova: list[tuple[str, str]]


def parametri_dell_anno(autorita: Autorita, anno: int) -> dict[str, Any]:
    """The context of the page: what holds for ``anno`` and the versions that the authority wrote for it."""
    in_vigore = ParametriContributo.objects.per_anno(autorita, anno)
    versioni = ParametriContributo.objects.filter(autorita=autorita, anno=anno).select_related(
        "atto", "scritta_da"
    )
    return {
        "autorita": autorita,
        "anno": anno,
        "in_vigore": None if in_vigore is None else _versione(in_vigore),
        "versioni": [_versione(v) for v in versioni.order_by("-versione")],
        "chiusura": ParametriChiusura.objects.filter(autorita=autorita, anno=anno).first(),
        "conservazione": ParametriConservazione.objects.filter(autorita=autorita, anno=anno).first(),
    }


def _versione(parametri: ParametriContributo) -> VersioneInPagina:
    return VersioneInPagina(parametri, parametri_in_parole(parametri), _prova(parametri.parametri))


def prova(dati: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What the parameters of a valid form would give for a cost that reaches their maximum."""
    errori: list[Errore] = []
    funzione = leggi_funzione(dati["funzione"], "$", errori)
    return _prova(
        Parametri(
            Fraction(dati["aliquota"]),
            dati["massimo"],
            Fraction(dati["cofinanziamento_minimo"]),
            funzione,
        )
    )


def _prova(parametri: Parametri) -> list[tuple[str, str]]:
    """On each of :data:`ESEMPI` and where a band begins, the euro for a cost that reaches the maximum."""
    parte = min(parametri.aliquota, 100 - parametri.cofinanziamento_minimo)
    costo = Decimal(0) if not parte else Decimal(int(Fraction(parametri.massimo) * 100 / parte) + 1)
    provate = []
    esempi = {Fraction(esempio) for esempio in ESEMPI}
    if isinstance(parametri.funzione, Fasce):
        esempi |= {fascia.da for fascia in parametri.funzione.fasce}
    for esempio in sorted(esempi):
        trovato = calcola(parametri, costo=costo, cofinanziamento=None, realizzazione=esempio)
        assert trovato.importo is not None
        provate.append((percentuale(esempio), euro(trovato.importo)))
    return provate
