"""An installation apart from the one of the tests: full, on either database, and made to be destroyed."""

import os
import re
import sqlite3
from contextlib import closing
from copy import deepcopy
from pathlib import Path
from uuid import uuid4

from django.db import DEFAULT_DB_ALIAS, connection, connections

from distretti.salvataggio.salva import base_dati
from distretti.salvataggio.tabelle import Impronta, impronte

SQLITE = "sqlite"


class Installazione:
    """A database that the site uses, in the place of that of the tests, from ``apri`` to ``chiudi``."""

    def __init__(self, cartella: Path) -> None:
        nome = f"prova_{uuid4().hex[:12]}"
        self.nome = str(cartella / f"{nome}.sqlite3") if connection.vendor == SQLITE else nome
        self.delle_prove = connections[DEFAULT_DB_ALIAS]

    def impronte(self) -> dict[str, Impronta]:
        """The hash of every table, as it is now."""
        with base_dati().presente() as lettore:
            return impronte(lettore)

    def indirizzo(self) -> str:
        """The ``DATABASE_URL`` of this database, for another process."""
        if connection.vendor == SQLITE:
            return f"sqlite:///{self.nome}"
        return re.sub("(://[^/]*)/[^/?]*", rf"\1/{self.nome}", os.environ["DATABASE_URL"], count=1)

    def apri(self, modello: str = "") -> None:
        """Make the database, a copy of ``modello`` or an empty one, and let the site use it."""
        crea_database(self.nome, modello)
        apparte = self.delle_prove.copy()
        apparte.settings_dict = {**deepcopy(apparte.settings_dict), "NAME": self.nome}
        connections[DEFAULT_DB_ALIAS] = apparte

    def distruggi(self) -> None:
        """Nothing is left of the database; on PostgreSQL an empty one, as an administrator would make it."""
        connection.close()
        elimina_database(self.nome)
        if connection.vendor != SQLITE:
            crea_database(self.nome)

    def chiudi(self) -> None:
        connection.close()
        connections[DEFAULT_DB_ALIAS] = self.delle_prove
        elimina_database(self.nome)


def crea_database(nome: str, modello: str = "") -> None:
    """A copy of ``modello``, which nobody may be using on PostgreSQL; without it an empty database."""
    if connection.vendor != SQLITE:
        _sul_server(f'CREATE DATABASE "{nome}" TEMPLATE "{modello or "template0"}"')
    elif modello:
        with closing(sqlite3.connect(modello)) as da, closing(sqlite3.connect(nome)) as a:
            da.backup(a)


def elimina_database(nome: str) -> None:
    if connection.vendor != SQLITE:
        _sul_server(f'DROP DATABASE IF EXISTS "{nome}"')
        return
    for coda in ("", "-wal", "-shm"):
        Path(nome + coda).unlink(missing_ok=True)


def _sul_server(comando: str) -> None:
    with connection._nodb_cursor() as cursore:
        cursore.execute(comando)
