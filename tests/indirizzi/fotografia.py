"""Tutto ciò che sta nella base dati e nel deposito dei file, per dire che nulla è cambiato."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection

Fotografia = dict[str, tuple[int, str]]

_NON_CONTA = {"last_login"}
"""Who signs in writes it, whatever they do afterwards; so do sessions."""


@cache
def _letture() -> tuple[tuple[str, str], ...]:
    """Every table (sessions apart) by the name of its model, and what reads all of it."""
    letture = []
    for modello in apps.get_models(include_auto_created=True):
        if modello is Session:
            continue
        meta = modello._meta
        colonne = ", ".join(f'"{c.column}"' for c in meta.concrete_fields if c.attname not in _NON_CONTA)
        assert meta.pk is not None
        lettura = f'SELECT {colonne} FROM "{meta.db_table}" ORDER BY "{meta.pk.column}"'  # noqa: S608 (our tables)
        letture.append((meta.label, lettura))
    return tuple(letture)


def fotografia() -> Fotografia:
    """For every table how many rows and their hash, as the database has them; for the files, their names."""
    foto: Fotografia = {}
    with connection.cursor() as cursore:
        for nome, lettura in _letture():
            cursore.execute(lettura)
            righe = cursore.fetchall()
            foto[nome] = len(righe), _impronta(righe)
    radice = Path(settings.MEDIA_ROOT)
    file = sorted(str(p.relative_to(radice)) for p in radice.rglob("*") if p.is_file())
    foto["file"] = len(file), _impronta(file)
    return foto


def cambiate(prima: Fotografia, dopo: Fotografia) -> list[str]:
    """What changed, in words."""
    return [nome for nome in dopo if prima.get(nome) != dopo[nome]]


def _impronta(righe: Sequence[object]) -> str:
    return hashlib.sha256(repr(righe).encode()).hexdigest()


@contextmanager
def scritture() -> Iterator[list[str]]:
    """The statements that may write, sessions apart: none means that the tables are as they were."""
    trovate: list[str] = []

    def ascolta(esegui: Callable[..., Any], sql: str, *altro: Any) -> Any:
        if sql.lstrip().startswith(("INSERT", "UPDATE", "DELETE")) and "django_session" not in sql:
            trovate.append(sql)
        return esegui(sql, *altro)

    with connection.execute_wrapper(ascolta):
        yield trovate
