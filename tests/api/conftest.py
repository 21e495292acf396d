"""What the tests of the API share: a reader, and a programme full of things that must not come out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from distretti.models import Organizzazione
from programmi.models import Attore, Indicatore, Programma
from programmi.regola import TipoEvidenza
from tests.conftest import Persone
from valutazione.models import Allegato, Evidenza, Imputazione, StatoEvidenza, StatoImputazione

API = "/api/v1"
PROGRAMMA = f"{API}/programmi/dfa-alta-valsugana/2025"

TELEFONO = "0461/999888"
SEGRETI = (
    TELEFONO,
    "titolo-da-non-dire",
    "argomento-da-non-dire",
    "descrizione-da-non-dire",
    "luogo-da-non-dire",
    "persona-da-non-dire",
    "indirizzo-da-non-dire",
    "titolo-pubblico-da-non-dire",
    "allegato-da-non-dire",
    "motivo-da-non-dire",
    "motivo-assegnata-da-non-dire",
    "solo-in-evidenza",
    "evidenza-da-non-dire",
    "37.25",
)
"""Values written in the programme by ``programma_pieno``, each in a place of its own."""


def leggi(client: Client, indirizzo: str, *, atteso: int = 200, **dati: Any) -> Any:
    """The JSON document at an address, which must answer with ``atteso``."""
    risposta = client.get(indirizzo, dati or None)
    assert risposta.status_code == atteso, risposta.content
    return risposta.json()


def valori(dato: Any) -> Iterator[Any]:
    """Every key and every value of a document, however deep."""
    if isinstance(dato, dict):
        for chiave, valore in dato.items():
            yield chiave
            yield from valori(valore)
    elif isinstance(dato, list):
        for valore in dato:
            yield from valori(valore)
    else:
        yield dato


def conta_query(chiama: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as lette:
        chiama()
    return len(lette)


def registra(programma: Programma, indicatore: Indicatore, codice: str, **altro: Any) -> Evidenza:
    """A registered evidence credited to a line."""
    valori_evidenza: dict[str, Any] = {
        "tipo": TipoEvidenza.INCONTRO,
        "data": date(2025, 5, 6),
        "titolo": "Un incontro",
        **altro,
    }
    evidenza = Evidenza.objects.create(
        programma=programma, codice=codice, stato=StatoEvidenza.REGISTRATA, **valori_evidenza
    )
    Imputazione.objects.create(evidenza=evidenza, indicatore=indicatore)
    return evidenza


@dataclass(frozen=True)
class Pieno:
    """The real programme with an evidence in which every field holds a secret."""

    programma: Programma
    evidenza: Evidenza


@pytest.fixture
def programma_pieno(programma: Programma) -> Pieno:
    Attore.objects.filter(programma=programma).update(telefono=TELEFONO)
    righe = list(Indicatore.objects.filter(programma=programma).in_ordine())
    organizzazione = Organizzazione.objects.create(
        codice="solo-in-evidenza", denominazione="solo-in-evidenza"
    )
    evidenza = registra(
        programma,
        righe[1],
        "evidenza-da-non-dire",
        titolo="titolo-da-non-dire",
        argomento="argomento-da-non-dire",
        descrizione="descrizione-da-non-dire",
        luogo="luogo-da-non-dire",
        persone=["persona-da-non-dire"],
        presenze=["manager", "coordinatore"],
        url="https://example.org/indirizzo-da-non-dire",
        titolo_pubblico="titolo-pubblico-da-non-dire",
    )
    evidenza.coinvolte.create(organizzazione=organizzazione)
    Allegato.objects.create(
        evidenza=evidenza,
        nome="allegato-da-non-dire.pdf",
        tipo="application/pdf",
        dimensione=1,
        sha256="0" * 64,
    )
    Imputazione.objects.filter(evidenza=evidenza).update(
        stato=StatoImputazione.RESPINTA, motivazione="motivo-da-non-dire"
    )
    ultima = righe[-1]
    ultima.regola = {
        "tipo": "manuale",
        "assegnata": "37.25",
        "motivazione": "motivo-assegnata-da-non-dire",
    }
    ultima.save(update_fields=["regola"])
    return Pieno(programma, evidenza)


@pytest.fixture(params=["anonimo", "estraneo", "manager_altro", "manager_scaduto"])
def senza_ruolo(request: pytest.FixtureRequest, persone: Persone, accedi: Callable[..., Client]) -> Client:
    """Who holds no role on the programme: nobody, and three kinds of signed-in people."""
    if request.param == "anonimo":
        return Client()
    return accedi(getattr(persone, request.param))


@pytest.fixture(
    params=["manager", "referente", "coordinatore", "agenzia", "verificatore", "dirigente", "auditor"]
)
def con_ruolo(request: pytest.FixtureRequest, persone: Persone, accedi: Callable[..., Client]) -> Client:
    """Who holds a role on the programme."""
    return accedi(getattr(persone, request.param))


@pytest.fixture
def inizio() -> datetime:
    """An instant after everything that the base data wrote."""
    return timezone.now()
