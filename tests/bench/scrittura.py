"""Writing: rows in bulk, and words to who is watching."""

import sys
from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Model

M = TypeVar("M", bound=Model)

BLOCCO = 5000
"""Rows in one statement."""


def scrivi(righe: Iterable[M]) -> list[M]:
    """Add these rows, past the managers that mark as modified what they belong to: that is new as well."""
    righe = list(righe)
    return type(righe[0])._base_manager.bulk_create(righe, batch_size=BLOCCO) if righe else []


def dici(testo: str) -> None:
    """A result, at once."""
    sys.stdout.write(f"{testo}\n")
    sys.stdout.flush()


def annota(testo: str, *, fine: str = "\n") -> None:
    """How far it is: not a result."""
    sys.stderr.write(f"{testo}{fine}")
    sys.stderr.flush()
