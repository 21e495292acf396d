"""La scena su cui si prova ogni indirizzo."""

from collections.abc import Iterator

import pytest

from tests.conftest import Persone
from tests.indirizzi.mondo import Mondo, crea_mondo
from tests.pdf.ricordate import stampe_ricordate


@pytest.fixture(autouse=True)
def una_stampa_per_documento() -> Iterator[None]:
    with stampe_ricordate():
        yield


@pytest.fixture
def mondo(persone: Persone) -> Mondo:
    return crea_mondo(persone)
