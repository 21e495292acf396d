"""La descrizione OpenAPI dice il vero: ogni risposta vera ha la forma che è scritta lì."""

import re
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from django.test import Client
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.validation import validate_schema

from tests.api.conftest import API, PROGRAMMA, Pieno, leggi
from valutazione.api.radice import documento_openapi
from valutazione.api.urls import urlpatterns
from valutazione.scheda import schema_json

pytestmark = pytest.mark.django_db


def chiuso(dato: Any) -> Any:
    """The same schema with no keys admitted beyond those written, and null where it is written."""
    if isinstance(dato, list):
        return [chiuso(voce) for voce in dato]
    if not isinstance(dato, dict):
        return dato
    esito = {chiave: chiuso(valore) for chiave, valore in dato.items()}
    if "properties" in esito:
        esito["additionalProperties"] = False
    if esito.pop("nullable", False):
        return {"anyOf": [esito, {"type": "null"}]}
    return esito


@pytest.fixture
def documento() -> Any:
    return leggi(Client(), f"{API}/openapi.json")


def test_il_documento_e_valido_e_fatto_senza_avvertimenti(documento: Any) -> None:
    validate_schema(documento)  # type: ignore[no-untyped-call]
    documento_openapi.cache_clear()
    with GENERATOR_STATS.silence():
        documento_openapi()
        assert not GENERATOR_STATS
    assert documento["info"]["version"] == "1.0.0"


def _dichiarati() -> dict[str, Any]:
    """The views of the API by the address that the document gives them."""
    viste = {}
    for voce in urlpatterns:
        if voce.name != "api-non-trovata":
            vista: Any = getattr(voce.callback, "cls", None)
            if vista is not None:
                viste["/" + re.sub("<(?:[a-z]+:)?([a-z_]+)>", r"{\1}", str(voce.pattern))] = vista
    return viste


def test_ci_sono_tutti_gli_indirizzi_e_solo_letture(documento: Any) -> None:
    assert set(documento["paths"]) == set(_dichiarati())
    for percorso, metodi in documento["paths"].items():
        assert set(metodi) == {"get"}
        for stato, risposta in metodi["get"]["responses"].items():
            contenuto = set(risposta.get("content", {}))
            if stato == "304":
                assert contenuto == set()
            elif stato != "200" or percorso == "/status":
                assert contenuto == {"application/problem+json"}
            else:
                assert contenuto in ({"application/json"}, {"application/json", "text/csv"})


def test_i_parametri_sono_quelli_veri(documento: Any) -> None:
    for percorso, vista in _dichiarati().items():
        parametri = documento["paths"][percorso]["get"].get("parameters", [])
        nomi = sorted(p["name"] for p in parametri if p["in"] == "query")
        if hasattr(vista, "filtri"):
            assert nomi == sorted([*vista.filtri.base_filters, "sort", "limit", "cursor", "formato"])
        else:
            assert nomi == sorted(p.name for p in vista.parametri if p.location == "query")


RISPOSTE = [
    ("", "", 200),
    ("distretti", "distretti?limit=3", 200),
    ("distretti/{codice}", "distretti/dfa-alta-valsugana", 200),
    ("organizzazioni", "organizzazioni", 200),
    ("organizzazioni/{codice}", "organizzazioni/cs4", 200),
    ("programmi", "programmi", 200),
    ("programmi/{codice}/{anno}", "programmi/dfa-alta-valsugana/2025", 200),
    ("distretti", "distretti?tipo=blu", 400),
    ("programmi/{codice}/{anno}/scheda", "programmi/dfa-alta-valsugana/1999/scheda", 404),
    ("programmi/{codice}/{anno}/valutazione", "programmi/dfa-alta-valsugana/2025/valutazione", 401),
]


@pytest.mark.parametrize(("percorso", "indirizzo", "stato"), RISPOSTE)
def test_la_risposta_vera_ha_la_forma_descritta(
    documento: Any, percorso: str, indirizzo: str, stato: int
) -> None:
    risposta = documento["paths"][f"/{percorso}"]["get"]["responses"][str(stato)]
    contenuto = next(iter(risposta["content"].values()))
    schema = chiuso({**contenuto["schema"], "components": documento["components"]})
    dati = leggi(Client(), f"{API}/{indirizzo}", atteso=stato)
    errori: Iterator[Any] = jsonschema.Draft202012Validator(schema).iter_errors(dati)
    assert [errore.message for errore in errori] == []


def test_lo_schema_della_scheda_vale_per_le_schede_servite(programma_pieno: Pieno, con_ruolo: Client) -> None:
    schema = leggi(Client(), f"{API}/schema/scheda-programma")
    assert schema == schema_json()
    for client in (Client(), con_ruolo):
        errori = jsonschema.Draft202012Validator(schema).iter_errors(leggi(client, f"{PROGRAMMA}/scheda"))
        assert [errore.message for errore in errori] == []
