"""Evidence, percentages, verification, the desk."""

from collections.abc import Iterator

from tests.indirizzi import corpi
from tests.indirizzi.indirizzo import APPROVANO, INVIO, MODULO, VERIFICANO, Indirizzo, senza
from tests.indirizzi.mondo import Argomenti, programma_di


def _evidenze() -> Iterator[Indirizzo]:
    """Evidence and percentages: closed also where the promise is public."""
    manager = ("manager",)

    def di(*altri: str) -> Argomenti:
        return programma_di("approvato", *altri)

    for nome in ("perche", "relazione", "evidenze", "api-valutazione"):
        yield Indirizzo(nome, di())
    yield Indirizzo("relazione-estremi", di(), leggono=APPROVANO)
    yield Indirizzo("perche-azione", lambda m: (*di()(m), "P1"))
    yield Indirizzo("evidenze", di(), query="?verifica=in_attesa")
    yield Indirizzo("evidenza", di("evidenza"))
    yield Indirizzo("evidenza", di("ritirata"))
    yield Indirizzo("allegato", di("evidenza", "allegato"))
    # A bozza is of its manager alone: to the others its file does not exist.
    yield Indirizzo("allegato", di("abbozzo", "allegato_abbozzo"), leggono=manager, vietato=404)
    yield Indirizzo("evidenza-nuova", di(), MODULO, None, manager, manager, corpo=corpi.evidenza_nuova)
    modifica = "evidenza-modifica"
    for corpo in (corpi.evidenza_bozza, corpi.allegato_togli):
        yield Indirizzo(modifica, di("abbozzo"), MODULO, None, manager, manager, corpo=corpo)
    yield Indirizzo(modifica, di("evidenza"), MODULO, None, manager, manager, corpo=corpi.evidenza_registrata)
    # A registered evidence is withdrawn, a bozza is thrown away.
    yield Indirizzo("evidenza-ritira", di("evidenza"), MODULO, None, manager, manager, corpo=corpi.ritiro)
    yield Indirizzo("evidenza-elimina", di("abbozzo"), INVIO, None, (), manager)
    yield Indirizzo("verifica", di(), leggono=VERIFICANO)
    yield Indirizzo(
        "imputazione-verifica",
        di("evidenza", "imputazione"),
        MODULO,
        leggono=VERIFICANO,
        scrivono=VERIFICANO,
        corpo=corpi.verifica,
    )


RIGHE = (*_evidenze(), Indirizzo("scrivania", senza, fuori=200))
