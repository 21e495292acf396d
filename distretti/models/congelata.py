"""Rows that are written once: no door of the ORM changes or deletes them, on any database.

On PostgreSQL a trigger refuses the SQL too (``distretti.congelamento``). SQLite rebuilds a table at every
change of its columns and drops its triggers: there, as everywhere, what is altered behind the product's back
is found by its hash (``manage.py verifica_registro``).
"""

from typing import Any, ClassVar, Generic, NoReturn, TypeVar

from django.db import models

M = TypeVar("M", bound=models.Model)


class RigaCongelata(TypeError):
    """Somebody tried to change or delete what is written once: a fault of the program, not of a person."""

    def __init__(self, modello: type[models.Model]) -> None:
        nome = modello._meta.verbose_name
        super().__init__(f"«{nome}» si scrive una volta sola: non si cambia e non si cancella.")


class CongelataQuerySet(models.QuerySet[M], Generic[M]):
    """Adds rows, never changes nor deletes them."""

    def update(self, **valori: Any) -> NoReturn:
        raise RigaCongelata(self.model)

    update.alters_data = True  # type: ignore[attr-defined]

    def delete(self) -> NoReturn:
        raise RigaCongelata(self.model)

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]

    def bulk_update(self, *altro: Any, **opzioni: Any) -> NoReturn:
        raise RigaCongelata(self.model)

    bulk_update.alters_data = True  # type: ignore[attr-defined]

    def bulk_create(self, *altro: Any, **opzioni: Any) -> list[M]:
        if opzioni.get("update_conflicts"):
            raise RigaCongelata(self.model)
        return super().bulk_create(*altro, **opzioni)

    def _update(self, valori: Any) -> int:
        """What ``save_base`` calls on a row with a key, before adding it: ``loaddata`` comes this way."""
        if self.exists():
            raise RigaCongelata(self.model)
        return 0

    def _raw_delete(self, using: str | None) -> NoReturn:
        """What a cascade would call."""
        raise RigaCongelata(self.model)


class Congelata(models.Model):
    """A row written once. Its relations are ``PROTECT``: what it speaks of stays too.

    ``unico_cambiamento``: the condition (SQL, on ``NEW``) under which PostgreSQL lets a row change at all.
    """

    unico_cambiamento: ClassVar[str] = ""

    class Meta:
        abstract = True
        base_manager_name = "objects"  # else related objects and cascades would have a door of their own

    def save(self, *altro: Any, **opzioni: Any) -> None:
        if not self._state.adding:
            raise RigaCongelata(type(self))
        super().save(*altro, **{**opzioni, "force_insert": True})

    save.alters_data = True  # type: ignore[attr-defined]

    def delete(self, *altro: Any, **opzioni: Any) -> NoReturn:
        raise RigaCongelata(type(self))

    delete.alters_data = True  # type: ignore[attr-defined]
