"""What is read once and met again: rules, credits, days. A year of a province has few of each.

Rules and measures are read by the readers of the scheda, with their checks: this only remembers the answer.
"""

import json
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from distretti.basi.lettore import Errore, Lettore
from programmi.regola import Regola, RegolaPerDistinti, TipoEvidenza, Ufficio, leggi_regola, numero_da
from valutazione.models import Completamento
from valutazione.parole import StatoImputazione
from valutazione.provincia.materia import Comune
from valutazione.provincia.righe import TRA
from valutazione.scheda.completamenti import completa, valori_di
from valutazione.scheda.lettura_imputazioni import EvidenzaLetta, leggi_imputazione
from valutazione.scheda.lettura_righe import RigheNote
from valutazione.scheda.modello import UNO, Imputazione

DettoDallAutorita = tuple[str | None, str | None, str | None]
"""Of the completion of a line: hours, percentage, motivation; all null when there is none."""
_NIENTE: DettoDallAutorita = (None, None, None)


class SchedaGuasta(Exception):
    """A rule or a measure breaks the contract: the programme has no percentages until it is mended."""


class _Giorni(dict[str, date]):
    """A day as it is written → the day."""

    def __missing__(self, testo: str) -> date:
        giorno = self[testo] = date.fromisoformat(testo)
        return giorno


Credito = tuple[Imputazione, Comune]
Crediti = dict[str, Credito]
"""Those to the lines of one rule, by their text (``righe.COLONNE``)."""


class Memoria:
    """``attuali``: codes of records that were merged → those of now."""

    def __init__(self, attuali: Mapping[str, str]) -> None:
        self._attuali = attuali
        self._regole: dict[tuple[object, ...], Regola | None] = {}
        self._crediti: dict[int, Crediti] = {}
        self.giorni = _Giorni()
        self._pesi: dict[str, Fraction] = {"1": UNO}

    def regola(self, testo: str | None, detto: DettoDallAutorita, dal: date, al: date) -> Regola | None:
        """The rule written in ``testo`` for an esercizio; raises SchedaGuasta."""
        if testo is None:
            return None
        chiave = (testo, detto, dal, al)
        if chiave not in self._regole:
            self._regole[chiave] = _leggi_regola(testo, detto, dal, al)
        regola = self._regole[chiave]
        if regola is None and testo != "null":
            raise SchedaGuasta
        return regola

    def crediti(self, regola: Regola | None) -> Crediti:
        """Those already read to lines of ``regola``."""
        # A rule is kept by ``_regole`` as long as this lives: its identity is its name.
        return self._crediti.setdefault(id(regola), {})

    def credito(self, regola: Regola | None, testo: str, organizzazioni: tuple[str, ...]) -> Credito:
        """The credit to a line of ``regola``, and what its text says of the evidence; raises SchedaGuasta."""
        stato, misura, riconosciuta, tipo, presenze, pianificata, *pieni = testo.split(TRA)
        comune = Comune(
            TipoEvidenza(tipo),
            tuple(map(Ufficio, json.loads(presenze))),
            pianificata == "1",
            *(pieno == "1" for pieno in pieni),
        )
        letta = EvidenzaLetta(comune.tipo, organizzazioni, comune.pianificata)
        credito = self._leggi_credito(regola, stato, misura, riconosciuta, letta), comune
        # Of organisations the same measure may be right for one evidence and wrong for another.
        if not (misura or riconosciuta) or not isinstance(regola, RegolaPerDistinti):
            self.crediti(regola)[testo] = credito
        return credito

    def _leggi_credito(
        self, regola: Regola | None, stato: str, misura: str, riconosciuta: str, letta: EvidenzaLetta
    ) -> Imputazione:
        errori: list[Errore] = []
        dato: dict[str, Any] = {"indicatore": "riga", "stato": StatoImputazione(stato)}
        for nome, testo in (("misura", misura), ("misura_riconosciuta", riconosciuta)):
            if valore := json.loads(testo or "null"):
                dato[nome] = self._con_codici_attuali(valore)
        righe = RigheNote(None, None, pubblica=True, regole={"riga": regola})
        credito = leggi_imputazione(Lettore(dato, "$", errori), "riga", letta, righe)
        if errori:
            raise SchedaGuasta
        return credito

    def _con_codici_attuali(self, misura: dict[str, Any]) -> dict[str, Any]:
        if not self._attuali or "organizzazioni" not in misura:
            return misura
        codici = dict.fromkeys(self.attuale(codice) for codice in misura["organizzazioni"])
        return {**misura, "organizzazioni": list(codici)}

    def attuale(self, codice: str) -> str:
        """The code that is in the register now."""
        return self._attuali.get(codice, codice)

    def peso(self, testo: str) -> Fraction:
        """Raises SchedaGuasta."""
        if testo not in self._pesi:
            peso = numero_da(testo)
            if not peso:
                raise SchedaGuasta
            self._pesi[testo] = peso
        return self._pesi[testo]


def _leggi_regola(testo: str, detto: DettoDallAutorita, dal: date, al: date) -> Regola | None:
    dato: dict[str, Any] | None = json.loads(testo)
    if dato is None:
        return None
    if detto != _NIENTE:
        ore, assegnata, motivazione = (valore or "" for valore in detto)
        sue = Completamento(ore_previste=ore, assegnata=assegnata, motivazione=motivazione)
        dato = completa(dato, valori_di(sue))
    return leggi_regola(dato, "$", [], dal=dal, al=al)
