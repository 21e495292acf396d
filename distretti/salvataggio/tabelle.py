"""What a database holds, read through a bare cursor: a hash for each table, and the files that rows name."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.apps import apps
from django.db import models

_MODULO = 2**256
SEMPRE_PIENE = frozenset({"django_migrations", "django_content_type", "auth_permission"})
"""Tables that ``migrate`` fills by itself."""


class Lettore(Protocol):
    """One instant of a database: its tables with their columns, and rows one at a time."""

    def colonne(self) -> Mapping[str, Sequence[str]]: ...

    def righe(self, interrogazione: str) -> Iterator[Sequence[Any]]: ...


@dataclass(frozen=True, slots=True)
class Impronta:
    """How many rows a table has, and a hash of them all that does not depend on their order."""

    righe: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Citato:
    """A file that a row names, with the hash that the row keeps of it."""

    nome: str
    sha256: str


def impronte(lettore: Lettore) -> dict[str, Impronta]:
    """The hash of every table: the same rows give the same hash, in whatever order they come back."""
    risultato = {}
    for tabella, colonne in sorted(lettore.colonne().items()):
        somma = quante = 0
        for riga in lettore.righe(_interrogazione(tabella, sorted(colonne))):
            quante += 1
            somma += int.from_bytes(hashlib.sha256(repr(tuple(riga)).encode()).digest())
        intestazione = hashlib.sha256(repr(sorted(colonne)).encode()).digest()
        totale = (somma + int.from_bytes(intestazione)) % _MODULO
        risultato[tabella] = Impronta(quante, f"{totale:064x}")
    return risultato


def tabelle_occupate(lettore: Lettore) -> list[str]:
    """The tables that hold rows which nobody but people and programs writes."""
    return [
        tabella
        for tabella in sorted(set(lettore.colonne()) - SEMPRE_PIENE)
        if any(True for _ in lettore.righe(f'SELECT 1 FROM "{tabella}" LIMIT 1'))  # noqa: S608
    ]


def migrazioni(lettore: Lettore) -> list[tuple[str, str]]:
    """The migrations applied, in order of name; none in an empty database."""
    if "django_migrations" not in lettore.colonne():
        return []
    return sorted((app, nome) for app, nome in lettore.righe('SELECT "app", "name" FROM "django_migrations"'))


def file_citati(lettore: Lettore) -> list[Citato]:
    """Every file that some row names, each once, in order of name."""
    presenti = lettore.colonne()
    trovati = {}
    for modello, campo in campi_file():
        tabella, colonna = modello._meta.db_table, campo.column
        impronta = colonna_impronta(campo)
        assert colonna is not None
        if colonna not in presenti.get(tabella, ()):
            continue  # an archive of an earlier release
        righe = lettore.righe(_interrogazione(tabella, [colonna, impronta]) + f" WHERE \"{colonna}\" <> ''")
        trovati.update({nome: Citato(nome, sha256) for nome, sha256 in righe})
    return [trovati[nome] for nome in sorted(trovati)]


def ancora_citati(nomi: Sequence[str]) -> bool:
    """Whether some row of the live database still names one of these files."""
    return any(
        modello._base_manager.filter(**{f"{campo.name}__in": nomi}).exists()
        for modello, campo in campi_file()
    )


def campi_file() -> list[tuple[type[models.Model], models.FileField]]:
    """Every field of every model that names a stored file."""
    return [
        (modello, campo)
        for modello in apps.get_models()
        for campo in modello._meta.local_concrete_fields
        if isinstance(campo, models.FileField)
    ]


def colonna_impronta(campo: models.FileField) -> str:
    """The column beside a file that keeps its SHA-256: ``file_sha256``, or just ``sha256``."""
    nomi = {vicino.column for vicino in campo.model._meta.local_concrete_fields}
    return f"{campo.name}_sha256" if f"{campo.name}_sha256" in nomi else "sha256"


def _interrogazione(tabella: str, colonne: Sequence[str]) -> str:
    elenco = ", ".join(f'"{colonna}"' for colonna in colonne)
    return f'SELECT {elenco} FROM "{tabella}"'  # noqa: S608  (names of our own schema)
