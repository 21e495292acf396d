"""La descrizione OpenAPI dice il vero: ogni risposta vera ha la forma che è scritta lì."""

from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from django.test import Client
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.validation import validate_schema

from tests.api.conftest import API, PROGRAMMA, Pieno, leggi
from valutazione.api.radice import documento_openapi
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


def test_ci_sono_tutti_gli_indirizzi_e_solo_letture(documento: Any) -> None:
    assert set(documento["paths"]) == {
        f"{API}/{coda}"
        for coda in (
            "",
            "status",
            "openapi.json",
            "schema/scheda-programma",
            "distretti",
            "distretti/{codice}",
            "organizzazioni",
            "organizzazioni/{codice}",
            "programmi",
            "programmi/{codice}/{anno}",
            "programmi/{codice}/{anno}/scheda",
            "programmi/{codice}/{anno}/valutazione",
        )
    }
    for percorso, metodi in documento["paths"].items():
        assert set(metodi) == {"get"}
        operazione = metodi["get"]
        assert operazione["summary"]
        assert {"200", "400", "406", "500"} <= set(operazione["responses"])
        for stato, risposta in operazione["responses"].items():
            sempre_problema = percorso.endswith("/status")
            tipo = (
                "application/json" if stato == "200" and not sempre_problema else "application/problem+json"
            )
            assert set(risposta["content"]) == {tipo}


def test_i_parametri_sono_quelli_veri(documento: Any) -> None:
    def nomi(percorso: str) -> list[str]:
        parametri = documento["paths"][f"{API}/{percorso}"]["get"]["parameters"]
        return sorted(p["name"] for p in parametri if p["in"] == "query")

    assert nomi("distretti") == sorted(["tipo", "stato", "autorita", "testo", "sort", "limit", "cursor"])
    assert nomi("organizzazioni") == sorted(["distretto", "alla_data", "testo", "sort", "limit", "cursor"])
    assert nomi("programmi") == sorted(
        ["distretto", "anno", "stato", "classificazione", "sort", "limit", "cursor"]
    )
    assert nomi("distretti/{codice}") == ["alla_data"]


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
    risposta = documento["paths"][f"{API}/{percorso}"]["get"]["responses"][str(stato)]
    (contenuto,) = risposta["content"].values()
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
