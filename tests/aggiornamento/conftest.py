"""The fixture of an empty installation, shared with the tests of saving."""

from tests.esercizio.conftest import installazione_vuota

__all__ = ["installazione_vuota"]
