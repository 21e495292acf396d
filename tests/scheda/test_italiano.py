"""Articoli, preposizioni e numeri come li scrive un funzionario."""

import re
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.template import Context, Template

from distretti.basi.italiano import (
    al_giorno,
    al_percento,
    con_preposizione,
    dal_giorno,
    del_giorno,
    il_giorno,
    il_percento,
    numeri_distinti,
    numero_per_eccesso,
)
from distretti.models import Atto

FOGLI = [
    foglio
    for cartella in ("distretti", "programmi", "valutazione", "componenti")
    for foglio in sorted((Path(settings.BASE_DIR) / "templates" / cartella).glob("*.html"))
]


def test_l_elisione_davanti_a_8_e_11() -> None:
    assert il_percento(80) == "l'80%"
    assert il_percento(Fraction(100, 3)) == "il 33,33%"
    assert al_percento(11) == "all'11%"
    assert al_percento(100) == "al 100%"
    assert il_giorno(date(2025, 3, 8)) == "l'8 marzo 2025"
    assert del_giorno(date(2025, 3, 11)) == "dell'11 marzo 2025"
    assert dal_giorno(date(2025, 3, 1)) == "dal 1º marzo 2025"
    assert al_giorno(date(2025, 12, 31)) == "al 31 dicembre 2025"
    assert il_percento(Fraction(23, 2)) == "l'11,5%"
    assert con_preposizione("al", "84,00%") == "all'84,00%"
    assert con_preposizione("al", "non valutata") == "al non valutata"
    assert con_preposizione("dal", "18 marzo 2025") == "dal 18 marzo 2025"


def test_due_numeri_diversi_si_scrivono_diversi() -> None:
    assert numeri_distinti(Fraction(7), Fraction(8)) == ("7", "8")
    assert numeri_distinti(Fraction(7999, 1000), Fraction(8)) == ("7,999", "8")
    assert numeri_distinti(Fraction(66666, 10000), Fraction(20, 3)) == ("6,6666", "6,6667")


def test_quello_che_manca_si_arrotonda_per_eccesso() -> None:
    assert numero_per_eccesso(Fraction(1, 3)) == "0,34"
    assert numero_per_eccesso(Fraction(1, 1000)) == "0,01"
    assert numero_per_eccesso(Fraction(5, 4)) == "1,25"
    assert numero_per_eccesso(Fraction(2)) == "2"


def test_l_elisione_nei_filtri_delle_pagine() -> None:
    pagina = Template(
        "{% load testi %}{{ g|il_giorno }}, {{ g|dal_giorno }}, {{ g|al_giorno }}{{ niente|al_giorno }}"
    )
    contesto = Context({"g": date(2025, 8, 11), "niente": None}, autoescape=False)
    assert pagina.render(contesto) == "l'11 agosto 2025, dall'11 agosto 2025, all'11 agosto 2025"


def test_l_elisione_davanti_a_un_istante() -> None:
    pagina = Template("{% load testi %}{{ m|il_momento }}{{ niente|il_momento }}")
    istante = datetime(2025, 3, 8, 9, 5, tzinfo=ZoneInfo("Europe/Rome"))
    contesto = Context({"m": istante, "niente": None}, autoescape=False)
    assert pagina.render(contesto) == "l'8 marzo 2025, ore 9:05"


@pytest.mark.parametrize("foglio", FOGLI, ids=lambda foglio: foglio.stem)
def test_nessuna_pagina_scrive_da_se_la_preposizione_di_una_data(foglio: Path) -> None:
    testo = foglio.read_text(encoding="utf-8")
    assert not re.search(r"\b(il|al|dal|del) \{\{ [\w.]+\|(data|istante)_in_lettere", testo)


@pytest.mark.parametrize("cartella", ["distretti", "programmi", "valutazione"])
def test_nessun_modulo_scrive_da_se_la_preposizione_di_una_data(cartella: str) -> None:
    for modulo in (Path(settings.BASE_DIR) / cartella).rglob("*.py"):
        trovate = re.findall(r"\b(?:[Ii]l|al|dal|del) \{data_estesa", modulo.read_text(encoding="utf-8"))
        assert not trovate, modulo


def test_un_atto_dell_otto() -> None:
    atto = Atto(tipo="determinazione", numero="1", data=date(2025, 3, 8))
    assert str(atto).endswith(" n. 1 dell'8 marzo 2025")
