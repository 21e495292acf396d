"""Two promises compared, in words an official understands. Pure: two documents in, differences out.

``confronta(prima, dopo, parole) -> list[Differenza]`` reads two documents of the exchange format and leaves
evidence out; ``per_parti`` gathers the differences under their headings; ``segna`` marks the single words
that changed in a text. ``effetto`` says what the evidence of today is worth under both.
"""

from valutazione.confronto.azioni import azioni_abbinate, confronta_azioni, righe_abbinate
from valutazione.confronto.modello import Differenza, Genere, Parte, per_parti
from valutazione.confronto.parole import Json, Parole
from valutazione.confronto.raccolta import Raccolta
from valutazione.confronto.testata import confronta_testata
from valutazione.confronto.tratti import segna
from valutazione.scheda.differenze import normale


def confronta(prima: Json, dopo: Json, parole: Parole | None = None) -> list[Differenza]:
    """Everything that changed from ``prima`` to ``dopo``, in the order of the programme.

    Equal documents give nothing, and no change is silent; evidence is not looked at. Numbers written in two
    ways, and what is absent or empty, are the same. Names that ``parole`` does not give are those of the
    documents, then the codes.
    """
    qui, la = (normale({**documento, "evidenze": []}) for documento in (prima, dopo))
    raccolta = Raccolta(_con_nomi(parole or Parole(), qui, la))
    confronta_testata(raccolta, qui, la)
    confronta_azioni(raccolta, qui, la)
    return sorted(raccolta.tutte, key=lambda differenza: differenza.parte)


def _con_nomi(parole: Parole, *documenti: Json) -> Parole:
    """With the names that the documents themselves give."""
    nomi = {o["codice"]: o["denominazione"] for d in documenti for o in d["organizzazioni"]}
    distretti = {d["distretto"]["codice"]: d["distretto"]["denominazione"] for d in documenti}
    return Parole(
        classificazioni=parole.classificazioni,
        marchi=parole.marchi,
        distretti={**distretti, **parole.distretti},
        organizzazioni={**nomi, **parole.organizzazioni},
    )


__all__ = [
    "Differenza",
    "Genere",
    "Parole",
    "Parte",
    "azioni_abbinate",
    "confronta",
    "per_parti",
    "righe_abbinate",
    "segna",
]
