"""What changes from one result to the next, value by value: frozen with the correction, told in sentences."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from distretti.basi.italiano import percento
from valutazione.confronto import azioni_abbinate, righe_abbinate
from valutazione.risultati.pacchetto import Pacchetto

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
    """``voce``: ``programma``, ``obbligatorie``, ``progettualita`` or the code of an action or of a line: the
    one it has in the newer result, or had in the older when it is in that alone. ``voce_prima``: its code in
    the older result, ``None`` when it was not there.

    ``prima`` and ``dopo``: percentages as an esito writes them, ``None`` = non valutata, ``assente``.
    """

    voce: str
    voce_prima: str | None
    lettura: str
    prima: str | None
    dopo: str | None

    @property
    def json(self) -> Documento:
        """The keys that are frozen with a correction and given by the API."""
        return asdict(self)

    @property
    def nome(self) -> str:
        """ "Programma", "Riga 1.2", "Progettualità 3 (prima 4)", "Azione obbligatoria obb.4" """
        if self.voce_prima is None or self.voce_prima == self.voce:
            return _nome(self.voce)
        return f"{_nome(self.voce)} (prima {self.voce_prima.removeprefix('P')})"

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


def differenze(prima: Pacchetto, dopo: Pacchetto) -> list[Differenza]:
    """The values of two results that differ: programme, its two halves, actions and lines, in that order.

    A variazione between the two may have moved the numbers: each thing is compared with itself.
    """
    vecchi, nuovi = dict(_valori(prima.esito)), dict(_valori(dopo.esito))
    di_prima = {voce: voce for voce in NOMI}
    for abbinate in (azioni_abbinate, righe_abbinate):
        di_prima |= {ora: era for era, ora in abbinate(prima.scheda, dopo.scheda).items()}
    assenti = dict.fromkeys(LETTURE, ASSENTE)
    voci = [(voce, di_prima.get(voce), valori) for voce, valori in nuovi.items()]
    rimaste = {era for _, era, _ in voci}
    voci += [(voce, voce, assenti) for voce in vecchi if voce not in rimaste]
    return [
        Differenza(voce, era, lettura, di_allora[lettura], di_ora[lettura])
        for voce, era, di_ora in voci
        for di_allora in [vecchi[era] if era is not None else assenti]
        for lettura in LETTURE
        if di_allora[lettura] != di_ora[lettura]
    ]


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


def _nome(voce: str) -> str:
    if voce in NOMI:
        return NOMI[voce]
    if voce[0].isdigit():
        return f"Riga {voce}"
    return f"Progettualità {voce[1:]}" if voce.startswith("P") else f"Azione obbligatoria {voce}"


def _in_parole(valore: str | None) -> str:
    if valore is None:
        return "non valutata"
    return valore if valore == ASSENTE else percento(Decimal(valore))
