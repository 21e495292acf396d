"""The fixed cast and the real base data, loaded once for the whole session."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from pytest_django.plugin import blocking_manager_key

from distretti.models import Distretto, Incarico, Ruolo, Utente
from programmi.models import Programma

CODICE = "dfa-alta-valsugana"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The register and the real 2025 programme are there in every test, as after ``carica_base``."""
    with django_db_blocker.unblock():
        call_command("carica_base", verbosity=0)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """A test that commits leaves the tables empty: the next one, whichever it is, finds the base data.

    (Those of the browser load what they show.)
    """
    yield
    marca = item.get_closest_marker("django_db")
    con_scritture = marca is not None and marca.kwargs.get("transaction")
    con_scritture = con_scritture or "transactional_db" in getattr(item, "fixturenames", ())
    if nextitem is not None and con_scritture and item.get_closest_marker("browser") is None:
        with item.config.stash[blocking_manager_key].unblock():
            call_command("carica_base", verbosity=0)


@pytest.fixture(autouse=True)
def media_temporanea(settings: Any, tmp_path: Path) -> None:
    """Uploaded files never land in the working installation."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def nessuna_richiesta_prima() -> None:
    """Each test begins with a clean count of requests (valutazione.api.limiti)."""
    cache.clear()


@dataclass(frozen=True)
class Persone:
    """People with known rights over the district dfa-alta-valsugana and the authority pat-acs."""

    manager: Utente
    referente: Utente
    coordinatore: Utente
    agenzia: Utente
    verificatore: Utente
    dirigente: Utente
    auditor: Utente
    amministratore: Utente
    manager_altro: Utente
    manager_scaduto: Utente
    estraneo: Utente


def crea_persone() -> Persone:
    """The cast, in the database."""
    distretto = Distretto.objects.get(codice=CODICE)
    altro = Distretto.objects.get(codice="df-val-di-non")
    inizio = date(2022, 1, 1)

    def persona(nome: str, ruolo: Ruolo | None = None, **ambito: Any) -> Utente:
        utente = Utente.objects.create_user(username=nome, password="parola-di-prova", nome_esteso=nome)
        if ruolo is not None:
            Incarico.objects.create(utente=utente, ruolo=ruolo, **{"dal": inizio, **ambito})
        return utente

    autorita = distretto.autorita
    return Persone(
        manager=persona("manager", Ruolo.MANAGER, distretto=distretto),
        referente=persona("referente", Ruolo.REFERENTE_AMMINISTRATIVO, distretto=distretto),
        coordinatore=persona("coordinatore", Ruolo.COORDINATORE, distretto=distretto),
        agenzia=persona("agenzia", Ruolo.REFERENTE_ATTIVITA, autorita=autorita),
        verificatore=persona("verificatore", Ruolo.VERIFICATORE, autorita=autorita),
        dirigente=persona("dirigente", Ruolo.DIRIGENTE, autorita=autorita),
        auditor=persona("auditor", Ruolo.AUDITOR, autorita=autorita),
        amministratore=persona("amministratore", Ruolo.AMMINISTRATORE, autorita=autorita),
        manager_altro=persona("manager_altro", Ruolo.MANAGER, distretto=altro),
        manager_scaduto=persona(
            "manager_scaduto",
            Ruolo.MANAGER,
            distretto=distretto,
            al=timezone.localdate() - timedelta(days=1),
        ),
        estraneo=persona("estraneo"),
    )


@pytest.fixture
def persone(db: None) -> Persone:
    return crea_persone()


@pytest.fixture
def programma(db: None) -> Programma:
    """The real 2025 programme, approved."""
    return Programma.objects.select_related("distretto__autorita").get(distretto__codice=CODICE, anno=2025)


@pytest.fixture
def bozza(db: None) -> Programma:
    """A 2026 draft of the same district, from the authority's yearly template."""
    from programmi.services import crea_bozza

    return crea_bozza(distretto=Distretto.objects.get(codice=CODICE), anno=2026)


@pytest.fixture
def accedi(db: None) -> Callable[[Utente], Client]:
    """``accedi(persone.manager)`` → a client signed in as that person."""

    def _accedi(utente: Utente) -> Client:
        client = Client()
        client.force_login(utente)
        return client

    return _accedi
