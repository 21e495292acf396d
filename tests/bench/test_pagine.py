"""Molte pagine: ogni progettualità una volta sola, e l'ultima pagina con le interrogazioni della prima."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from programmi.models import Progettualita, StatoProgramma
from tests.bench.genera import genera
from tests.bench.misure import Misure


@pytest.mark.django_db
@pytest.mark.parametrize("sort", ["programma", "-programma", "titolo", "-titolo"])
def test_le_pagine_profonde_costano_quanto_la_prima(sort: str) -> None:
    genera(Misure(distretti=4, anni=3, progettualita=4, aderenti=3))
    viste: list[str] = []
    interrogazioni: list[int] = []
    indirizzo: str | None = f"/api/v1/progettualita?limit=7&sort={sort}"
    while indirizzo:
        with CaptureQueriesContext(connection) as catturate:
            pagina = Client().get(indirizzo).json()
        viste += [voce["href"] for voce in pagina["items"]]
        interrogazioni.append(len(catturate))
        indirizzo = pagina["successivo"]

    assert len(viste) == len(set(viste))
    assert len(viste) == Progettualita.objects.filter(programma__stato=StatoProgramma.APPROVATO).count()
    assert set(interrogazioni) == {2}
