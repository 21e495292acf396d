"""Where one evidence counts on several lines: the same work seen from each of its ledgers."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from programmi.parole import Riuso
from valutazione.letture import Valutazione
from valutazione.pagine.codici import azione_di

_REGOLE = {
    Riuso.AMMESSO: (
        "In questo programma la stessa evidenza può contare su più righe: l'Agenzia la verifica riga per "
        "riga."
    ),
    Riuso.UNA_VOLTA_PER_AZIONE: (
        "In questo programma un'evidenza conta una volta sola in ogni azione: sulle altre righe della stessa "
        "azione non conta."
    ),
    Riuso.UNA_VOLTA: "In questo programma un'evidenza conta su una riga sola: sulle altre non conta.",
}
"""The policy of ``riuso`` in words."""


@dataclass(frozen=True, slots=True)
class AltraRiga:
    """A line with the address of its ledger."""

    codice: str
    indirizzo: str


@dataclass(frozen=True, slots=True)
class VocePiuRighe:
    """An evidence with the lines on which it counts, two or more."""

    codice: str
    pk: int | None
    titolo: str
    data: date
    righe: tuple[AltraRiga, ...]


@dataclass(frozen=True, slots=True)
class SuPiuRighe:
    """The policy in words, and what counts on several lines by its day."""

    regola: str
    voci: tuple[VocePiuRighe, ...]


class DoveConta:
    """On which lines each evidence counts, over the highest or not, in the order of the scheda."""

    def __init__(self, valutazione: Valutazione) -> None:
        programma = valutazione.programma
        self._dove = (programma.distretto.codice, programma.edizione)
        self.righe: dict[str, list[str]] = defaultdict(list)
        for codice, riga in valutazione.esito.righe.items():
            contate = [v.evidenza for v in riga.conteggiate] + [v.evidenza for v in riga.oltre_il_massimo]
            for evidenza in contate:
                self.righe[evidenza].append(codice)

    def anche(self, evidenza: str, riga: str) -> tuple[AltraRiga, ...]:
        """The others, for an evidence that counts on ``riga``; none when it does not."""
        righe = self.righe.get(evidenza, [])
        return self.in_pagina([altra for altra in righe if altra != riga]) if riga in righe else ()

    def in_pagina(self, righe: list[str]) -> tuple[AltraRiga, ...]:
        return tuple(AltraRiga(codice, self._registro(codice)) for codice in righe)

    def _registro(self, riga: str) -> str:
        return f"{reverse('perche-azione', args=(*self._dove, azione_di(riga)))}#riga-{riga}"


def su_piu_righe(valutazione: Valutazione, chiavi: Mapping[str, int | None]) -> SuPiuRighe:
    """What counts on several lines; ``chiavi``: primary key of each evidence by its code."""
    dove = DoveConta(valutazione)
    evidenze = sorted(valutazione.scheda.evidenze, key=lambda e: (e.data, e.codice))
    voci = tuple(
        VocePiuRighe(e.codice, chiavi.get(e.codice), str(e.titolo), e.data, dove.in_pagina(righe))
        for e in evidenze
        if len(righe := dove.righe.get(e.codice, [])) > 1
    )
    return SuPiuRighe(regola_del_riuso(valutazione.scheda.riuso), voci)


def regola_del_riuso(riuso: Riuso) -> str:
    """The policy in words."""
    return _REGOLE[riuso]
