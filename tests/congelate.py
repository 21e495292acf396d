"""Alle spalle del prodotto: le righe che si scrivono una volta sola, cambiate e tolte con il solo SQL."""

from typing import Any

from django.db import connection, models

from distretti.models import Congelata


def togli(*modelli: type[models.Model]) -> None:
    """Empty these tables, in this order. On PostgreSQL as a flush does: a TRUNCATE starts no trigger."""
    tabelle = [f'"{modello._meta.db_table}"' for modello in modelli]
    with connection.cursor() as cursore:
        if connection.vendor == "postgresql":
            cursore.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursore.execute(f"TRUNCATE {', '.join(tabelle)}")
            cursore.execute("SET CONSTRAINTS ALL DEFERRED")
            return
        for tabella in tabelle:
            cursore.execute(f"DELETE FROM {tabella}")  # noqa: S608  (names of our own schema)


def altera(riga: Congelata, **valori: Any) -> None:
    """Change a row as whoever owns the table can: with the triggers out of the way."""
    tabella, chiave = riga._meta.db_table, riga._meta.pk.column
    cambi = ", ".join(f'"{colonna}" = %s' for colonna in valori)
    with connection.cursor() as cursore:
        senza_trigger(tabella, "DISABLE")
        cursore.execute(
            f'UPDATE "{tabella}" SET {cambi} WHERE "{chiave}" = %s',  # noqa: S608
            [*valori.values(), riga.pk],
        )
        senza_trigger(tabella, "ENABLE")


def senza_trigger(tabella: str, come: str) -> None:
    """``DISABLE`` or ``ENABLE`` the triggers of ours on a table, where there are any."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursore:
        cursore.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursore.execute(f'ALTER TABLE "{tabella}" {come} TRIGGER USER')
        cursore.execute("SET CONSTRAINTS ALL DEFERRED")
