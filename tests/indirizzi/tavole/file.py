"""The files of evidence: what is said of them, and how long they are kept."""

from collections.abc import Iterator

from tests.indirizzi.corpi import Corpo
from tests.indirizzi.indirizzo import DENTRO, MODULO, Indirizzo
from tests.indirizzi.mondo import Mondo, programma_di

DELL_AUTORITA = tuple(chi for chi in DENTRO if chi not in ("manager", "referente", "coordinatore"))
TENGONO = ("agenzia", "dirigente")


def dell_autorita(mondo: Mondo) -> tuple[object, ...]:
    return (mondo.approvato.distretto.autorita.codice,)


def dell_anno(mondo: Mondo) -> tuple[object, ...]:
    return (*dell_autorita(mondo), 2025)


def termine(mondo: Mondo) -> Corpo:
    pagina = mondo.entra("agenzia").get(Indirizzo("conservazione-parametri", dell_anno).indirizzo(mondo))
    versione = pagina.context["form"]["versione"].value()
    return {"mesi": "120", "fonte": "Massimario di scarto", "versione": versione}


def segnato(mondo: Mondo) -> Corpo:
    return {"azione": f"impersonali-{mondo.allegato.pk}", "titolo": "Scritto prima"}


def _file() -> Iterator[Indirizzo]:
    manager = ("manager",)
    evidenza = programma_di("approvato", "evidenza")
    yield Indirizzo("evidenza-modifica", evidenza, MODULO, None, manager, manager, corpo=segnato)
    yield Indirizzo("conservazione", dell_autorita, leggono=DELL_AUTORITA)
    modulo = "conservazione-parametri"
    yield Indirizzo(modulo, dell_anno, MODULO, leggono=TENGONO, scrivono=TENGONO, corpo=termine)


RIGHE = tuple(_file())
