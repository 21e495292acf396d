"""What changes from one result to the next, value by value: frozen with the correction, told in sentences."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from distretti.basi.italiano import percento

Documento = dict[str, Any]

LETTURE = ("dichiarato", "riconosciuto")
PROGRAMMA, OBBLIGATORIE, PROGETTUALITA = "programma", "obbligatorie", "progettualita"
NOMI = {
    PROGRAMMA: "Programma",
    OBBLIGATORIE: "Azioni obbligatorie nel loro insieme",
    PROGETTUALITA: "Progettualità nel loro insieme",
}
ASSENTE = "assente"
"""Said of a line or of an action that one of the two does not have: a variazione came in between."""


@dataclass(frozen=True, slots=True)
class Differenza:
    """``voce``: ``programma``, ``obbligatorie``, ``progettualita`` or the code of an action or of a line.

    ``prima`` and ``dopo``: percentages as an esito writes them, ``None`` = non valutata, ``assente``.
    """

    voce: str
    lettura: str
    prima: str | None
    dopo: str | None

    @property
    def json(self) -> Documento:
        return {"voce": self.voce, "lettura": self.lettura, "prima": self.prima, "dopo": self.dopo}

    @property
    def nome(self) -> str:
        """ "Programma", "Riga 1.2", "Progettualità 3", "Azione obbligatoria obb.4" """
        if self.voce in NOMI:
            return NOMI[self.voce]
        if self.voce[0].isdigit():
            return f"Riga {self.voce}"
        if self.voce.startswith("P"):
            return f"Progettualità {self.voce[1:]}"
        return f"Azione obbligatoria {self.voce}"

    @property
    def prima_in_parole(self) -> str:
        return _in_parole(self.prima)

    @property
    def dopo_in_parole(self) -> str:
        return _in_parole(self.dopo)

    @property
    def frase(self) -> str:
        """ "Programma, riconosciuto: era 50,00%, ora è 60,00%." """
        return f"{self.nome}, {self.lettura}: era {self.prima_in_parole}, ora è {self.dopo_in_parole}."


def differenze(prima: Documento, dopo: Documento) -> list[Differenza]:
    """The values of two esiti that differ: programme, its two halves, actions and lines, in that order."""
    vecchi, nuovi = dict(_valori(prima)), dict(_valori(dopo))
    assenti = dict.fromkeys(LETTURE, ASSENTE)
    return [
        Differenza(voce, lettura, vecchi.get(voce, assenti)[lettura], nuovi.get(voce, assenti)[lettura])
        for voce in {**nuovi, **vecchi}
        for lettura in LETTURE
        if vecchi.get(voce, assenti)[lettura] != nuovi.get(voce, assenti)[lettura]
    ]


def da_json(scritte: list[Documento]) -> list[Differenza]:
    return [Differenza(d["voce"], d["lettura"], d["prima"], d["dopo"]) for d in scritte]


def _valori(esito: Documento) -> Iterator[tuple[str, Documento]]:
    """Each value by its name; a compulsory line is its own action, and is told once."""
    programma = esito["programma"]
    yield PROGRAMMA, programma
    yield OBBLIGATORIE, programma["obbligatorie"]
    yield PROGETTUALITA, programma["progettualita"]
    for azione in esito["azioni"]:
        yield azione["codice"], azione
        for riga in azione["righe"]:
            if riga["codice"] != azione["codice"]:
                yield riga["codice"], riga


def _in_parole(valore: str | None) -> str:
    if valore is None:
        return "non valutata"
    return valore if valore == ASSENTE else percento(Decimal(valore))
