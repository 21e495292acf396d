"""The steps of the procedure, each on a programme in a state that allows it."""

from collections.abc import Iterator
from typing import Any

from tests.indirizzi import corpi
from tests.indirizzi.indirizzo import MODULO, SCRIVONO, Indirizzo
from tests.indirizzi.mondo import Argomenti, Mondo, programma_di

AGENZIA, DIRIGENTE, REFERENTE = ("agenzia",), ("dirigente",), ("referente",)


def _passo_di(quale: str, azione: str) -> Argomenti:
    """The arguments of the page of a step of a programme of the scene."""

    def argomenti(mondo: Mondo) -> tuple[object, ...]:
        return (*programma_di(quale)(mondo), azione)

    return argomenti


def _procedura() -> Iterator[Indirizzo]:
    def passo(argomenti: Argomenti, chi: tuple[str, ...], corpo: Any, fuori: int = 404) -> Indirizzo:
        return Indirizzo("programma-passaggio", argomenti, MODULO, None, chi, chi, fuori=fuori, corpo=corpo)

    yield passo(_passo_di("bozza", "trasmissione"), REFERENTE, corpi.trasmissione)
    yield passo(_passo_di("trasmesso", "presa_in_carico"), AGENZIA, corpi.passo)
    yield passo(_passo_di("in_esame", "rinvio"), AGENZIA, corpi.passo_motivato)
    yield passo(_passo_di("da_proporre", "proposta"), AGENZIA, corpi.passo)
    yield passo(_passo_di("proposto", "restituzione"), DIRIGENTE, corpi.passo_motivato)
    yield passo(_passo_di("proposto", "messa_alla_firma"), DIRIGENTE, corpi.passo)
    yield passo(_passo_di("alla_firma", "approvazione"), DIRIGENTE, corpi.approvazione)
    yield passo(_passo_di("alla_firma", "respingimento"), DIRIGENTE, corpi.respingimento)
    yield passo(
        _passo_di("approvato", "pubblicazione"), (*AGENZIA, *DIRIGENTE), corpi.pubblicazione, fuori=403
    )
    yield passo(_passo_di("trasmesso", "ritiro"), REFERENTE, corpi.passo_motivato)
    yield passo(_passo_di("ritirato", "riapertura"), SCRIVONO, corpi.passo)
    yield Indirizzo("api-procedura", programma_di("approvato"))
    for nome, corpo in (("programma-integrazione", corpi.integrazione), ("programma-cifra", corpi.cifra)):
        dove = programma_di("in_esame")
        yield Indirizzo(nome, dove, MODULO, None, AGENZIA, AGENZIA, fuori=404, corpo=corpo)


RIGHE = (*_procedura(),)
