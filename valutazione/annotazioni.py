"""Noting in the event log what happens to an evidence."""

from collections.abc import Iterable, Mapping

from distretti.basi.italiano import conta
from distretti.eventi import Fatto, annota, annota_molti, solo_diversi
from distretti.models import Utente
from valutazione.models import Evidenza


def annota_evidenza(
    evidenza: Evidenza,
    azione: str,
    utente: Utente | None,
    prima: Mapping[str, str],
    dopo: Mapping[str, str],
    rimesse: int = 0,
) -> None:
    """Note a change of ``evidenza`` (label → text before and after), on it and on its programme.

    ``rimesse``: how many verified lines wait for the Agenzia again because of it. Without ``utente``: a
    command.
    """
    tolti, messi = solo_diversi(prima, dopo)
    messi = {"Evidenza": f"{evidenza} ({evidenza.codice})"} | messi
    if rimesse:
        messi["Da verificare di nuovo"] = conta(rimesse, "riga", "righe")
    annota(azione=azione, oggetti=[evidenza, evidenza.programma], utente=utente, prima=tolti, dopo=messi)


def annota_registrate(registrate: Iterable[tuple[Evidenza, Mapping[str, str]]], utente: Utente) -> None:
    """Note that each of these evidences, all of one programme, was recorded (with what it says in words)."""
    fatti = [
        Fatto(
            [evidenza, evidenza.programma],
            prima={},
            dopo={"Evidenza": f"{evidenza} ({evidenza.codice})"} | solo_diversi({}, parole)[1],
        )
        for evidenza, parole in registrate
    ]
    annota_molti(azione="evidenza.registrazione", fatti=fatti, utente=utente)
