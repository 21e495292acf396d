"""Gli importi come li scrive un ufficio: letti per ciò che dicono, o rifiutati; mai presi per un altro."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from valutazione.forms.contributo import ImportoField


@pytest.mark.parametrize(
    ("scritto", "letto"),
    [
        ("10.000,50", "10000.50"),
        ("10.000", "10000"),  # a point before three digits: thousands, never ten euro
        ("1.000.000,00", "1000000.00"),
        ("10000,5", "10000.5"),
        ("10000.50", "10000.50"),  # as a program writes it
        ("€ 10.000,00", "10000.00"),
        ("10 000,00 €", "10000.00"),
        ("10\u202f000,00\u00a0€", "10000.00"),
        ("0", "0"),
        ("0,01", "0.01"),
        ("999.999.999,99", "999999999.99"),
    ],
)
def test_si_legge_come_e_scritto(scritto: str, letto: str) -> None:
    assert ImportoField().clean(scritto) == Decimal(letto)


@pytest.mark.parametrize(
    ("scritto", "perche"),
    [
        ("1.50,00", "Scrivi un importo in euro"),  # a slip for 1.500,00, or for 1,50?
        ("11.35,00", "Scrivi un importo in euro"),
        ("1,000.50", "Scrivi un importo in euro"),
        ("1,2,3", "Scrivi un importo in euro"),
        ("NaN", "Scrivi un importo in euro"),
        ("Infinity", "Scrivi un importo in euro"),
        ("-1.000,00", "non può essere negativo"),
        ("10,505", "al massimo due decimali"),
        ("1.000.000.000", "troppo grande"),
        ("1e99", "troppo grande"),
    ],
)
def test_cio_che_non_e_chiaro_si_rifiuta(scritto: str, perche: str) -> None:
    with pytest.raises(ValidationError) as rifiuto:
        ImportoField().clean(scritto)
    assert perche in " ".join(rifiuto.value.messages)
