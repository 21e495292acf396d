"""La scena su cui si prova ogni indirizzo."""

import pytest

from tests.conftest import Persone
from tests.indirizzi.mondo import Mondo, crea_mondo


@pytest.fixture
def mondo(persone: Persone) -> Mondo:
    return crea_mondo(persone)
