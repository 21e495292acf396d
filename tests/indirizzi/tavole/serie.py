"""Recording at speed: the table of evidence, the paste, in breve; planned evidence whose day has come."""

from collections.abc import Callable, Iterator

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


def _breve(mondo: Mondo) -> Corpo:
    return {"proposta": "mail:1.3", "argomento": "Invio", "data": "2025-03-12"}


def _avvenuta(mondo: Mondo) -> Corpo:
    versione = mondo.versione("evidenza-avvenuta", mondo.pianificata.pk, anno=2025)
    return {"esito": "avvenuta", "data": "2025-05-06", "versione": versione}


def _avvenute(mondo: Mondo) -> Corpo:
    return {"evidenze": [mondo.pianificata.pk]}


def _righe() -> Iterator[Indirizzo]:
    def modulo(nome: str, corpo: Callable[[Mondo], Corpo], *altri: str) -> Indirizzo:
        dove = programma_di("approvato", *altri)
        return Indirizzo(nome, dove, MODULO, leggono=MANAGER, scrivono=MANAGER, corpo=corpo)

    yield modulo("evidenze-in-serie", _serie)
    yield modulo("evidenze-incolla", _incollata)
    yield modulo("evidenza-breve", _breve)
    yield modulo("evidenze-avvenute", _avvenute)
    yield modulo("evidenza-avvenuta", _avvenuta, "pianificata")


def _elenchi() -> Iterator[Indirizzo]:
    """They hold other people's names: closed also where the promise is public."""
    approvato = programma_di("approvato")
    yield Indirizzo("elenchi", approvato)
    for nome in ("elenco", "elenco-xlsx", "elenco-pdf"):
        yield Indirizzo(nome, lambda mondo: (*approvato(mondo), "1.3"))


RIGHE = (*_righe(), *_elenchi())
"""What the manager alone does, and the lists for who follows the programme."""
