"""La variazione di un programma approvato."""

from collections.abc import Iterator

from tests.indirizzi.indirizzo import MODULO, SCRIVONO, Indirizzo
from tests.indirizzi.mondo import Mondo, programma_di


def _motivo(mondo: Mondo) -> dict[str, str]:
    return {"motivo": "Cambia il calendario degli incontri."}


def _variazione() -> Iterator[Indirizzo]:
    yield Indirizzo(
        "variazione-nuova",
        programma_di("approvato"),
        MODULO,
        None,
        SCRIVONO,
        SCRIVONO,
        corpo=_motivo,
    )


RIGHE = (*_variazione(),)
