"""Lo schema JSON e la lettura sono d'accordo."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.scheda.modifiche import TOGLI, cambia, esempio
from tests.scheda.test_forma import pieno
from valutazione.scheda import SchedaNonValida, forma_pubblica, leggi_scheda, schema_json

VALIDATORE = Draft202012Validator(schema_json())
PROGRAMMI = sorted((Path(__file__).parents[2] / "fixtures" / "programmi").glob("*.json"))
VALIDI = {
    "esempio": esempio(),
    "con tutte le chiavi": pieno(),
    "pubblica": forma_pubblica(pieno()),
    **{percorso.stem: json.loads(percorso.read_text(encoding="utf-8")) for percorso in PROGRAMMI},
}


def letta(documento: Any) -> bool:
    try:
        leggi_scheda(documento)
    except SchedaNonValida:
        return False
    return True


def nodi(dato: Any, percorso: str = "$") -> Iterator[tuple[str, Any]]:
    """Every value of a document with its path."""
    yield percorso, dato
    voci = dato.items() if isinstance(dato, dict) else enumerate(dato) if isinstance(dato, list) else ()
    for chiave, valore in voci:
        passo = f"[{chiave}]" if isinstance(chiave, int) else f".{chiave}"
        yield from nodi(valore, percorso + passo)


def test_lo_schema_e_uno_schema_valido() -> None:
    Draft202012Validator.check_schema(schema_json())


@pytest.mark.parametrize("nome", VALIDI)
def test_accettano_gli_stessi_documenti(nome: str) -> None:
    assert list(VALIDATORE.iter_errors(VALIDI[nome])) == []
    assert letta(VALIDI[nome])


def test_ogni_oggetto_dello_schema_e_chiuso() -> None:
    for percorso, dato in nodi(schema_json()):
        if isinstance(dato, dict) and dato.get("type") == "object":
            assert dato.get("additionalProperties") is False, percorso
            assert set(dato["required"]) <= set(dato["properties"]), percorso


def prove() -> list[Any]:
    """Structural mutations of the example that both must refuse: an unknown key in every object, every
    required key removed, every value replaced by one of another type."""
    base = pieno()
    chiavi: list[Any] = []
    for percorso, dato in nodi(base):
        if isinstance(dato, dict):
            chiavi.append(pytest.param(f"{percorso}.intrusa", 1, id=f"{percorso}.intrusa"))
        if percorso == "$":
            continue
        intruso = 3.5 if not isinstance(dato, dict) else ["x"]
        chiavi.append(pytest.param(percorso, intruso, id=f"{percorso} di un altro tipo"))
    return chiavi


@pytest.mark.parametrize(("percorso", "valore"), prove())
def test_rifiutano_le_stesse_mutazioni(percorso: str, valore: Any) -> None:
    mutato = cambia(pieno(), (percorso, valore))
    assert not VALIDATORE.is_valid(mutato)
    assert not letta(mutato)


@pytest.mark.parametrize("nome", ["con tutte le chiavi", "pubblica"])
def test_una_chiave_obbligatoria_lo_e_per_tutti_e_due(nome: str) -> None:
    """Removing a key: what the reader calls missing the schema refuses, and what it refuses is not read."""
    documento = VALIDI[nome]
    for percorso, dato in nodi(documento):
        if not isinstance(dato, dict):
            continue
        for chiave in dato:
            tolta = f"{percorso}.{chiave}"
            mutato = cambia(documento, (tolta, TOGLI))
            if VALIDATORE.is_valid(mutato):
                assert tolta not in mancanti(mutato), tolta
            else:
                assert not letta(mutato), tolta


def mancanti(documento: Any) -> list[str]:
    try:
        leggi_scheda(documento)
    except SchedaNonValida as errore:
        return [e.percorso for e in errore.errori if e.messaggio == "manca la chiave obbligatoria"]
    return []
