"""Reading what one instant of the database says, while others go on writing."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def un_istante() -> Iterator[None]:
    """Every reading inside sees the same instant; nothing is to be written. In a transaction it adds nothing.

    On SQLite the transaction is deferred, not the immediate one of the writes: it keeps nobody waiting.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursore:
                cursore.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        with connection.cursor() as cursore:
            cursore.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursore.execute("COMMIT")
