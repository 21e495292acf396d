"""Recording at speed: the table of evidence, the paste from a spreadsheet."""

from collections.abc import Iterator

from tests.indirizzi.corpi import Corpo
from tests.indirizzi.indirizzo import MODULO, Indirizzo
from tests.indirizzi.mondo import Mondo, programma_di

MANAGER = ("manager",)


def _serie(mondo: Mondo) -> Corpo:
    versione = mondo.versione("evidenze-in-serie", anno=2025)
    scelte = {"azione": "registra", "tipo": "mail", "righe": ["1.3"], "versione": versione}
    return scelte | {"r1-data": "12/3/2025", "r1-argomento": "Avvio"}


def _incollata(mondo: Mondo) -> Corpo:
    testo = "Data\tArgomento\n12/3/2025\tAvvio delle attività\n"
    return {"azione": "usa", "tipo": "mail", "testo": testo, "colonna-0": "data", "colonna-1": "argomento"}


def _righe() -> Iterator[Indirizzo]:
    def modulo(nome: str, corpo: object, **altro: object) -> Indirizzo:
        return Indirizzo(
            nome,
            programma_di("approvato"),
            MODULO,
            leggono=MANAGER,
            scrivono=MANAGER,
            corpo=corpo,  # type: ignore[arg-type]
            **altro,  # type: ignore[arg-type]
        )

    yield modulo("evidenze-in-serie", _serie)
    yield modulo("evidenze-incolla", _incollata)


RIGHE = (*_righe(),)
"""What the manager alone does."""
