"""Noting in the event log what somebody wrote of the promise."""

from collections.abc import Mapping

from distretti.eventi import annota, solo_diversi
from programmi.models import Programma


def annota_scrittura(
    programma: Programma,
    azione: str,
    prima: Mapping[str, str],
    dopo: Mapping[str, str],
    *,
    parte: str = "",
) -> None:
    """Note a change of a part of the promise, by the person of the request; nothing when nothing changed.

    ``prima``, ``dopo``: the part as label → text (``programmi.versioni``); ``parte`` names it where a
    programme has many ("Progettualità 4"). To be called last in the transaction.
    """
    tolti, messi = solo_diversi(prima, dopo)
    if tolti or messi:
        annota(azione=azione, oggetti=[programma], prima=_con(parte, tolti), dopo=_con(parte, messi))


def _con(parte: str, testi: Mapping[str, str]) -> dict[str, str]:
    return {f"{parte}: {nome[:1].lower()}{nome[1:]}" if parte else nome: t for nome, t in testi.items()}
