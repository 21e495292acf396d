"""The result of a year and its package."""

from collections.abc import Iterator

from tests.indirizzi.indirizzo import Indirizzo, senza
from tests.indirizzi.mondo import Argomenti, programma_di


def _numero(numero: int) -> Argomenti:
    return lambda mondo: (*programma_di("chiuso")(mondo), numero)


def _pubblicato() -> Iterator[Indirizzo]:
    # The first result is everyone's; its correction, not published yet, of who follows the programme.
    yield Indirizzo("risultato", programma_di("chiuso"), pubblico=200)
    yield Indirizzo("risultato-numero", _numero(1), pubblico=200)
    yield Indirizzo("risultato-pacchetto", _numero(1), pubblico=200)
    yield Indirizzo("risultato-numero", _numero(2), pubblico=404)
    yield Indirizzo("risultato-pacchetto", _numero(2), pubblico=404)
    yield Indirizzo("risultato-numero", _numero(99), pubblico=404, leggono=(), vietato=404)
    yield Indirizzo("risultato-pacchetto", _numero(99), pubblico=404, leggono=(), vietato=404)
    # Published without an act: the file of one is tried in tests/risultati/test_risultati.py.
    yield Indirizzo("risultato-atto", _numero(1), leggono=(), vietato=404)


def _in_corso() -> Iterator[Indirizzo]:
    yield Indirizzo("risultato", programma_di("approvato"), pubblico=404)
    yield Indirizzo("risultato", programma_di("trasmesso"), pubblico=404)
    yield Indirizzo("pacchetto", programma_di("approvato"))
    yield Indirizzo("pacchetto", programma_di("trasmesso"), fuori=404)


def _per_tutti() -> Iterator[Indirizzo]:
    yield Indirizzo("verificatore", senza, pubblico=200)
    yield Indirizzo("verificatore-file", senza, pubblico=200)


def _api() -> Iterator[Indirizzo]:
    for nome in ("api-risultato", "api-pacchetto"):
        yield Indirizzo(nome, programma_di("chiuso"), pubblico=200)
        yield Indirizzo(nome, programma_di("chiuso"), pubblico=404, query="?numero=2")
        yield Indirizzo(
            nome, programma_di("trasmesso"), pubblico=404, query="?numero=1", leggono=(), vietato=404
        )
    yield Indirizzo("api-risultato", programma_di("approvato"), pubblico=404, leggono=(), vietato=404)
    yield Indirizzo("api-pacchetto", programma_di("approvato"), pubblico=404)


RIGHE = (*_pubblicato(), *_in_corso(), *_per_tutti(), *_api())
