"""The declared table as the documentation shows it: a diagram and the tables of ``docs/procedura.md``.

The document is written between marks, and a test says that it is what the table gives.
"""

import re

from programmi.models import StatoProgramma
from programmi.tabella import AZIONI, TRANSIZIONI, Azione

_SEGNI = re.compile(r"(<!-- inizio: (\w+) -->\n).*?(<!-- fine: \2 -->)", re.DOTALL)


def diagramma() -> str:
    """The steps as a Mermaid state diagram."""
    righe = ["```mermaid", "stateDiagram-v2"]
    righe += [f'    state "{stato.label}" as {stato.value}' for stato in StatoProgramma]
    righe.append(f"    [*] --> {StatoProgramma.BOZZA.value}")
    for azione in TRANSIZIONI:
        assert azione.a is not None
        righe += [f"    {da.value} --> {azione.a.value}: {azione.codice.etichetta}" for da in azione.da]
    return "\n".join([*righe, "```", ""])


def passaggi() -> str:
    """The steps: from, to, who, conditions."""
    testa = ["| passaggio | da | a | chi | condizioni |", "|---|---|---|---|---|"]
    return "\n".join(
        [*testa, *(_riga(azione, _stati(azione), _arrivo(azione)) for azione in TRANSIZIONI), ""]
    )


def altre() -> str:
    """What is done without moving the programme."""
    testa = ["| azione | in quali stati | chi | condizioni |", "|---|---|---|---|"]
    scelte = [azione for azione in AZIONI if azione.a is None]
    return "\n".join([*testa, *(_riga(azione, _stati(azione)) for azione in scelte), ""])


def con_la_tabella(documento: str) -> str:
    """``documento`` with what stands between its marks written anew from the table."""
    parti = {"diagramma": diagramma, "passaggi": passaggi, "altre": altre}
    return _SEGNI.sub(lambda trovata: f"{trovata[1]}{parti[trovata[2]]()}{trovata[3]}", documento)


def _riga(azione: Azione, *colonne: str) -> str:
    chi = ", ".join(ruolo.label for ruolo in azione.ruoli)
    condizioni = "; ".join(azione.condizioni) or "–"
    return " | ".join([f"| {azione.codice.etichetta}", *colonne, chi, f"{condizioni} |"])


def _stati(azione: Azione) -> str:
    return ", ".join(stato.label for stato in azione.da)


def _arrivo(azione: Azione) -> str:
    return "" if azione.a is None else azione.a.label
