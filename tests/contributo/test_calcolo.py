"""The amounts: worked cases at the boundaries, and what must hold for every case."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valutazione.contributo import (
    Contributo,
    Fasce,
    Fascia,
    Funzione,
    Nessuna,
    Parametri,
    Proporzionale,
    calcola,
)

FASCE = Fasce((Fascia(Fraction(60), Fraction(80)), Fascia(Fraction(80), Fraction(100))))
TRENTO = Parametri(Fraction(80), Decimal(10000), Fraction(0), Nessuna())
PIEMONTE = Parametri(Fraction(100), Decimal(27500), Fraction(10), Nessuna())


def con(parametri: Parametri, funzione: Funzione) -> Parametri:
    return Parametri(parametri.aliquota, parametri.massimo, parametri.cofinanziamento_minimo, funzione)


@pytest.mark.parametrize(
    ("parametri", "costo", "proprio", "realizzazione", "atteso"),
    [
        (TRENTO, "11350", None, "0", "9080.00"),
        (TRENTO, "12500", None, "100", "10000.00"),  # the maximum, exactly
        (TRENTO, "12500.01", None, "100", "10000.00"),
        (TRENTO, "12499.99", None, "100", "9999.99"),  # 9.999,992
        (TRENTO, "0", None, "100", "0.00"),
        (con(TRENTO, Proporzionale()), "11350", None, "63.2", "5738.56"),
        (con(TRENTO, Proporzionale()), "20000", None, "63.2", "6320.00"),  # after the maximum
        (con(TRENTO, Proporzionale()), "10000", None, "100/3", "2666.67"),
        (con(TRENTO, Proporzionale()), "0.05", None, "12.5", "0.01"),  # mezzo centesimo, per eccesso
        (con(TRENTO, FASCE), "11350", None, "59.99", "0.00"),
        (con(TRENTO, FASCE), "11350", None, "60", "7264.00"),
        (con(TRENTO, FASCE), "11350", None, "79.99", "7264.00"),
        (con(TRENTO, FASCE), "11350", None, "80", "9080.00"),
        (con(TRENTO, FASCE), "11350", None, "100", "9080.00"),
        (PIEMONTE, "30000", None, "50", "27000.00"),  # a tenth stays with the body
        (PIEMONTE, "30000", "3000", "50", "27000.00"),
        (PIEMONTE, "30000", "5000", "50", "25000.00"),  # what it bears is not paid twice
        (PIEMONTE, "30000", "30000", "50", "0.00"),
        (PIEMONTE, "30556", None, "50", "27500.00"),
        (con(PIEMONTE, Proporzionale()), "40000", "5000", "200/3", "18333.33"),
    ],
)
def test_casi_svolti(
    parametri: Parametri, costo: str, proprio: str | None, realizzazione: str, atteso: str
) -> None:
    trovato = calcola(
        parametri,
        costo=Decimal(costo),
        cofinanziamento=None if proprio is None else Decimal(proprio),
        realizzazione=Fraction(realizzazione),
    )
    assert trovato.importo == Decimal(atteso)
    assert trovato.passi[-1].importo == Decimal(atteso), "l'ultimo passo dice l'importo"


def test_la_somma_si_legge_passo_per_passo() -> None:
    trovato = calcola(
        con(PIEMONTE, FASCE), costo=Decimal("40000"), cofinanziamento=None, realizzazione=Fraction(65)
    )
    assert [(p.frase, p.importo) for p in trovato.passi] == [
        ("Il 100% del costo di 40.000,00 €", Decimal("40000.00")),
        ("A carico dell'ente almeno il 10% del costo, 4.000,00 €", Decimal("36000.00")),
        ("Non oltre il massimo di 27.500,00 €", Decimal("27500.00")),
        ("Realizzazione riconosciuta 65%, fascia da 60%: 80%", Decimal("22000.00")),
    ]


def test_senza_valutazione_nessun_importo() -> None:
    trovato = calcola(TRENTO, costo=Decimal(100), cofinanziamento=None, realizzazione=None)
    assert trovato.importo is None
    assert trovato.perche_no == "Il programma non è valutato: l'importo non si può calcolare."


def test_cofinanziamento_sotto_il_minimo_nessun_importo() -> None:
    trovato = calcola(
        PIEMONTE, costo=Decimal(30000), cofinanziamento=Decimal("2999.99"), realizzazione=Fraction(100)
    )
    assert trovato.importo is None
    assert trovato.perche_no == (
        "Il cofinanziamento dichiarato, 2.999,99 €, è meno del minimo: il 10% di 30.000,00 € è 3.000,00 €."
    )


def test_il_minimo_che_si_legge_e_quello_che_basta() -> None:
    """The tenth of 100,04 € is 10,004 €: 10,00 € do not reach it, 10,01 € do, and the sentence says so."""

    def con_proprio(proprio: str) -> Contributo:
        return calcola(
            PIEMONTE, costo=Decimal("100.04"), cofinanziamento=Decimal(proprio), realizzazione=Fraction(100)
        )

    assert con_proprio("10.00").perche_no == (
        "Il cofinanziamento dichiarato, 10,00 €, è meno del minimo: il 10% di 100,04 € è 10,01 €."
    )
    assert con_proprio("10.01").importo == Decimal("90.03")


percentuali = st.fractions(min_value=0, max_value=100, max_denominator=300)
importi = st.decimals(min_value=0, max_value=200_000, places=2)


@st.composite
def fasce(draw: st.DrawFn) -> Fasce:
    inizi = sorted(draw(st.sets(percentuali, min_size=1, max_size=4)))
    quote = sorted(draw(st.lists(percentuali, min_size=len(inizi), max_size=len(inizi))))
    return Fasce(tuple(Fascia(da, quota) for da, quota in zip(inizi, quote, strict=True)))


funzioni = st.one_of(st.just(Nessuna()), st.just(Proporzionale()), fasce())
parametri_qualsiasi = st.builds(Parametri, percentuali, importi, percentuali, funzioni)


@given(parametri_qualsiasi, importi, percentuali, percentuali)
def test_realizzare_di_piu_non_toglie_mai_nulla(
    parametri: Parametri, costo: Decimal, una: Fraction, altra: Fraction
) -> None:
    minore, maggiore = sorted((una, altra))
    meno = calcola(parametri, costo=costo, cofinanziamento=None, realizzazione=minore)
    piu = calcola(parametri, costo=costo, cofinanziamento=None, realizzazione=maggiore)
    assert meno.importo is not None
    assert piu.importo is not None
    assert 0 <= meno.importo <= piu.importo


@given(parametri_qualsiasi, importi, percentuali)
def test_mai_oltre_il_massimo_ne_oltre_cio_che_resta(
    parametri: Parametri, costo: Decimal, realizzazione: Fraction
) -> None:
    trovato = calcola(parametri, costo=costo, cofinanziamento=None, realizzazione=realizzazione)
    assert trovato.importo is not None
    assert trovato.importo <= parametri.massimo
    resto = Fraction(costo) * (100 - parametri.cofinanziamento_minimo) / 100
    assert Fraction(trovato.importo) <= resto + Fraction(1, 200), "al più l'arrotondamento"
