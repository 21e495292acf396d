"""La dimensione di un file, in italiano."""

import pytest

from distretti.templatetags.testi import dimensione


@pytest.mark.parametrize(
    ("quanti", "parole"),
    [(0, "0 byte"), (1, "1 byte"), (512, "512 byte"), (5000, "4,9 KB"), (3_000_000, "2,9 MB")],
)
def test_la_dimensione_in_parole(quanti: int, parole: str) -> None:
    assert dimensione(quanti).replace("\N{NO-BREAK SPACE}", " ") == parole
