"""Gli esempi di docs/api.md sono risposte vere, e le tabelle dicono tutto."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as impostazioni
from django.test import Client

from valutazione.api.errori import TITOLI
from valutazione.api.filtri import FiltriDistretti, FiltriOrganizzazioni, FiltriProgrammi
from valutazione.api.radice import documento_openapi

pytestmark = pytest.mark.django_db

TESTO = Path(impostazioni.BASE_DIR, "docs", "api.md").read_text(encoding="utf-8")
ESEMPI = re.findall(r"```\nGET (\S+)\n```\n\n```json\n(.*?)```", TESTO, re.DOTALL)


def test_gli_esempi_si_trovano() -> None:
    assert len(ESEMPI) == TESTO.count("```json") == 4


@pytest.mark.parametrize(("indirizzo", "risposta"), ESEMPI)
def test_esempio(indirizzo: str, risposta: str, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["distretti.example.org"]
    vera = Client(headers={"host": "distretti.example.org"}).get(indirizzo, secure=True)
    assert vera.json() == json.loads(risposta)


def test_ogni_indirizzo_e_descritto() -> None:
    assert set(re.findall(r"^\| `/api/v1(/[^`]*)` \|", TESTO, re.MULTILINE)) == set(
        documento_openapi()["paths"]
    )


@pytest.mark.parametrize("filtri", [FiltriDistretti, FiltriOrganizzazioni, FiltriProgrammi])
def test_ogni_filtro_e_descritto_con_i_suoi_valori(filtri: Any) -> None:
    for nome, filtro in filtri.base_filters.items():
        assert f"| `{nome}` |" in TESTO
        for valore, _ in filtro.extra.get("choices", ()):
            assert f"`{valore}`" in TESTO


def test_ogni_stato_di_errore_e_descritto() -> None:
    for stato in TITOLI:
        assert re.search(rf"^\| {stato} \||`{stato}`", TESTO, re.MULTILINE), stato
