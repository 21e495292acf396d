"""The members of a programme as its page shows them."""

from dataclasses import dataclass
from datetime import date

from distretti.models import Marchio
from valutazione.scheda.modello import Scheda


@dataclass(frozen=True)
class AderenteInPagina:
    """A member as the programme counts it: the same list that the evaluation reads."""

    codice: str
    denominazione: str
    dal: date
    marchi: tuple[str, ...]


def aderenti_in_pagina(scheda: Scheda, giorno: date) -> list[AderenteInPagina]:
    """The members of the programme on ``giorno``, in the order of the act."""
    marchi = dict(
        Marchio.objects.filter(autorita__codice=scheda.autorita).values_list("codice", "denominazione")
    )
    return [
        AderenteInPagina(
            codice=aderente.organizzazione,
            denominazione=scheda.nomi_organizzazioni.get(aderente.organizzazione, aderente.organizzazione),
            dal=aderente.dal,
            marchi=tuple(marchi.get(codice, codice) for codice in aderente.marchi),
        )
        for aderente in scheda.aderenti
        if aderente.nel_giorno(giorno)
    ]
