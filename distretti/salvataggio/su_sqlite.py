"""The database as one SQLite file: copied while others write, put back in one transaction."""

import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import connection

from distretti.salvataggio import SalvataggioRifiutato

TIPO = "sqlite"
NOME = "base-dati.sqlite3"
ATTESA = 20
"""Seconds to wait for who is writing."""


class LettoreSqlite:
    """The rows of one SQLite file."""

    def __init__(self, collegamento: sqlite3.Connection) -> None:
        self.collegamento = collegamento

    def colonne(self) -> Mapping[str, Sequence[str]]:
        tabelle = self.righe(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        )
        return {nome: self._colonne_di(nome) for (nome,) in list(tabelle)}

    def _colonne_di(self, tabella: str) -> list[str]:
        trovate = self.collegamento.execute("SELECT name FROM pragma_table_info(?)", [tabella])
        return [colonna for (colonna,) in trovate]

    def righe(self, interrogazione: str) -> Iterator[Sequence[Any]]:
        yield from self.collegamento.execute(interrogazione)


def versione() -> str:
    return sqlite3.sqlite_version


@contextmanager
def istantanea(file: Path) -> Iterator[LettoreSqlite]:
    """Copy the database to ``file`` as it is at one instant, and read that copy."""
    origine = Path(str(connection.settings_dict["NAME"]))
    if not origine.is_file():
        raise SalvataggioRifiutato(f"Il database «{origine}» non c'è: non c'è nulla da salvare.")
    with closing(sqlite3.connect(origine, timeout=ATTESA)) as vivo, closing(sqlite3.connect(file)) as copia:
        vivo.backup(copia)
        copia.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
        yield LettoreSqlite(copia)


@contextmanager
def presente() -> Iterator[LettoreSqlite]:
    """The live database, or an empty one when its file is not there."""
    origine = Path(str(connection.settings_dict["NAME"]))
    nome = str(origine) if origine.is_file() else ":memory:"
    with closing(sqlite3.connect(nome, timeout=ATTESA)) as vivo:
        yield LettoreSqlite(vivo)


@contextmanager
def salvato(file: Path) -> Iterator[LettoreSqlite | None]:
    """The rows of a saved file, read before anything is replaced."""
    with closing(sqlite3.connect(file)) as copia:
        if copia.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise SalvataggioRifiutato("Il database dell'archivio è danneggiato.")
        yield LettoreSqlite(copia)


def rimetti(file: Path) -> None:
    """Replace the whole live database with ``file``: all of it or nothing."""
    connection.close()
    destinazione = Path(str(connection.settings_dict["NAME"]))
    nuovo = not destinazione.exists()
    fine = time.monotonic() + ATTESA

    def avanza(stato: int, _rimaste: int, _totale: int) -> None:
        if stato in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and time.monotonic() > fine:
            raise SalvataggioRifiutato("Qualcuno sta usando il database: fermare il servizio e riprovare.")

    try:
        with (
            closing(sqlite3.connect(file)) as copia,
            closing(sqlite3.connect(destinazione, timeout=ATTESA)) as vivo,
        ):
            copia.backup(vivo, pages=-1, progress=avanza)
    except BaseException:
        if nuovo:
            destinazione.unlink(missing_ok=True)
        raise
