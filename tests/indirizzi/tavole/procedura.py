"""The steps of the procedure."""

from collections.abc import Iterator
from typing import Any

from tests.indirizzi import corpi
from tests.indirizzi.indirizzo import APPROVANO, MODULO, REGISTRO, Indirizzo
from tests.indirizzi.mondo import del_distretto, programma_di


def _procedura() -> Iterator[Indirizzo]:
    def passo(nome: str, quale: str, chi: tuple[str, ...], corpo: Any) -> Indirizzo:
        return Indirizzo(nome, programma_di(quale), MODULO, None, chi, chi, fuori=404, corpo=corpo)

    yield passo("programma-trasmetti", "bozza", ("referente",), corpi.trasmissione)
    yield passo("programma-rinvia", "trasmesso", APPROVANO, corpi.rinvio)
    yield passo("programma-approva", "trasmesso", APPROVANO, corpi.approvazione)
    yield Indirizzo(
        "adesione-nuova", del_distretto, MODULO, leggono=REGISTRO, scrivono=REGISTRO, corpo=corpi.adesione
    )


RIGHE = (*_procedura(),)
