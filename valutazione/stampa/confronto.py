"""The comparison of two versions, printed."""

from dataclasses import dataclass
from datetime import date

from programmi.models import Programma
from valutazione.confronti import Confronto, Lato
from valutazione.stampa.modello import Documento, in_pdf


@dataclass(frozen=True, kw_only=True)
class ConfrontoStampato(Documento):
    """``impronte`` name what was compared: its name, and the hash of a frozen version ("" for today); the
    others, who read the public form, have none."""

    modello = "pdf/confronto.html"

    programma: str
    confronto: Confronto
    impronte: tuple[tuple[str, str], ...]


def confronto_pdf(confronto: Confronto, *, giorno: date) -> bytes:
    """The PDF of a comparison; ``giorno`` is that of the newest of the two. Raises ``MotorePdfAssente``."""
    return in_pdf(componi(confronto, giorno=giorno))


def componi(confronto: Confronto, *, giorno: date) -> ConfrontoStampato:
    """The comparison as plain data."""
    programma = confronto.programma
    return ConfrontoStampato(
        titolo=f"Confronto – {programma}",
        autore=programma.distretto.denominazione,
        descrizione=f"{programma}: da {confronto.prima.nome} a {confronto.dopo.nome}",
        avviso="",
        giorno=giorno,
        programma=str(programma),
        confronto=confronto,
        impronte=tuple(
            (lato.con_iniziale, lato.versione.sha256 if lato.versione else "")
            for lato in (confronto.prima, confronto.dopo)
            if confronto.tutti
        ),
    )


def nome_file(programma: Programma, prima: Lato, dopo: Lato) -> str:
    """ "confronto-dfa-alta-valsugana-2025-1-oggi.pdf" """
    return f"confronto-{programma.distretto.codice}-{programma.edizione}-{prima.chiave}-{dopo.chiave}.pdf"
