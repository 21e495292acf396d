"""The frozen versions, and the history of what happened."""

from collections.abc import Iterator

from tests.indirizzi.indirizzo import DENTRO, Indirizzo, dell_organizzazione
from tests.indirizzi.mondo import Argomenti, Mondo, programma_di


def _versione(numero: int = 1) -> Argomenti:
    return lambda mondo: (*programma_di("approvato")(mondo), numero)


def _trasmessa(mondo: Mondo) -> tuple[object, ...]:
    return (*programma_di("trasmesso")(mondo), 1)


def _versioni() -> Iterator[Indirizzo]:
    # What was approved is everyone's; what was transmitted, of who follows the programme.
    yield Indirizzo("versioni", programma_di("approvato"), pubblico=200)
    yield Indirizzo("versione", _versione(), pubblico=200)
    yield Indirizzo("versione-json", _versione(), pubblico=200)
    yield Indirizzo("versione", _versione(99), pubblico=404, leggono=(), vietato=404)
    yield Indirizzo("versioni", programma_di("trasmesso"), pubblico=404)
    yield Indirizzo("versione", _trasmessa, pubblico=404)
    yield Indirizzo("versione-json", _trasmessa, pubblico=404)


def _storia() -> Iterator[Indirizzo]:
    yield Indirizzo("storia-programma", programma_di("approvato"))
    yield Indirizzo("storia-programma", programma_di("approvato"), query="?genere=evidenza")
    yield Indirizzo("storia-programma", programma_di("trasmesso"), fuori=404)
    yield Indirizzo("storia-evidenza", programma_di("approvato", "evidenza"))
    bozza = programma_di("approvato", "abbozzo")
    yield Indirizzo("storia-evidenza", bozza, leggono=("manager",), vietato=404)
    yield Indirizzo("storia-organizzazione", dell_organizzazione, leggono=DENTRO)


def _api() -> Iterator[Indirizzo]:
    yield Indirizzo("api-versioni", programma_di("approvato"), pubblico=200)
    yield Indirizzo("api-versioni", programma_di("trasmesso"), pubblico=404)
    yield Indirizzo("api-versione", _versione(), pubblico=200)
    yield Indirizzo("api-versione", _trasmessa, pubblico=404)


RIGHE = (*_versioni(), *_storia(), *_api())
