"""Tutto ciò che sta nella base dati e nel deposito dei file, per dire che nulla è cambiato."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection

Fotografia = dict[str, tuple[int, str]]

_NON_CONTA = {"last_login"}
"""Who signs in writes it, whatever they do afterwards; so do sessions."""


def fotografia() -> Fotografia:
    """For every table (sessions apart) how many rows and their hash; for the files, their names."""
    foto: Fotografia = {}
    for modello in apps.get_models(include_auto_created=True):
        if modello is Session:
            continue
        campi = [c.attname for c in modello._meta.concrete_fields if c.attname not in _NON_CONTA]
        righe = list(modello._default_manager.order_by("pk").values_list(*campi))
        foto[modello._meta.label] = len(righe), _impronta(righe)
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
