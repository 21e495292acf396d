"""The figures of an authority."""

from collections.abc import Iterator

from tests.indirizzi.indirizzo import DENTRO, Indirizzo
from tests.indirizzi.mondo import Mondo

DELL_AUTORITA = tuple(chi for chi in DENTRO if chi not in ("manager", "referente", "coordinatore"))


def dell_anno(mondo: Mondo) -> tuple[object, ...]:
    return (mondo.approvato.distretto.autorita.codice, mondo.approvato.anno)


def _righe() -> Iterator[Indirizzo]:
    for query in ("", "?q=alta&chiusura=in_corso&ordine=riconosciuto", "?chiusura=inventata&ordine=x&page=9"):
        yield Indirizzo("quadro", dell_anno, leggono=DELL_AUTORITA, query=query)
    for nome in ("quadro-csv", "quadro-xlsx"):
        yield Indirizzo(nome, dell_anno, leggono=DELL_AUTORITA)


RIGHE = tuple(_righe())
