"""Queries that are the same at every request but for their values: Django writes their SQL once.

To build a QuerySet and its SQL takes Python several times what it takes to send it: on the lists of the
REST interface, half a millisecond for each of the small queries around a page (docs/prestazioni.md).
"""

import json
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection
from django.db.models import ForeignKey, QuerySet
from django.db.models.lookups import Lookup

Scritta = tuple[str, list[Any]]
"""The SQL and its parameters, where the marks stand for the values to come."""


class Pronta:
    """``scrivi`` makes a ``values_list()`` from its arguments, all texts or lists of primary keys; calling
    this with the values gives its rows, as the database returns them.

    ``scrivi`` must make the same query whatever the values are: it is called once, with marks.
    """

    def __init__(self, scrivi: Callable[..., QuerySet[Any, Any]], quanti: int = 1) -> None:
        self.scrivi = scrivi
        self.segni = [f"\x01{posto}" for posto in range(quanti)]
        self.scritte: dict[str, Scritta] = {}

    def __call__(self, *valori: str | Sequence[int]) -> list[tuple[Any, ...]]:
        sql, parametri = self._scritta()
        per_segno = dict(zip(self.segni, map(_preparato, valori), strict=True))
        with connection.cursor() as cursore:
            cursore.execute(sql, [per_segno.get(p, p) if isinstance(p, str) else p for p in parametri])
            righe: list[tuple[Any, ...]] = cursore.fetchall()
        return righe

    def _scritta(self) -> Scritta:
        scritta = self.scritte.get(connection.vendor)
        if scritta is None:
            compilatore = self.scrivi(*self.segni).query.get_compiler(connection=connection)
            sql, parametri = compilatore.as_sql()
            scritta = self.scritte[connection.vendor] = (sql, list(parametri))
        return scritta


def _preparato(valore: str | Sequence[int]) -> Any:
    if isinstance(valore, str):
        return valore
    return json.dumps(list(valore)) if connection.vendor == "sqlite" else list(valore)


@ForeignKey.register_lookup
class UnaDi(Lookup):
    """``progettualita__una_di=[1, 2]``: like ``in``, with one parameter however many the keys are."""

    lookup_name = "una_di"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        colonna, parametri = self.process_lhs(compiler, connection)
        modo = "IN (SELECT value FROM json_each(%s))" if connection.vendor == "sqlite" else "= ANY(%s)"
        return f"{colonna} {modo}", (*parametri, self.rhs)
