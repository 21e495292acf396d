"""Gli esempi di docs/api.md sono risposte vere, e le tabelle dicono tutto."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as impostazioni
from django.test import Client

from programmi.models import Progettualita
from tests.conftest import CODICE
from valutazione.api.elenco import Elenco
from valutazione.api.errori import TITOLI
from valutazione.api.radice import documento_openapi
from valutazione.api.tabella import colonne
from valutazione.api.urls import urlpatterns

pytestmark = pytest.mark.django_db

TESTO = Path(impostazioni.BASE_DIR, "docs", "api.md").read_text(encoding="utf-8")
ESEMPI = re.findall(r"```\nGET (\S+)\n```\n\n```json\n(.*?)```", TESTO, re.DOTALL)


def test_gli_esempi_si_trovano() -> None:
    assert len(ESEMPI) + 1 == TESTO.count("```json") == 5  # a withdrawal is shown without a page


@pytest.mark.parametrize(("indirizzo", "risposta"), ESEMPI)
def test_esempio(indirizzo: str, risposta: str, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["distretti.example.org"]
    vera = Client(headers={"host": "distretti.example.org"}).get(indirizzo, secure=True)
    assert senza_istanti(vera.json()) == senza_istanti(json.loads(risposta))


def senza_istanti(dato: Any) -> Any:
    """An example cannot foretell when a row will have been written."""
    if isinstance(dato, list):
        return [senza_istanti(voce) for voce in dato]
    if not isinstance(dato, dict):
        return dato
    for chiave, valore in dato.items():
        if chiave.endswith("_alle"):
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", valore)
    return {chiave: senza_istanti(valore) for chiave, valore in dato.items() if not chiave.endswith("_alle")}


def test_il_ritiro_di_esempio(settings: Any) -> None:
    """Quello che risponde davvero dopo che una progettualità è stata eliminata."""
    (esempio,) = re.findall(r"```json\n(\{\n  \"chiave\".*?)```", TESTO, re.DOTALL)
    Progettualita.objects.get(programma__anno=2025, programma__distretto__codice=CODICE, numero=4).delete()
    settings.ALLOWED_HOSTS = ["distretti.example.org"]
    client = Client(headers={"host": "distretti.example.org"})
    pagina = client.get("/api/v1/progettualita?modificato_da=2020-01-01&limit=100", secure=True).json()
    (voce,) = [voce for voce in pagina["items"] if "ritirato" in voce]
    assert senza_istanti(voce) == senza_istanti(json.loads(esempio))


ELENCHI = [
    vista
    for voce in urlpatterns
    if (vista := getattr(voce.callback, "cls", None)) is not None and issubclass(vista, Elenco)
]


def test_ogni_indirizzo_e_descritto() -> None:
    descritti = set(re.findall(r"^\| `/api/v1(/[^`]*)` \|", TESTO, re.MULTILINE))
    assert descritti == set(documento_openapi()["paths"])


@pytest.mark.parametrize("elenco", ELENCHI, ids=lambda vista: vista.modello.risorsa)
def test_di_ogni_elenco_filtri_ordini_e_colonne(elenco: Any) -> None:
    nome = elenco.modello.risorsa
    for filtro, campo in elenco.filtri.base_filters.items():
        assert re.search(rf"^\| (?:{nome})? ?\|.*`{filtro}`|^\|.*`{filtro}`.*\|", TESTO, re.MULTILINE), filtro
        for valore, _ in campo.extra.get("choices", ()):
            assert f"`{valore}`" in TESTO
    ordini = ", ".join(f"`{ordine}`" for ordine in elenco.ordini if not ordine.startswith("-"))
    assert f"| `{nome}` | {ordini} | `{elenco.ordine}` |" in TESTO
    campi = ", ".join(f"`{colonna}`" for colonna in colonne(elenco.voce))
    assert f"| `{nome}` | {campi} |" in TESTO


def test_ogni_stato_di_errore_e_descritto() -> None:
    for stato in TITOLI:
        assert re.search(rf"^\| {stato} \||`{stato}`", TESTO, re.MULTILINE), stato
