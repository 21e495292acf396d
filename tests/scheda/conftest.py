"""The fixtures of the tests of the data doors."""

from pathlib import Path

import pytest

from tests.scheda.ingressi import Porta


@pytest.fixture
def porta(db: None, tmp_path: Path) -> Porta:
    return Porta(tmp_path)
