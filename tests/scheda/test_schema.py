"""Lo schema JSON e la lettura sono d'accordo."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.scheda.modifiche import TOGLI, cambia, esempio, passi
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


NUMERI = ("0", "0.0", "0/3", "00", "1.", "101", "100.01", "301/3", "20\n", "", None)
DATE = ("2025-02-30", "2025-05-05\n", "0000-01-01", "2023-02-29", "", None)
PAROLE = (
    *(
        "",
        " ",
        None,
        "url|url",
        "url|luogo|url",
        "url\n",
        "url|",
        "respinta",
        "accolta",
        "in_attesa",
        "incontro",
    ),
    *("rinvio", "approvazione", "marino", "obb.0", "obb.1\n", "A" * 64),
)
ALTRI: tuple[Any, ...] = (0, 1, -1, 2**31, 1.0, True, False, None, [], {})


def da_provare(percorso: str, dato: object) -> tuple[Any, ...]:
    """What a value of the document becomes in turn."""
    if SOLO_TESTI.search(percorso):
        return ("", " ", None)
    if not isinstance(dato, str):
        return ALTRI
    if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", dato):
        return DATE
    return NUMERI if re.fullmatch("[0-9./]+", dato) else PAROLE


SOLO_TESTI = re.compile(
    r"\.(testo\w*|denominazione|alias\[\d+\]|sezione|tipo_azione|ambito|obiettivo_\w+|titolo\w*|azioni|tempi|premessa|"
    r"altre_organizzazioni|indicatori_testo\[\d+\]|percentuali|argomento|descrizione|luogo|persone\[\d+\]|nome|"
    r"qualifica|mail|telefono|etichetta|valore|ente|oggetto|riferimento|protocollo_\w+|accordo)$"
)
"""Places where any text may stand: only blank ones are tried."""

FRA_LORO = re.compile(
    "non è tra|è ripetuto|è fuori dall'esercizio|viene prima|deve essere «|deve essere [0-9]+, non|"
    "non è una riga|è già imputata|già aderente|è più della misura|superano 100|devono crescere|"
    "in ordine di data|senza decimali|è più di 100|non ha una regola|non ha misura|chiave non prevista|"
    "manca la chiave obbligatoria|non c'è una misura|chi riconosce solo una parte|non è una parte|"
    "un referente è un'organizzazione o un distretto"
)
"""Refusals that tie values to one another, which a JSON Schema cannot say (and 1.0, which to it is 1)."""


def di_ogni_specie(documento: Any) -> list[tuple[str, Any]]:
    """One value for each place of the format: the second evidence is like the first, one rule of a form
    like another of that form."""
    trovati: dict[str, tuple[str, Any]] = {}
    for percorso, dato in nodi(documento):
        specie = re.sub(r"\[[0-9]+\]", "[]", percorso)
        if regola := re.match(r"(.*\.regola)\.", percorso):
            specie += str(valore_di(documento, regola[1])["tipo"])
        trovati.setdefault(specie, (percorso, dato))
    del trovati["$"]
    return list(trovati.values())


def valore_di(documento: Any, percorso: str) -> Any:
    for passo in passi(percorso):
        documento = documento[passo]
    return documento


@pytest.mark.parametrize("nome", ["con tutte le chiavi", "pubblica"])
def test_per_ogni_valore_lo_schema_rifiuta_quello_che_sa_dire(nome: str) -> None:
    """What the schema refuses is not read; what it lets through is refused only for what ties values."""
    base = VALIDI[nome] | {"evidenze": [VALIDI[nome]["evidenze"][n] for n in (0, 4, 7)]}
    for percorso, dato in di_ogni_specie(base):
        for valore in da_provare(percorso, dato):
            mutato = cambia(base, (percorso, valore))
            valido = VALIDATORE.is_valid(mutato)
            messaggi = rifiuti(mutato)
            dove = f"{percorso} = {valore!r}"
            assert valido or messaggi, f"{dove}: lo schema rifiuta e la lettura no"
            oltre = [messaggio for messaggio in messaggi if valido and not FRA_LORO.search(messaggio)]
            assert oltre == [], f"{dove}: la lettura rifiuta e lo schema no"


def rifiuti(documento: Any) -> list[str]:
    try:
        leggi_scheda(documento)
    except SchedaNonValida as errore:
        return [str(e) for e in errore.errori]
    return []
