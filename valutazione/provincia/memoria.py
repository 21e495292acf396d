"""What is read once and met again: rules, credits, days. A year of a province has few of each.

Rules and measures are read by the readers of the scheda, with their checks: this only remembers the answer.
"""

import json
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from distretti.basi.lettore import Errore, Lettore
from programmi.models.progettualita import codice_di_riga
from programmi.regola import Regola, RegolaPerDistinti, TipoEvidenza, Ufficio, leggi_regola, numero_da
from valutazione.kernel import Credito
from valutazione.kernel import credito as giudicato
from valutazione.models import Completamento
from valutazione.parole import StatoImputazione
from valutazione.provincia.materia import EvidenzaNuda, RigaLetta
from valutazione.provincia.righe import TRA, Tupla
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


Letto = tuple[Imputazione, EvidenzaNuda]
Crediti = dict[str, Credito[None]]
"""Those to the lines of one rule, by their text (``righe.COLONNE``)."""


class Memoria:
    """``attuali``: codes of records that were merged → those of now."""

    def __init__(self, attuali: Mapping[str, str]) -> None:
        self._attuali = attuali
        self._righe: dict[Tupla, RigaLetta] = {}
        self._regole: dict[Tupla, Regola | None] = {}
        self._letti: dict[tuple[int, str], Letto] = {}
        self._crediti: dict[int, tuple[Crediti, Crediti]] = {}
        self.giorni = _Giorni()
        self._pesi: dict[str, Fraction] = {"1": UNO}

    def riga(self, scritta: Tupla) -> RigaLetta:
        """The line of a row of ``righe.righe``, from its number on, in an esercizio; raises SchedaGuasta."""
        riga = self._righe.get(scritta)
        if riga is None:
            numero, ordine, peso, dalla, fino, testo, *detto, dal, al = scritta
            riga = self._righe[scritta] = RigaLetta(
                codice_di_riga(numero, ordine),
                self._regola(testo, (detto[0], detto[1], detto[2]), dal, al),
                self.peso(peso),
                self.giorni[dalla] if dalla else None,
                self.giorni[fino] if fino else None,
            )
        return riga

    def _regola(self, testo: str | None, detto: DettoDallAutorita, dal: date, al: date) -> Regola | None:
        if testo is None:
            return None
        chiave = (testo, detto, dal, al)
        if chiave not in self._regole:
            self._regole[chiave] = _leggi_regola(testo, detto, dal, al)
        regola = self._regole[chiave]
        if regola is None and testo != "null":
            raise SchedaGuasta
        return regola

    def crediti(self, regola: Regola | None) -> tuple[Crediti, Crediti]:
        """Those already judged to lines of ``regola``: where no organisation took part, and where any did."""
        # A rule is kept by ``_regole`` as long as this lives: its identity is its name.
        return self._crediti.setdefault(id(regola), ({}, {}))

    def credito(self, regola: Regola | None, testo: str, organizzazioni: tuple[str, ...]) -> Credito[None]:
        """The credit to a line of ``regola`` of an evidence; raises SchedaGuasta."""
        imputazione, nuda = self._letti.get((id(regola), testo)) or self._leggi(regola, testo, organizzazioni)
        if organizzazioni:
            nuda = nuda._replace(organizzazioni=organizzazioni)
        credito = giudicato(regola, nuda, imputazione, None)
        # Only where organisations are counted does it matter which they are.
        if not (organizzazioni and isinstance(regola, RegolaPerDistinti)):
            self.crediti(regola)[bool(organizzazioni)][testo] = credito
        return credito

    def _leggi(self, regola: Regola | None, testo: str, organizzazioni: tuple[str, ...]) -> Letto:
        """The credit of that text, and what it says of the evidence."""
        stato, misura, riconosciuta, tipo, presenze, pianificata, *pieni = testo.split(TRA)
        nuda = EvidenzaNuda(
            (),
            TipoEvidenza(tipo),
            tuple(map(Ufficio, json.loads(presenze))),
            pianificata == "1",
            *(pieno == "1" for pieno in pieni),
        )
        letta = EvidenzaLetta(nuda.tipo, organizzazioni, nuda.pianificata)
        letto = self._leggi_credito(regola, stato, misura, riconosciuta, letta), nuda
        # Of organisations the same measure may be right for one evidence and wrong for another.
        if not (misura or riconosciuta) or not isinstance(regola, RegolaPerDistinti):
            self._letti[id(regola), testo] = letto
        return letto

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
