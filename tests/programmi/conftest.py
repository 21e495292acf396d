"""Le due bozze su cui si provano le scritture."""

from typing import Any

import pytest
from django.core.management import call_command

from distretti.models import Distretto
from programmi.models import Progettualita, Programma
from programmi.services import crea_bozza
from tests.conftest import Persone, crea_persone
from tests.programmi.ingressi import con_progettualita


@pytest.fixture
def azione(bozza: Programma) -> Progettualita:
    """La prima progettualità della bozza, con un indicatore."""
    return con_progettualita(bozza)[0]


@pytest.fixture
def altra_bozza(db: None) -> Programma:
    """Una bozza di un altro distretto della stessa autorità."""
    return crea_bozza(distretto=Distretto.objects.get(codice="df-val-di-non"), anno=2026)


@pytest.fixture
def a_due_mani(transactional_db: Any) -> Persone:
    """Il cast dopo la pulizia che le prove con transazioni vere fanno della base dati."""
    call_command("carica_base", verbosity=0)
    return crea_persone()
