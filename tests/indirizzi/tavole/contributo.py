"""The contribution and the parameters of an authority."""

from collections.abc import Iterator
from typing import Any

from tests.indirizzi.corpi import Corpo
from tests.indirizzi.indirizzo import DENTRO, MODULO, Indirizzo
from tests.indirizzi.mondo import Mondo, programma_di
from valutazione.models import ParametriContributo

DELL_AUTORITA = tuple(chi for chi in DENTRO if chi not in ("manager", "referente", "coordinatore"))
TENGONO = ("agenzia", "dirigente")
PARAMETRI = {"aliquota": "80", "massimo": "10.000,00", "cofinanziamento_minimo": "0", "fonte": "Criteri"}


def dell_anno(mondo: Mondo) -> tuple[object, ...]:
    return (mondo.approvato.distretto.autorita.codice, 2025)


def versione(mondo: Mondo) -> tuple[object, ...]:
    """The address of the adoption of the version that comes with the product; once it is gone, of none."""
    chiavi = ParametriContributo.objects.filter(anno=2020).values_list("pk", flat=True)
    return (dell_anno(mondo)[0], 2020, next(iter(chiavi), 0))


def parametri(mondo: Mondo) -> Corpo:
    return PARAMETRI | {"anno": "2032", "forma": "fasce", "da_1": "60", "quota_1": "80"}


def adozione(mondo: Mondo) -> Corpo:
    atto = {"tipo": "determinazione", "ente": "PAT", "numero": "7", "data": "2026-01-15"}
    return {f"atto_{nome}": valore for nome, valore in atto.items()} | {"il": "2026-01-15"}


def repliche(mondo: Mondo) -> Corpo:
    pagina: Any = mondo.entra("agenzia").get("/autorita/pat-acs/parametri/2025/repliche/").context
    return {"giorni_replica": "15", "fonte": "Criteri", "versione": pagina["form"]["versione"].value()}


def costo(mondo: Mondo) -> Corpo:
    versione = mondo.versione("contributo-costo", anno=2025, chi="referente")
    return {"importo": "11.350,00", "fonte": "Rendiconto", "versione": versione}


def _righe() -> Iterator[Indirizzo]:
    di = programma_di("approvato")
    for nome in ("contributo", "api-contributo"):
        yield Indirizzo(nome, di)
    referente = ("referente",)
    yield Indirizzo("contributo-costo", di, MODULO, leggono=referente, scrivono=referente, corpo=costo)
    yield Indirizzo("parametri", dell_anno, leggono=DELL_AUTORITA)
    for nome, dove, corpo in (
        ("repliche-parametri", dell_anno, repliche),
        ("contributo-parametri", dell_anno, parametri),
        ("contributo-adozione", versione, adozione),
    ):
        yield Indirizzo(nome, dove, MODULO, leggono=TENGONO, scrivono=TENGONO, corpo=corpo)


RIGHE = tuple(_righe())
