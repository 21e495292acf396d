"""Noting in the event log what happens to an evidence."""

from collections.abc import Mapping

from distretti.basi.italiano import conta
from distretti.eventi import annota, solo_diversi
from distretti.models import Utente
from valutazione.models import Evidenza


def annota_evidenza(
    evidenza: Evidenza,
    azione: str,
    utente: Utente,
    prima: Mapping[str, str],
    dopo: Mapping[str, str],
    rimesse: int = 0,
) -> None:
    """Note a change of ``evidenza`` (label → text before and after), on it and on its programme.

    ``rimesse``: how many verified lines wait for the Agenzia again because of it.
    """
    tolti, messi = solo_diversi(prima, dopo)
    messi = {"Evidenza": f"{evidenza} ({evidenza.codice})"} | messi
    if rimesse:
        messi["Da verificare di nuovo"] = conta(rimesse, "riga", "righe")
    annota(azione=azione, oggetti=[evidenza, evidenza.programma], utente=utente, prima=tolti, dopo=messi)
