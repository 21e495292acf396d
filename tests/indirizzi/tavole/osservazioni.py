"""The osservazioni: who follows the programme reads them, the authority writes them, the district replies."""

from collections.abc import Iterator

from tests.indirizzi.corpi import Corpo
from tests.indirizzi.indirizzo import MODULO, SCRIVONO, Indirizzo
from tests.indirizzi.mondo import Argomenti, Mondo, programma_di

ESAMINANO = ("agenzia", "dirigente")


def _la_prima(quale: str) -> Argomenti:
    return lambda mondo: (*programma_di(quale)(mondo), 1)


def _nuova(mondo: Mondo) -> Corpo:
    return {"parte": "premessa", "campo": "", "testo": "Manca un capoverso."}


def _replica(mondo: Mondo) -> Corpo:
    return {"testo": "L'abbiamo aggiunto."}


def _chiusura(mondo: Mondo) -> Corpo:
    return {"nota": "Va bene."}


def _osservazioni() -> Iterator[Indirizzo]:
    def modulo(nome: str, argomenti: Argomenti, chi: tuple[str, ...], **altro: object) -> Indirizzo:
        return Indirizzo(nome, argomenti, MODULO, None, chi, chi, fuori=404, **altro)  # type: ignore[arg-type]

    yield Indirizzo("osservazioni", programma_di("in_esame"), fuori=404)
    yield Indirizzo("osservazioni", programma_di("integrazioni_richieste"), fuori=404)
    yield Indirizzo("osservazioni", programma_di("approvato"))
    in_esame = programma_di("in_esame")
    yield Indirizzo("api-osservazioni", in_esame, fuori=404)
    yield Indirizzo("api-osservazioni", programma_di("approvato"))
    yield modulo("osservazione-nuova", in_esame, ESAMINANO, corpo=_nuova)
    yield modulo("osservazione-nuova", in_esame, ESAMINANO, corpo=_nuova, query="?oggetto=premessa")
    yield modulo("osservazione-chiudi", _la_prima("in_esame"), ESAMINANO, corpo=_chiusura)
    yield modulo("osservazione-replica", _la_prima("integrazioni_richieste"), SCRIVONO, corpo=_replica)


RIGHE = (*_osservazioni(),)
