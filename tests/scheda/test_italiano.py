"""Articoli, preposizioni e numeri come li scrive un funzionario."""

from datetime import date
from fractions import Fraction

import pytest

from distretti.basi.italiano import (
    al_giorno,
    al_percento,
    con_articolo,
    dal_giorno,
    del_giorno,
    il_giorno,
    il_percento,
)


@pytest.mark.parametrize(
    ("nome", "atteso"),
    [
        ("calendario editoriale", "il calendario editoriale"),
        ("strumenti informativi", "gli strumenti informativi"),
        ("canali comunicativi", "i canali comunicativi"),
        ("mappa dei servizi", "la mappa dei servizi"),
        ("esposizione fotografica", "l'esposizione fotografica"),
        ("relazioni finali", "le relazioni finali"),
        ("incontro", "l'incontro"),
        ("schema di accordo", "lo schema di accordo"),
        ("programma", "il programma"),
        ("attività di rete", "l'attività di rete"),
        ("mappe", None),
        ("PED", None),
        ("analisi", None),
        ("3 incontri", None),
        ("", None),
    ],
)
def test_l_articolo_solo_quando_e_certo(nome: str, atteso: str | None) -> None:
    assert con_articolo(nome) == atteso


def test_l_elisione_davanti_a_8_e_11() -> None:
    assert il_percento(80) == "l'80%"
    assert il_percento(Fraction(100, 3)) == "il 33,33%"
    assert al_percento(11) == "all'11%"
    assert al_percento(100) == "al 100%"
    assert il_giorno(date(2025, 3, 8)) == "l'8 marzo 2025"
    assert del_giorno(date(2025, 3, 11)) == "dell'11 marzo 2025"
    assert dal_giorno(date(2025, 3, 1)) == "dal 1º marzo 2025"
    assert al_giorno(date(2025, 12, 31)) == "al 31 dicembre 2025"
