"""I giorni come si scrivono in Italia."""

from datetime import date

import pytest

from valutazione.serie.giorni import leggi_giorno


@pytest.mark.parametrize(
    "scritto",
    [
        "12/3/2025",
        "12/03/2025",
        "12-3-2025",
        "12.3.2025",
        "12 3 2025",
        "12/3/25",
        "12 marzo 2025",
        "12 Marzo 2025",
        "12 mar 2025",
        "12 mar. 2025",
        "12-mar-25",
        "mercoledì 12 marzo 2025",
        "mer 12/3/2025",
        "2025-03-12",
        "2025/3/12",
        "2025-03-12 00:00:00",
        "12/3/2025 14:30",
        "12/3/2025 ore 9.30",
        " 12 / 3 / 2025 ",
    ],
)
def test_il_dodici_marzo(scritto: str) -> None:
    assert leggi_giorno(scritto) == date(2025, 3, 12)


@pytest.mark.parametrize("scritto", ["12/3", "12 marzo", "12-3", "12 mar", "mer 12 mar"])
def test_senza_anno_vale_quello_dell_esercizio(scritto: str) -> None:
    assert leggi_giorno(scritto, 2025) == date(2025, 3, 12)
    assert leggi_giorno(scritto) is None


@pytest.mark.parametrize("scritto", ["1º maggio 2025", "1° maggio 2025", "1 maggio 2025", "01/05/2025"])
def test_il_primo_del_mese(scritto: str) -> None:
    assert leggi_giorno(scritto) == date(2025, 5, 1)


@pytest.mark.parametrize(
    "scritto",
    [
        "",
        "ieri",
        "31/02/2025",
        "3/13/2025",
        "29/2/2025",
        "0/1/2025",
        "12/3/20255",
        "12 marzobre 2025",
        "marzo 2025",
        "45728",
        "12/3/2025 e 13/3/2025",
        "=OGGI()",
        "١٢/٣/٢٠٢٥x",
        "9" * 5000,
    ],
)
def test_cio_che_non_e_un_giorno(scritto: str) -> None:
    assert leggi_giorno(scritto, 2025) is None
