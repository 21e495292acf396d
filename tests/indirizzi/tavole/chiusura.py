"""The closing of the year: its page, its steps, the autovalutazione."""

from collections.abc import Iterator
from typing import Any

from tests.indirizzi.indirizzo import DENTRO, MODULO, Indirizzo
from tests.indirizzi.mondo import Argomenti, Mondo, programma_di

MANAGER = ("manager",)


def _passo(azione: str) -> Argomenti:
    return lambda mondo: (*programma_di("approvato")(mondo), azione)


def _commento(mondo: Mondo) -> dict[str, Any]:
    modulo: Any = (
        mondo.entra("manager").get(f"{mondo.approvato.get_absolute_url()}autovalutazione/").context["form"]
    )
    return {"commento-P1": "Un anno pieno.", "versione-P1": modulo["versione-P1"].value()}


def _chiusura() -> Iterator[Indirizzo]:
    yield Indirizzo("chiusura", programma_di("approvato"), leggono=DENTRO)
    yield Indirizzo("chiusura", programma_di("trasmesso"), fuori=404)
    yield Indirizzo("api-chiusura", programma_di("approvato"), leggono=DENTRO)
    yield Indirizzo(
        "autovalutazione", programma_di("approvato"), MODULO, None, MANAGER, MANAGER, corpo=_commento
    )


RIGHE = (*_chiusura(),)
