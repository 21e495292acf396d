"""La geometria dei grafici: angoli, somme, zero, cento, niente."""

import re
from fractions import Fraction
from math import atan2, hypot, isclose, pi

import pytest
from hypothesis import given
from hypothesis import strategies as st

from distretti.basi.grafico import anello, arco, barre, colonne, coordinata, scala, tacche

percentuali = st.fractions(0, 100)


def punti(percorso: str) -> list[tuple[float, float]]:
    """The points where the halves of an arc begin and end."""
    return [
        (float(x), float(y)) for x, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)(?: A|\Z)", percorso.lstrip("M"))
    ]


def quota(punto: tuple[float, float]) -> float:
    """The percentage at which a point of the ring stands, clockwise from the top."""
    return (atan2(punto[0] - 60, 60 - punto[1]) / (2 * pi) * 100) % 100


@pytest.mark.parametrize(
    ("valore", "testo"),
    [(12.5, "12.5"), (0, "0"), (-0.0001, "0"), (Fraction(1, 3), "0.33"), (100, "100"), (-4, "-4")],
)
def test_coordinata(valore: float | Fraction, testo: str) -> None:
    assert coordinata(valore) == testo


def test_un_arco_vuoto_non_si_disegna() -> None:
    for dal, al in ((0, 0), (30, 30), (50, 20), (100, 120), (-5, 0)):
        assert arco(Fraction(dal), Fraction(al), centro=60, raggio=48) == ""


def test_un_quarto_di_giro_e_il_giro_intero() -> None:
    assert punti(arco(Fraction(0), Fraction(25), centro=60, raggio=48))[-1] == (108, 60)
    intero = punti(arco(Fraction(0), Fraction(100), centro=60, raggio=48))
    assert intero == [(60, 12), (60, 108), (60, 12)]


@given(percentuali, percentuali)
def test_ogni_arco_sta_sul_cerchio_e_copre_la_sua_parte(uno: Fraction, altro: Fraction) -> None:
    dal, al = sorted((uno, altro))
    percorso = arco(dal, al, centro=60, raggio=48)
    if not percorso:
        assert dal == al
        return
    trovati = punti(percorso)
    assert len(trovati) == 3
    assert all(isclose(hypot(x - 60, y - 60), 48, abs_tol=0.02) for x, y in trovati)
    for punto, attesa in zip(trovati, (dal, (dal + al) / 2, al), strict=True):
        distanza = abs(quota(punto) - float(attesa)) % 100
        assert min(distanza, 100 - distanza) < 0.05


def test_l_anello_non_torna_indietro() -> None:
    primo, secondo, terzo = anello([Fraction(40), Fraction(40), Fraction(60)], centro=60, raggio=48)
    assert primo
    assert secondo == ""
    assert punti(terzo)[0] == punti(primo)[-1]
    assert anello([Fraction(0)] * 3, centro=60, raggio=48) == ("", "", "")


@pytest.mark.parametrize(
    ("massimo", "attese"),
    [
        (0, [0, 1]),
        (1, [0, 1]),
        (4, [0, 1, 2, 3, 4]),
        (5, [0, 2, 4, 6]),
        (41, [0, 20, 40, 60]),
        (99, [0, 50, 100]),
    ],
)
def test_tacche(massimo: int, attese: list[int]) -> None:
    assert tacche(massimo) == attese


def test_la_scala_va_dal_fondo_alla_cima() -> None:
    assert [(t.valore, t.y) for t in scala(4, altezza=120)][::4] == [(0, "120"), (4, "0")]


@given(st.lists(st.lists(st.integers(0, 50), min_size=4, max_size=4), min_size=1, max_size=24))
def test_le_colonne_sono_alte_quanto_contano(righe: list[list[int]]) -> None:
    disegnate = colonne(righe, larghezza=300, altezza=120)
    cima = tacche(max(map(sum, righe)))[-1]
    for riga, colonna in zip(righe, disegnate, strict=True):
        assert colonna.totale == sum(riga)
        assert [pezzo.serie for pezzo in colonna.pezzi] == [s for s, quanti in enumerate(riga) if quanti]
        somma = sum(float(pezzo.altezza) for pezzo in colonna.pezzi)
        assert isclose(somma, 120 * sum(riga) / cima, abs_tol=0.03)
        assert all(float(pezzo.y) >= 0 for pezzo in colonna.pezzi)
        assert 0 <= float(colonna.x) < float(colonna.x) + float(colonna.larghezza) <= 300


def test_le_barre_si_misurano_sulla_piu_lunga() -> None:
    assert barre([1, 4, 0]) == ["25", "100", "0"]
    assert barre([0, 0]) == ["0", "0"]
    assert barre([]) == []
