"""The verifier is for who has only Python: its tests need neither database nor settings."""

import pytest


@pytest.fixture(autouse=True)
def media_temporanea() -> None:
    """No files are written here: replaces the fixture of the other floors, which needs Django's settings."""
