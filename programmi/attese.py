"""Who each state of the procedure waits for, since when, and until when: the clock of a programme."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from distretti.models import Ruolo
from distretti.permissions import Persona
from programmi.models import Programma, StatoProgramma
from programmi.permissions import segue_programma
from programmi.scadenze import Termine, scadenze_per
from programmi.tabella import DEL_DISTRETTO as _DISTRETTO
from programmi.tabella import FIRMANO as _DIRIGENTE

_S = StatoProgramma
_AGENZIA = (Ruolo.REFERENTE_ATTIVITA,)

ATTESI: dict[StatoProgramma, tuple[Ruolo, ...]] = {
    _S.BOZZA: _DISTRETTO,
    _S.TRASMESSO: _AGENZIA,
    _S.IN_ESAME: _AGENZIA,
    _S.INTEGRAZIONI_RICHIESTE: _DISTRETTO,
    _S.PROPOSTO: _DIRIGENTE,
    _S.ALLA_FIRMA: _DIRIGENTE,
    _S.APPROVATO: _AGENZIA,
}
"""The roles whose turn it is; the states that are not here wait for nobody. See :func:`attesi`."""

STATI_DEL_DISTRETTO = tuple(stato for stato, ruoli in ATTESI.items() if ruoli == _DISTRETTO)
STATI_DEL_REFERENTE = tuple(stato for stato, ruoli in ATTESI.items() if ruoli == _AGENZIA)
STATI_DEL_DIRIGENTE = tuple(stato for stato, ruoli in ATTESI.items() if ruoli == _DIRIGENTE)

_IN_PAROLE = {
    _DISTRETTO: "del distretto",
    _AGENZIA: "dell'Agenzia",
    _DIRIGENTE: "del dirigente",
}


def attesi(programma: Programma, oggi: date) -> tuple[Ruolo, ...]:
    """The roles whose turn it is on ``oggi``; none when nobody is waited for.

    The publication of what was approved is waited for as long as its esercizio lasts: of an act of the past,
    entered to have its history, nobody publishes anything any more.
    """
    if programma.stato == _S.APPROVATO and programma.al < oggi:
        return ()
    return ATTESI.get(StatoProgramma(programma.stato), ())


def che_aspettano(oggi: date) -> Q:
    """The programmes for which :func:`attesi` says somebody."""
    return Q(stato__in=ATTESI) & ~Q(stato=_S.APPROVATO, al__lt=oggi)


def in_attesa(programma: Programma, oggi: date) -> str:
    """ "in attesa dell'Agenzia"; empty when nobody is waited for."""
    ruoli = attesi(programma, oggi)
    return f"in attesa {_IN_PAROLE[ruoli]}" if ruoli else ""


@dataclass(frozen=True, slots=True)
class Attesa:
    """The clock of a programme: since how many days it is in its state, who it waits for, what is due.

    ``giorni`` is None where the day is unknown (a draft begun before release 0.3), and where nobody waits.
    """

    giorni: int | None
    di_chi: str
    termini: tuple[Termine, ...]

    @property
    def durata(self) -> str:
        """ "da 12 giorni", "da ieri", "da oggi" """
        if self.giorni is None:
            return ""
        return {0: "da oggi", 1: "da ieri"}.get(self.giorni, f"da {self.giorni} giorni")

    @property
    def testo(self) -> str:
        """ "da 12 giorni · in attesa dell'Agenzia" """
        return " · ".join(parte for parte in (self.durata, self.di_chi) if parte)

    @property
    def scaduta(self) -> bool:
        return any(termine.passato for termine in self.termini)


def attese_di(programmi: Iterable[Programma], oggi: date | None = None) -> dict[int, Attesa]:
    """The clock of each of ``programmi``, by primary key: one query for the deadlines."""
    oggi = oggi or timezone.localdate()
    programmi = list(programmi)
    termini = scadenze_per(programmi, oggi) if programmi else {}
    return {
        p.pk: Attesa(
            None if p.stato_dal is None or not attesi(p, oggi) else max(0, (oggi - p.stato_dal).days),
            in_attesa(p, oggi),
            tuple(termini[p.pk]),
        )
        for p in programmi
    }


def attese_per(utente: Persona, programmi: Iterable[Programma]) -> dict[int, Attesa]:
    """Of those that ``utente`` follows alone: how long the Agenzia takes is not for everyone to read."""
    return attese_di([p for p in programmi if segue_programma(utente, p)])
