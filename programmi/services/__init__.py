"""The writes on the promise: one transaction each, a lock on the programme, errors with a name."""

from .bozza import crea_bozza

__all__ = ["crea_bozza"]
