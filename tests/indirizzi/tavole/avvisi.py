"""Desks, notices, deadlines."""

from collections.abc import Iterator

from programmi.models import Avviso
from tests.indirizzi.corpi import Corpo
from tests.indirizzi.indirizzo import DENTRO, INVIO, MODULO, REGISTRO, Indirizzo, dell_autorita, senza
from tests.indirizzi.mondo import Mondo

DELL_AUTORITA = tuple(chi for chi in DENTRO if chi not in ("manager", "referente", "coordinatore"))
"""Who works for the authority: they see what waits for it, and its deadlines."""


def suo(mondo: Mondo) -> tuple[object, ...]:
    """A notice of the Agenzia's: to the others it does not exist."""
    return (Avviso.objects.filter(utente=mondo.persone.agenzia).order_by("pk")[0].pk,)


def della_scadenza(mondo: Mondo) -> tuple[object, ...]:
    return (*dell_autorita(mondo), mondo.scadenza.pk)


def scadenza(mondo: Mondo) -> Corpo:
    return {"anno": "2031", "cosa": "stato:in_esame", "giorni": "30", "preavviso": "5", "fonte": "Atto"}


def scadenza_cambiata(mondo: Mondo) -> Corpo:
    client = mondo.entra("agenzia")
    pagina = client.get(f"/autorita/pat-acs/scadenze/{mondo.scadenza.pk}/")
    return scadenza(mondo) | {"versione": str(pagina.context["form"]["versione"].value())}


def cessazione(mondo: Mondo) -> Corpo:
    return {"dal": "2030-01-01", "perche": "Atto"}


def _scrivanie() -> Iterator[Indirizzo]:
    for query in ("?attese=mie", "?attese=inventate"):
        yield Indirizzo("scrivania", senza, fuori=200, query=query)
    for query in ("", "?attese=firma", "?attese=inventate"):
        yield Indirizzo("attese-agenzia", senza, leggono=DELL_AUTORITA, query=query)
    yield Indirizzo("attese-distretto", senza, fuori=200)


def _avvisi() -> Iterator[Indirizzo]:
    yield Indirizzo("avvisi", senza, fuori=200)
    yield Indirizzo("avvisi", senza, fuori=200, query="?tutti=1")
    yield Indirizzo("avvisi-preferenze", senza, fuori=200)
    yield Indirizzo("avviso-letto", suo, INVIO, leggono=(), scrivono=("agenzia",), vietato=404, fuori=404)


def _scadenze() -> Iterator[Indirizzo]:
    yield Indirizzo("scadenze", dell_autorita, leggono=DELL_AUTORITA)
    for nome, dove, corpo in (
        ("scadenza-nuova", dell_autorita, scadenza),
        ("scadenza-modifica", della_scadenza, scadenza_cambiata),
        ("scadenza-cessa", della_scadenza, cessazione),
    ):
        yield Indirizzo(nome, dove, MODULO, leggono=REGISTRO, scrivono=REGISTRO, corpo=corpo)


RIGHE = (*_scrivanie(), *_avvisi(), *_scadenze())
