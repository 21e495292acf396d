"""I numeri delle righe: le corse si scrivono come intervalli."""

import pytest

from valutazione.serie.intervalli import in_intervalli


@pytest.mark.parametrize(
    ("numeri", "scritti"),
    [
        ([], ""),
        ([3], "3"),
        ([1, 2], "1 e 2"),
        ([6, 7, 8], "6–8"),
        ([1, 2, 6, 7, 8, 9, 15], "1, 2, 6–9 e 15"),
    ],
)
def test_tre_numeri_di_fila_sono_un_intervallo(numeri: list[int], scritti: str) -> None:
    assert in_intervalli(numeri) == scritti
