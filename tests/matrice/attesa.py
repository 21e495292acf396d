"""Legge la tavola scritta a mano (matrice.md): azione, persona, stato → che cosa deve succedere."""

import re
from functools import cache
from pathlib import Path

STATI = {
    "B": "bozza",
    "T": "trasmesso",
    "E": "in_esame",
    "I": "integrazioni_richieste",
    "P": "proposto",
    "F": "alla_firma",
    "A": "approvato",
    "U": "in_attuazione",
    "R": "ritirato",
    "X": "respinto",
}
"""The columns: in lower case, the same state of a variazione."""

PUO, NON_ORA, NON_SUO, NON_ESISTE, ENTRI = "S", ".", "n", "0", "a"
FUORI_TAVOLA = "Chi non compare"
REST = "REST: "
"""How the titles begin of what is tried by the REST interface."""

Righe = dict[str, dict[str, str]]
"""By person, then by column."""


@cache
def tavole() -> dict[str, Righe]:
    """By action, everybody: those whom its own table does not name as in the first one."""
    testo = (Path(__file__).parent / "matrice.md").read_text(encoding="utf-8")
    trovate: dict[str, Righe] = {}
    for parte in testo.split("\n## ")[1:]:
        (corpo,) = re.findall(r"^```\n(.*?)^```$", parte, flags=re.MULTILINE | re.DOTALL)
        trovate[parte.partition("\n")[0]] = _tavola(corpo)
    altri = trovate.pop(FUORI_TAVOLA)
    for azione, righe in trovate.items():
        assert righe.keys() <= altri.keys(), f"{azione}: {righe.keys() - altri.keys()}"
    return {azione: altri | righe for azione, righe in trovate.items()}


def _tavola(corpo: str) -> Righe:
    intestazione, *righe = corpo.replace("|", " ").splitlines()
    colonne = intestazione.split()
    tavola: Righe = {}
    for riga in righe:
        parole = riga.split()
        persone, caselle = parole[: -len(colonne)], parole[-len(colonne) :]
        assert persone, riga
        assert set(caselle) <= {PUO, NON_ORA, NON_SUO, NON_ESISTE, ENTRI}, riga
        for persona in persone:
            assert persona not in tavola, f"{persona} compare due volte"
            tavola[persona] = dict(zip(colonne, caselle, strict=True))
    return tavola


def colonne() -> list[str]:
    """The columns of the tables."""
    return list(tavole()["trasmissione"]["referente"])
