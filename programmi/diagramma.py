"""The declared table as the documentation shows it: a diagram and the tables of ``docs/procedura.md``.

The document is written between marks, and a test says that it is what the table gives. The table of the
closing (``valutazione.diagramma``) is shown in the same way.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic

from distretti.basi.parole import Parola
from programmi.azione_dichiarata import AzioneDichiarata, S
from programmi.models import StatoProgramma
from programmi.tabella import AZIONI, TRANSIZIONI

_SEGNI = re.compile(r"(<!-- inizio: (\w+) -->\n).*?(<!-- fine: \2 -->)", re.DOTALL)


@dataclass(frozen=True)
class TabellaIllustrata(Generic[S]):
    """A declared table as Markdown. ``stati``: code and words of each state, the one it begins from first."""

    stati: Mapping[S, tuple[str, str]]
    azioni: Iterable[AzioneDichiarata[S, Parola]]

    def diagramma(self) -> str:
        """The steps as a Mermaid state diagram."""
        righe = ["```mermaid", "stateDiagram-v2"]
        righe += [f'    state "{nome}" as {codice}' for codice, nome in self.stati.values()]
        righe.append(f"    [*] --> {next(iter(self.stati.values()))[0]}")
        for azione in self.azioni:
            if azione.a is not None:
                arrivo = self.stati[azione.a][0]
                righe += [
                    f"    {self.stati[da][0]} --> {arrivo}: {azione.codice.etichetta}" for da in azione.da
                ]
        return "\n".join([*righe, "```", ""])

    def passaggi(self) -> str:
        """The steps: from, to, who, conditions."""
        testa = ["| passaggio | da | a | chi | condizioni |", "|---|---|---|---|---|"]
        passi = [
            self._riga(azione, self._da(azione), self.stati[azione.a][1])
            for azione in self.azioni
            if azione.a is not None
        ]
        return "\n".join([*testa, *passi, ""])

    def altre(self) -> str:
        """What is done without moving anything to another state."""
        testa = ["| azione | in quali stati | chi | condizioni |", "|---|---|---|---|"]
        altre = [self._riga(azione, self._da(azione)) for azione in self.azioni if azione.a is None]
        return "\n".join([*testa, *altre, ""])

    def nel_documento(self, documento: str) -> str:
        """``documento`` with what stands between its marks written anew from the table."""
        parti: dict[str, Callable[[], str]] = {
            "diagramma": self.diagramma,
            "passaggi": self.passaggi,
            "altre": self.altre,
        }
        return _SEGNI.sub(lambda trovata: f"{trovata[1]}{parti[trovata[2]]()}{trovata[3]}", documento)

    def _riga(self, azione: AzioneDichiarata[S, Parola], *colonne: str) -> str:
        chi = ", ".join(ruolo.label for ruolo in azione.ruoli)
        condizioni = "; ".join(azione.condizioni) or "–"
        return " | ".join([f"| {azione.codice.etichetta}", *colonne, chi, f"{condizioni} |"])

    def _da(self, azione: AzioneDichiarata[S, Parola]) -> str:
        return ", ".join(self.stati[da][1] for da in azione.da)


def con_la_tabella(documento: str) -> str:
    """``documento`` with what stands between its marks written anew from the table of the procedure."""
    stati = {stato: (stato.value, str(stato.label)) for stato in StatoProgramma}
    # The steps first, in the order of the buttons: the table already has them so.
    assert AZIONI[: len(TRANSIZIONI)] == TRANSIZIONI
    return TabellaIllustrata(stati, AZIONI).nel_documento(documento)
