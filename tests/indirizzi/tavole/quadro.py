"""The figures of an authority."""

from collections.abc import Iterator

from tests.indirizzi.indirizzo import DENTRO, Indirizzo, senza
from tests.indirizzi.mondo import Mondo

DELL_AUTORITA = tuple(chi for chi in DENTRO if chi not in ("manager", "referente", "coordinatore"))


def dell_anno(mondo: Mondo) -> tuple[object, ...]:
    return (mondo.approvato.distretto.autorita.codice, mondo.approvato.anno)


def _righe() -> Iterator[Indirizzo]:
    for query in ("", "?q=alta&chiusura=in_corso&ordine=riconosciuto", "?chiusura=inventata&ordine=x&page=9"):
        yield Indirizzo("quadro", dell_anno, leggono=DELL_AUTORITA, query=query)
    for nome in ("quadro-csv", "quadro-xlsx"):
        yield Indirizzo(nome, dell_anno, leggono=DELL_AUTORITA)
    domanda = "?autorita=pat-acs&anno=2025&limit=100"
    for query in (domanda, "?autorita=pat-acs&anno=2024&formato=csv"):
        yield Indirizzo("api-valutazioni", senza, leggono=DELL_AUTORITA, query=query)
    # Results are those of 2024: to no other year are any added when the scene grows.
    for query in (
        "",
        "?autorita=pat-acs&anno=2024&limit=100",
        "?distretto=dfa-alta-valsugana&anno=2024&formato=csv",
    ):
        yield Indirizzo("api-risultati", senza, pubblico=200, query=query)


RIGHE = tuple(_righe())
