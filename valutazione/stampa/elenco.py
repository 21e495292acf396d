"""A prescribed list, printed."""

from dataclasses import dataclass
from datetime import date

from valutazione.elenchi.modello import Elenco
from valutazione.scheda.modello import Scheda
from valutazione.stampa.modello import Documento, in_pdf


@dataclass(frozen=True, kw_only=True)
class ElencoStampato(Documento):
    """``elenco`` as it is today."""

    modello = "pdf/elenco.html"

    programma: str
    elenco: Elenco


def elenco_pdf(scheda: Scheda, elenco: Elenco, *, giorno: date) -> bytes:
    """The PDF of a list. Raises ``MotorePdfAssente``."""
    return in_pdf(componi(scheda, elenco, giorno=giorno))


def componi(scheda: Scheda, elenco: Elenco, *, giorno: date) -> ElencoStampato:
    """The list as plain data."""
    distretto = scheda.distretto.denominazione
    programma = f"{distretto}, {scheda.dal.year}"
    return ElencoStampato(
        titolo=f"Elenco delle evidenze della riga {elenco.riga.codice} – {programma}",
        autore=distretto,
        descrizione=f"{programma}: {elenco.riga.testo}",
        avviso="DIMOSTRAZIONE – dati inventati" if scheda.dimostrazione else "",
        giorno=giorno,
        programma=programma,
        elenco=elenco,
    )
