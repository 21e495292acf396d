"""From the rows of many programmes to their values: one programme at a time, by the kernel."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from programmi.models import Programma
from programmi.parole import Riuso
from programmi.regola import CampoEvidenza, Distinti
from valutazione.kernel import Azione, Imputata, Materia, ValoriScheda, valori
from valutazione.provincia import righe
from valutazione.provincia.materia import AderenteLetto, RigaLetta
from valutazione.provincia.memoria import Crediti, Memoria, SchedaGuasta
from valutazione.provincia.righe import Chiavi, Fila, Tupla

_Nota = tuple[RigaLetta, Crediti, Crediti, list[Imputata[None]]]
"""A line, the credits already judged to lines of its rule (``Memoria.crediti``), those of its own."""


def valori_di(programmi: QuerySet[Programma, Any]) -> Iterator[tuple[int, ValoriScheda | None]]:
    """The key of each programme, in the order of the keys, with what it is worth now.

    None where a rule or a measure breaks the contract (a draft half written). Cursors stay open while this is
    read; in one transaction all of them are of one moment where the isolation of the database says so.
    """
    chiavi = programmi.order_by().values("pk")
    letture = _Letture(chiavi)
    try:
        for programma in righe.programmi(chiavi):
            yield programma[0], _valori(letture, programma)
    finally:
        letture.chiudi()


def _valori(letture: "_Letture", programma: Tupla) -> ValoriScheda | None:
    try:
        return valori(letture.materia(programma))
    except SchedaGuasta:
        return None


@dataclass(frozen=True, slots=True)
class _Serve:
    """What the rules of the programmes look at: nothing else of the evidence is read."""

    campi: frozenset[CampoEvidenza]
    organizzazioni: bool
    aderenti: bool


def _che_serve(regole: Sequence[str]) -> _Serve:
    campi: set[str] = set()
    for regola in regole:
        if '"campi"' in regola:
            scritti = json.loads(regola).get("campi")
            campi.update(nome for gruppo in scritti or () for nome in str(gruppo).split("|"))
    return _Serve(
        campi=frozenset(campo for campo in CampoEvidenza if campo.value in campi),
        organizzazioni=any(righe.DI_ORGANIZZAZIONI in regola for regola in regole),
        aderenti=any(Distinti.ORGANIZZAZIONE_ADERENTE.value in regola for regola in regole),
    )


class _Letture:
    """The readings side by side: programmes are asked for in the order of their keys."""

    def __init__(self, chiavi: Chiavi) -> None:
        serve = _che_serve(righe.regole_diverse(chiavi))
        self._memoria = Memoria(righe.codici_attuali() if serve.organizzazioni else {})
        self._progettualita = Fila(righe.progettualita(chiavi))
        self._righe = Fila(righe.righe(chiavi))
        self._crediti = Fila(righe.crediti(chiavi, serve.campi))
        self._coinvolte = Fila(righe.coinvolte(chiavi) if serve.organizzazioni else ())
        self._aderenti = Fila(righe.aderenti(chiavi) if serve.aderenti else ())

    def chiudi(self) -> None:
        """Close the cursors that were not read to the end."""
        for fila in (self._progettualita, self._righe, self._crediti, self._coinvolte, self._aderenti):
            fila.chiudi()

    def materia(self, programma: Tupla) -> Materia[RigaLetta, None]:
        """Raises SchedaGuasta."""
        pk, dal, al, richiede_contributo, riuso, stampati = programma
        per_azione: dict[int | None, list[RigaLetta]] = {None: []}
        note: dict[int, _Nota] = {}
        for _, chiave, numero, *scritta in self._righe.di(pk):
            riga = self._memoria.riga((numero, *scritta, dal, al))
            per_azione.setdefault(numero, []).append(riga)
            note[chiave] = (riga, *self._memoria.crediti(riga.regola), [])
        self._accredita(pk, note)
        return Materia(
            dal=dal,
            al=al,
            richiede_contributo=richiede_contributo,
            riuso=Riuso(riuso),
            aderenti=self._aderenti_di(pk, stampati),
            azioni=self._azioni_di(pk, per_azione),
            imputate={riga.codice: imputate for riga, _, _, imputate in note.values()},
        )

    def _azioni_di(self, pk: int, per_azione: dict[int | None, list[RigaLetta]]) -> list[Azione[RigaLetta]]:
        azioni = [Azione(riga.codice, True, riga.peso, (riga,)) for riga in per_azione[None]]
        for _, numero, peso in self._progettualita.di(pk):
            sue = per_azione.get(numero, ())
            azioni.append(Azione(f"P{numero}", False, self._memoria.peso(peso), sue))
        return azioni

    def _accredita(self, pk: int, note: dict[int, _Nota]) -> None:
        """Put each credit with its line, in any order: a value does not depend on it."""
        giorni, coinvolte = self._memoria.giorni, self._coinvolte_di(pk)
        for _, chiave, evidenza, giorno, testo in self._crediti.di(pk):
            nota = note.get(chiave)
            if nota is None:  # the line was taken away between two readings
                continue
            riga, senza, con, imputate = nota
            organizzazioni = coinvolte.get(evidenza, ())
            credito = (con if organizzazioni else senza).get(testo) or self._memoria.credito(
                riga.regola, testo, organizzazioni
            )
            imputate.append((evidenza, giorni[giorno], credito))

    def _coinvolte_di(self, pk: int) -> dict[int, tuple[str, ...]]:
        """By evidence, the organisations that took part, each once."""
        coinvolte: dict[int, tuple[str, ...]] = {}
        for _, evidenza, organizzazione in self._coinvolte.di(pk):
            altre = coinvolte.get(evidenza, ())
            if organizzazione not in altre:
                coinvolte[evidenza] = (*altre, organizzazione)
        return coinvolte

    def _aderenti_di(self, pk: int, stampati: list[dict[str, Any]] | None) -> list[AderenteLetto]:
        """Those that the scheda printed, if the programme keeps them; else those of the register."""
        if stampati is None:
            trovati: Iterable[Tupla] = (riga[1:] for riga in self._aderenti.di(pk))
        else:
            attuale = self._memoria.attuale
            trovati = ((attuale(a["organizzazione"]), a["dal"], a["al"]) for a in stampati)
        giorni = self._memoria.giorni
        return [AderenteLetto(chi, giorni[dal], giorni[al] if al else None) for chi, dal, al in trovati]
