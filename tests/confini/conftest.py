"""Ciò che le prove dei confini condividono: il manager, l'Agenzia, un'evidenza registrata."""

from tests.valutazione.conftest import agenzia, manager, registra

__all__ = ["agenzia", "manager", "registra"]
