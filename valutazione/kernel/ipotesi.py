"""What a line reaching a value would bring to its action and to the programme, without evaluating again.

The value of an action and of the programme are weighted means of what is scored (contract: "The values"): a
line that rises by something brings them that much by its weight, exactly.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from valutazione.kernel.esito import Esito, EsitoAzione, EsitoRiga
from valutazione.scheda.modello import UNO


@dataclass(frozen=True, slots=True)
class Arrivo:
    """*Dichiarato* of a line, of its action and of the programme, if the line reached its value."""

    riga: Fraction
    azione: Fraction
    programma: Fraction


class Ipotesi:
    """The *dichiarato* of an evaluation, and what it would become."""

    def __init__(self, esito: Esito) -> None:
        self._esito = esito
        self._peso = sum((azione.peso for azione in esito.azioni if azione.valori.valutata), Fraction(0))
        self._di = {riga.codice: (azione, riga) for azione in esito.azioni for riga in azione.righe}

    def se(self, codice: str, dichiarato: Fraction) -> Arrivo:
        """If the scored line ``codice`` reached ``dichiarato``. Raises KeyError for an unknown line."""
        azione, riga = self._di[codice]
        nell_azione, nel_programma = self._aumento(azione, riga, dichiarato)
        prima, programma = azione.valori.dichiarato, self._esito.programma.valori.dichiarato
        assert prima is not None
        assert programma is not None
        return Arrivo(dichiarato, prima + nell_azione, programma + nel_programma)

    def se_tutte(self, dichiarati: Mapping[str, Fraction]) -> Fraction | None:
        """The programme, if all these scored lines reached their value; None when nothing is scored."""
        programma = self._esito.programma.valori.dichiarato
        if programma is None:
            return None
        aumenti = (self._aumento(*self._di[codice], valore)[1] for codice, valore in dichiarati.items())
        return programma + sum(aumenti, Fraction(0))

    def _aumento(self, azione: EsitoAzione, riga: EsitoRiga, fino: Fraction) -> tuple[Fraction, Fraction]:
        """What the action and the programme gain."""
        assert riga.valori.dichiarato is not None
        pesi = [UNO if azione.obbligatoria else r.peso for r in azione.righe if r.valori.valutata]
        peso = UNO if azione.obbligatoria else riga.peso
        nell_azione = (fino - riga.valori.dichiarato) * peso / sum(pesi, Fraction(0))
        return nell_azione, nell_azione * azione.peso / self._peso
