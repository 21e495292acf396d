"""Reading the evaluation of programmes: database → scheda → kernel → Esito, in one place.

There is no second place that computes a percentage (architettura.md, "One datum's way").
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from distretti.models import Organizzazione
from programmi.models import Programma
from valutazione.kernel import Esito, valuta
from valutazione.promessa import promessa_pubblica
from valutazione.scheda.da_database import documenti_di, documento_di
from valutazione.scheda.errori import SchedaNonValida
from valutazione.scheda.lettura import leggi_scheda
from valutazione.scheda.modello import Scheda

Documento = dict[str, Any]


@dataclass(frozen=True)
class Valutazione:
    """A programme with the document it was evaluated from and the explanation of every number."""

    programma: Programma
    documento: Documento
    scheda: Scheda
    esito: Esito


def valuta_documento_di(programma: Programma, documento: Documento) -> Valutazione:
    """Evaluate ``documento``. Raises SchedaNonValida when it breaks the contract."""
    scheda = leggi_scheda(documento)
    return Valutazione(programma, documento, scheda, valuta(scheda))


def valutazione_di(programma: Programma) -> Valutazione:
    """The evaluation of ``programma`` as it stands now, in a constant number of queries."""
    return valuta_documento_di(programma, documento_di(programma))


def valutazioni_di(programmi: Iterable[Programma]) -> list[tuple[Programma, Valutazione | None]]:
    """Those of many programmes, with the same number of queries as one.

    None for a programme whose scheda does not hold yet (a draft half written): it has no percentages.
    """
    elenco = list(programmi)
    trovate: list[tuple[Programma, Valutazione | None]] = []
    for programma, documento in zip(elenco, documenti_di(elenco), strict=True):
        try:
            trovate.append((programma, valuta_documento_di(programma, documento)))
        except SchedaNonValida:
            trovate.append((programma, None))
    return trovate


def promessa_di(programma: Programma) -> Scheda:
    """What everyone may read of ``programma``."""
    return leggi_scheda(promessa_pubblica(documento_di(programma, solo_promessa=True)))


def con_evidenza(documento: Documento, voce: Documento) -> tuple[Documento, int]:
    """``documento`` with ``voce`` in place of the evidence of the same code (or added), and its index."""
    nuovo = con_evidenze(documento, [voce])
    return nuovo, [altra["codice"] for altra in nuovo["evidenze"]].index(voce["codice"])


def con_evidenze(documento: Documento, voci: Iterable[Documento]) -> Documento:
    """``documento`` with each of ``voci`` in place of the evidence of the same code, or added at the end.

    Organisations of the register that only ``voci`` name join the list of the document.
    """
    per_codice = {voce["codice"]: voce for voce in voci}
    note = {organizzazione["codice"] for organizzazione in documento["organizzazioni"]}
    nominate = {codice for voce in per_codice.values() for codice in voce.get("organizzazioni", ())}
    nuove = Organizzazione.objects.filter(codice__in=nominate - note)
    aggiunte = [{"codice": o.codice, "denominazione": o.denominazione, "alias": []} for o in nuove]
    stanno = [per_codice.pop(voce["codice"], voce) for voce in documento["evidenze"]]
    return {
        **documento,
        "organizzazioni": [*documento["organizzazioni"], *aggiunte],
        "evidenze": [*stanno, *per_codice.values()],
    }
