"""The comparison as plain data: what changed, where, from what to what, already in Italian words."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby


class Genere(StrEnum):
    """What happened to the thing, seen from the second document."""

    AGGIUNTA = "aggiunta"
    TOLTA = "tolta"
    MODIFICATA = "modificata"
    SPOSTATA = "spostata"

    @property
    def contrario(self) -> "Genere":
        """The same change read from the other side."""
        return {Genere.AGGIUNTA: Genere.TOLTA, Genere.TOLTA: Genere.AGGIUNTA}.get(self, self)


@dataclass(frozen=True, slots=True, order=True)
class Parte:
    """A heading under which differences are gathered; ``posto`` orders them as the programme does.

    ``azione`` is the code of the action (``P4``) where it has percentages of its own in both documents.
    """

    posto: tuple[int, int]
    nome: str
    titolo: str = ""
    azione: str = ""

    def __str__(self) -> str:
        """ "Progettualità 4: Comunicazione" """
        return f"{self.nome}: {self.titolo}" if self.titolo else self.nome


@dataclass(frozen=True, slots=True)
class Differenza:
    """One change. ``prima`` is None where the thing was not there, ``dopo`` where it is no more.

    ``voce`` says what changed inside ``parte`` ("riga 4.2: regola"). ``riga`` is the code, in the second
    document, of a line that is in both. ``prosa``: the words that changed are worth marking one by one.
    """

    parte: Parte
    voce: str
    genere: Genere = Genere.MODIFICATA
    prima: str | None = None
    dopo: str | None = None
    nota: str = ""
    prosa: bool = False
    riga: str = ""

    @property
    def dove(self) -> str:
        """The whole place: "Progettualità 4, riga 4.2: regola"."""
        return f"{self.parte.nome}, {self.voce}" if self.voce else self.parte.nome

    @property
    def titolo(self) -> str:
        """The place under its heading: "Riga 4.2: regola"."""
        return self.voce[:1].upper() + self.voce[1:]

    @property
    def lunga(self) -> bool:
        """Longer than half a printed page in its column?"""
        return max(len(self.prima or ""), len(self.dopo or "")) > 900

    @property
    def senza_testi(self) -> bool:
        """Is everything in its ``nota``? A new order, new numbers, new spaces."""
        return self.prima is None and self.dopo is None

    @property
    def frase(self) -> str:
        """In one line: "Progettualità 4, riga 4.2: regola: 50% per ogni post → 25% per ogni post"."""
        if self.senza_testi:
            return f"{self.dove}: {self.nota}"
        valori = " → ".join("niente" if valore is None else valore for valore in (self.prima, self.dopo))
        return f"{self.dove}: {valori}{f' ({self.nota})' if self.nota else ''}"


def per_parti(differenze: Iterable[Differenza]) -> list[tuple[Parte, list[Differenza]]]:
    """The differences under their headings, in the order of the programme."""
    ordinate = sorted(differenze, key=lambda differenza: differenza.parte)
    return [(parte, list(gruppo)) for parte, gruppo in groupby(ordinate, key=lambda d: d.parte)]
