"""schemathesis inventa richieste dal nostro documento: nessun guasto, nessuna risposta non dichiarata.

Poche per ogni operazione in ``script/test``; ``script/prove-estese`` di più (``DISTRETTI_ESEMPI_API``).
"""

import os
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import load_all_checks, not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from config.wsgi import application
from distretti.token_lettura import crea_token
from tests.conftest import Persone
from valutazione.api.linee_guida import con_indirizzi
from valutazione.api.radice import documento_openapi

ESEMPI = int(os.environ.get("DISTRETTI_ESEMPI_API", "4"))

CONTROLLI = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]

pytestmark = pytest.mark.django_db

load_all_checks()
schema = schemathesis.openapi.from_dict(con_indirizzi(documento_openapi(), "http://localhost/"))
schema.app = application

_prove = settings(
    max_examples=ESEMPI,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(autouse=True)
def in_casa(db: None, settings: Any) -> Iterator[None]:
    """No limit of requests; the whole of Django, in this thread and on the connection of the test."""
    settings.DISTRETTI_API_LIMITE = settings.DISTRETTI_API_LIMITE_CREDENZIALI = 10**6
    settings.ALLOWED_HOSTS = ["localhost"]
    segnali = (request_started, request_finished)
    for segnale in segnali:
        segnale.disconnect(close_old_connections)
    yield
    for segnale in segnali:
        segnale.connect(close_old_connections)


@pytest.fixture
def credenziali(persone: Persone) -> dict[str, str]:
    """The manager's token: some programmes are theirs, the others are not."""
    incarico = persone.manager.incarichi.get()
    segreto = crea_token(incarico=incarico, nome="Prova", durata=30, utente=persone.manager)[1]
    return {"Authorization": f"Bearer {segreto}"}


@schema.parametrize()
@_prove
def test_chi_non_si_presenta(case: Any) -> None:
    case.call_and_validate(checks=CONTROLLI)


@schema.parametrize()
@_prove
def test_chi_manda_un_token(case: Any, credenziali: dict[str, str]) -> None:
    case.call_and_validate(checks=CONTROLLI, headers=credenziali)
