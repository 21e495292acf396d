"""The clock of the procedure: how long each step lasted, how long the present one, who it waits for.

Pure: it reads the steps it is given and the day it is told. :func:`orologi_di` reads those of many
programmes in one query.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from distretti.basi.italiano import conta, dal_giorno, data_estesa
from distretti.models import Ruolo
from programmi.attese import attesi, in_attesa
from programmi.models import AzionePassaggio, Passaggio, Programma, StatoProgramma


@dataclass(frozen=True, slots=True)
class Tratto:
    """A step and the days the programme stayed where it led: until the next one, else until today.

    ``giorni`` is None for the state in which the procedure has ended.
    """

    passaggio: Passaggio
    al: date | None
    giorni: int | None


@dataclass(frozen=True, slots=True)
class Orologio:
    """``giorni`` in the present state since ``dal`` (None: unknown, or nobody counts them any more).

    ``attesi`` are the roles whose turn it is, ``in_attesa`` says it in words: "in attesa del distretto".

    ``trasmesso_il`` is the last transmission; ``totale`` the days from it to the act that approved, or to
    today while there is none (None: not on its way).
    """

    stato: StatoProgramma
    dal: date | None
    giorni: int | None
    attesi: tuple[Ruolo, ...]
    in_attesa: str
    tratti: tuple[Tratto, ...]
    trasmesso_il: date | None
    approvato_il: date | None
    totale: int | None


_FERMI = (StatoProgramma.IN_ATTUAZIONE, StatoProgramma.RITIRATO, StatoProgramma.RESPINTO)
"""Where nobody counts the days any more."""


def orologio(programma: Programma, passaggi: Sequence[Passaggio], oggi: date) -> Orologio:
    """The clock of ``programma``, whose ``passaggi`` are all its steps in order."""
    stato = StatoProgramma(programma.stato)
    giorni = None if programma.stato_dal is None else max(0, (oggi - programma.stato_dal).days)
    fermo = _fermo(programma, oggi)
    return Orologio(
        stato=stato,
        dal=programma.stato_dal,
        giorni=None if fermo else giorni,
        attesi=attesi(programma, oggi),
        in_attesa=in_attesa(programma, oggi),
        tratti=_tratti(passaggi, oggi, fermo=fermo),
        trasmesso_il=programma.trasmesso_il,
        approvato_il=programma.approvato_il,
        totale=_totale(programma, oggi),
    )


def _fermo(programma: Programma, oggi: date) -> bool:
    return programma.stato in _FERMI or (programma.approvato and not attesi(programma, oggi))


def _tratti(passaggi: Sequence[Passaggio], oggi: date, *, fermo: bool) -> tuple[Tratto, ...]:
    """A variazione of the programme in force does not end the state it finds."""
    tratti = []
    for posto, passaggio in enumerate(passaggi):
        seguenti = (p.il for p in passaggi[posto + 1 :] if p.azione != AzionePassaggio.VARIAZIONE)
        al = next(seguenti, None)
        fine = oggi if al is None else al
        senza = passaggio.azione == AzionePassaggio.VARIAZIONE or (al is None and fermo)
        tratti.append(Tratto(passaggio, al, None if senza else max(0, (fine - passaggio.il).days)))
    return tuple(tratti)


def _totale(programma: Programma, oggi: date) -> int | None:
    if programma.trasmesso_il is None:
        return None
    if programma.approvato_il is not None:
        return (programma.approvato_il - programma.trasmesso_il).days
    fuori = (*_FERMI, StatoProgramma.INTEGRAZIONI_RICHIESTE)
    return None if programma.stato in fuori else max(0, (oggi - programma.trasmesso_il).days)


def orologi_di(programmi: Iterable[Programma], oggi: date) -> dict[int, Orologio]:
    """The clock of each of ``programmi`` by primary key: one query, however many they are."""
    scelti = list(programmi)
    per_programma: dict[int, list[Passaggio]] = defaultdict(list)
    passaggi = Passaggio.objects.filter(programma__in=scelti).select_related("utente", "atto")
    for passaggio in passaggi.order_by("programma", "ordine"):
        per_programma[passaggio.programma_id].append(passaggio)
    return {p.pk: orologio(p, per_programma[p.pk], oggi) for p in scelti}


def in_frasi(orologio: Orologio) -> str:
    """Where the programme stands, since when, who it waits for; and how long from the transmission on."""
    dove = f"Il programma è nello stato «{orologio.stato.label}»"
    if orologio.dal is not None:
        dove += f" {dal_giorno(orologio.dal)}"
    if orologio.giorni is not None:
        dove += f" ({_giorni(orologio.giorni)})"
    if orologio.in_attesa:
        dove += f", {orologio.in_attesa}"
    if orologio.totale is None or orologio.trasmesso_il is None:
        return f"{dove}."
    fine = orologio.approvato_il
    fino = "a oggi" if fine is None else f"all'approvazione ({data_estesa(fine)})"
    inizio = f"Dalla trasmissione ({data_estesa(orologio.trasmesso_il)})"
    return f"{dove}. {inizio} {fino}: {_giorni(orologio.totale)}."


def _giorni(quanti: int) -> str:
    return conta(quanti, "giorno", "giorni")
