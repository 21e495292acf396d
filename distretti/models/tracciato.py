"""When what the API shows of a row last changed, and what is no longer there to be shown.

Every table that is a resource of the API is a ``Tracciato``: whichever way it is written (``save``,
``update``, ``bulk_create``…), ``modificato_alle`` moves. A row that is only a part of what a resource shows
is a ``Parte``: writing it moves its ``tocca``, the rows it is shown in. What is deleted leaves a ``Ritiro``
if everyone could read it: codes only.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any, ClassVar, Generic, TypeVar

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

M = TypeVar("M", bound=models.Model)

Identita = tuple[str, str]
"""A list of the API and the key of one of its items: ``("marchi", "pat-acs/family_audit")``."""

_IN_UNA_VOLTA = 500
"""Keys in one statement: a database admits only so many parameters."""


class ParteQuerySet(models.QuerySet[M], Generic[M]):
    """Whatever is written through it, the rows it is shown in are modified too."""

    def identita(self) -> list[Identita]:
        """What everyone could read, and no longer can, when these rows go."""
        return []

    def update(self, **valori: Any) -> int:
        with transaction.atomic(using=self.db, savepoint=False):
            genitori = self._genitori()
            righe = super().update(**valori)
            _tocca(self.model, genitori)
        return righe

    update.alters_data = True  # type: ignore[attr-defined]

    def bulk_create(self, objs: Iterable[M], *altro: Any, **opzioni: Any) -> list[M]:
        with transaction.atomic(using=self.db, savepoint=False):
            righe = super().bulk_create(objs, *altro, **opzioni)
            _tocca(self.model, _genitori_di(righe))
        return righe

    def delete(self) -> tuple[int, dict[str, int]]:
        with togliendo(self):
            return super().delete()

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]

    def _genitori(self) -> dict[str, set[int]]:
        nomi = [self.model._meta.get_field(nome).attname for nome in getattr(self.model, "tocca", ())]  # type: ignore[union-attr]
        if not nomi:
            return {}
        righe = self.order_by().values_list(*nomi).distinct()
        return _insiemi(getattr(self.model, "tocca", ()), righe)


class TracciatoQuerySet(ParteQuerySet[M]):
    def identita(self) -> list[Identita]:
        modello: Any = self.model
        chiavi = self.order_by().filter(modello.pubbliche).values_list(*modello.chiave)
        return [(modello.risorsa, chiave_di(chiave)) for chiave in chiavi]

    def update(self, **valori: Any) -> int:
        return super().update(**{"modificato_alle": timezone.now(), **valori})

    update.alters_data = True  # type: ignore[attr-defined]


class Parte(models.Model):
    """A row shown in those of ``tocca`` (names of foreign keys)."""

    tocca: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    def save(self, *altro: Any, **opzioni: Any) -> None:
        with transaction.atomic(savepoint=False):
            super().save(*altro, **opzioni)
            _tocca(type(self), _genitori_di([self]))

    save.alters_data = True  # type: ignore[attr-defined]

    def delete(self, *altro: Any, **opzioni: Any) -> tuple[int, dict[str, int]]:
        with togliendo(type(self)._default_manager.filter(pk=self.pk)):
            return super().delete(*altro, **opzioni)

    delete.alters_data = True  # type: ignore[attr-defined]


class Tracciato(Parte):
    """A resource of the API.

    ``risorsa`` is the name of its list there, ``chiave`` the lookups whose values, joined by ``/``, are its
    address below it; ``pubbliche`` the rows that everyone may read.
    """

    risorsa: ClassVar[str]
    chiave: ClassVar[tuple[str, ...]] = ("codice",)
    pubbliche: ClassVar[Q] = Q()

    modificato_alle = models.DateTimeField("modificato alle", auto_now=True)

    class Meta:
        abstract = True

    def save(self, *altro: Any, update_fields: Iterable[str] | None = None, **opzioni: Any) -> None:
        if update_fields is not None:
            update_fields = {*update_fields, "modificato_alle"}
        super().save(*altro, update_fields=update_fields, **opzioni)

    save.alters_data = True  # type: ignore[attr-defined]


class RitiroQuerySet(models.QuerySet["Ritiro"]):
    def registra(self, identita: Iterable[Identita]) -> None:
        """Note that these went away now; one that had gone before, and come back, goes again."""
        adesso = timezone.now()
        da_scrivere = iter(dict.fromkeys(identita))
        while blocco := list(islice(da_scrivere, _IN_UNA_VOLTA)):
            self.bulk_create(
                [Ritiro(risorsa=r, chiave=c, ritirato_alle=adesso) for r, c in blocco],
                update_conflicts=True,
                unique_fields=["risorsa", "chiave"],
                update_fields=["ritirato_alle"],
            )


class Ritiro(models.Model):
    """A resource that everyone could read and that is gone: its list, its key, the instant.

    What came back keeps its row here: who reads leaves out what can be read again.
    """

    risorsa = models.CharField("risorsa", max_length=40)
    chiave = models.CharField("chiave", max_length=600)
    ritirato_alle = models.DateTimeField("ritirato alle")

    objects = RitiroQuerySet.as_manager()

    class Meta:
        verbose_name = "ritiro"
        verbose_name_plural = "ritiri"
        ordering = ["ritirato_alle", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["risorsa", "chiave"],
                name="ritiro_unico",
                violation_error_message="Questo ritiro è già registrato.",
            )
        ]
        indexes = [models.Index(fields=["risorsa", "ritirato_alle", "id"], name="ritiro_in_ordine")]

    def __str__(self) -> str:
        return f"{self.risorsa}/{self.chiave}"


def chiave_di(parti: Sequence[object]) -> str:
    """The key of a resource: the parts of its address; a part that is not known is ``-``."""
    return "/".join("-" if parte is None else str(parte) for parte in parti)


def indice_modificato(nome: str) -> models.Index:
    """The index of the order in which a resource is followed."""
    return models.Index(fields=["modificato_alle", "id"], name=nome)


@contextmanager
def togliendo(righe: Any) -> Iterator[None]:
    """Around the deletion of ``righe``: what showed them is modified, what everyone read is withdrawn."""
    with transaction.atomic(using=righe.db):
        genitori, tolte = righe._genitori(), righe.identita()
        yield
        _tocca(righe.model, genitori)
        Ritiro.objects.registra(tolte)


def _genitori_di(righe: Sequence[models.Model]) -> dict[str, set[int]]:
    if not righe:
        return {}
    modello: Any = type(righe[0])
    nomi = [modello._meta.get_field(nome).attname for nome in modello.tocca]
    return _insiemi(modello.tocca, ([getattr(riga, nome) for nome in nomi] for riga in righe))


def _insiemi(nomi: Sequence[str], righe: Iterable[Sequence[int | None]]) -> dict[str, set[int]]:
    insiemi: dict[str, set[int]] = {nome: set() for nome in nomi}
    for riga in righe:
        for nome, chiave in zip(nomi, riga, strict=True):
            if chiave is not None:
                insiemi[nome].add(chiave)
    return insiemi


def _tocca(modello: type[models.Model], genitori: dict[str, set[int]]) -> None:
    for nome, chiavi in genitori.items():
        genitore: Any = modello._meta.get_field(nome).related_model
        da_toccare = iter(sorted(chiavi))
        while blocco := list(islice(da_toccare, _IN_UNA_VOLTA)):
            genitore._default_manager.filter(pk__in=blocco).update(modificato_alle=timezone.now())
