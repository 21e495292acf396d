"""Dal testo al documento: quello che i lettori di JSON lasciano passare e il contratto no."""

import json
from typing import Any

import pytest

from tests.scheda.modifiche import esempio
from valutazione.scheda import Errore, SchedaNonValida, leggi, leggi_json, leggi_scheda


def errori_di(testo: str | bytes, lettura: Any = leggi_json) -> list[Errore]:
    with pytest.raises(SchedaNonValida) as colto:
        lettura(testo)
    return list(colto.value.errori)


def test_un_oggetto_si_legge_da_testo_e_da_byte_anche_con_il_bom() -> None:
    atteso = {"a": [1, "è", None]}
    for testo in (
        '{"a": [1, "è", null]}',
        '{"a": [1, "è", null]}'.encode(),
        b'\xef\xbb\xbf{"a": [1, "\xc3\xa8", null]}',
    ):
        assert leggi_json(testo) == atteso


@pytest.mark.parametrize(
    ("testo", "percorso"),
    [
        pytest.param('{"a": 1, "a": 2}', "$.a", id="chiave ripetuta"),
        pytest.param('{"x": [{}, {"b": {"c": 1, "c": 1}}]}', "$.x[1].b.c", id="chiave ripetuta in fondo"),
        pytest.param('{"x": {"due parole": 1, "due parole": 1}}', '$.x["due parole"]', id="chiave con spazi"),
        pytest.param('{"a": NaN}', "$.a", id="NaN"),
        pytest.param('{"a": [0, Infinity]}', "$.a[1]", id="Infinity"),
        pytest.param('{"a": -Infinity}', "$.a", id="-Infinity"),
        pytest.param('{"a": 1e400}', "$.a", id="decimale infinito"),
        pytest.param('{"a": ' + "9" * 5000 + "}", "$.a", id="intero senza fine"),
        pytest.param(b'{"a": "\xff"}', "$", id="non UTF-8"),
        pytest.param('{"a": 1', "$", id="troncato"),
        pytest.param('{"a": 1} {}', "$", id="due documenti"),
        pytest.param("", "$", id="vuoto"),
        pytest.param("[1]", "$", id="elenco"),
        pytest.param("NaN", "$", id="solo NaN"),
        pytest.param("[" * 100_000, "$", id="elenchi annidati"),
        pytest.param('{"a":' * 100_000, "$", id="oggetti annidati"),
        pytest.param('{"a": "\t"}', "$", id="tabulazione dentro un testo"),
    ],
)
def test_rifiutato(testo: str | bytes, percorso: str) -> None:
    assert percorso in [errore.percorso for errore in errori_di(testo)]


def test_ogni_chiave_ripetuta_e_detta_una_volta() -> None:
    errori = errori_di('{"b": {"x": 1, "x": 2, "x": 3}, "a": 1, "a": NaN}')
    assert [errore.percorso for errore in errori] == ["$.a", "$.b.x", "$.a"]


def test_errori_del_testo_e_del_contenuto_insieme() -> None:
    testo = json.dumps(esempio()).replace('"tipo": "family_audit"', '"tipo": "family_audit", "tipo": "x"')
    testo = testo.replace('"riuso": "ammesso"', '"riuso": "mai", "peso": NaN')
    percorsi = [errore.percorso for errore in errori_di(testo, leggi)]
    assert sorted(percorsi) == ["$.distretto.tipo", "$.peso", "$.riuso"]


def test_la_lettura_intera_da_il_documento_come_era_scritto() -> None:
    documento, scheda = leggi(json.dumps(esempio(), ensure_ascii=False).encode())
    assert documento == esempio()
    assert scheda.anno == 2025


def test_un_documento_annidato_sotto_una_chiave_non_prevista_non_ferma_la_lettura() -> None:
    profondo: Any = []
    for _ in range(50_000):
        profondo = [profondo]
    with pytest.raises(SchedaNonValida) as colto:
        leggi_scheda({**esempio(), "altro": profondo})
    assert [errore.percorso for errore in colto.value.errori] == ["$.altro"]
    while profondo:  # taken apart by hand: the interpreter would free it recursively
        profondo = profondo.pop()
