"""The event log: every change that matters, in one chain that only grows.

Each event holds the imprint of the one before it: a row changed, taken away or put in between breaks the
chain. What an event tells of persons (names, texts before and after, the reason) is apart, in
``DatiEvento``: the chain holds only its commitment, so it can be erased one day and the chain still verifies.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import Any, Protocol

from django.db import models
from django.db.models import Q, UniqueConstraint

from .congelata import Congelata, CongelataQuerySet
from .utente import Ruolo, Utente


class Annotabile(Protocol):
    """A row that events speak of, by a name that never changes: ``programma/dfa-alta-valsugana/2025``."""

    @property
    def riferimento_evento(self) -> str: ...


class EventoQuerySet(CongelataQuerySet["Evento"]):
    def che_riguardano(self, *riferimenti: str) -> "EventoQuerySet":
        """Those that speak of the object with this name, or with any of these."""
        if len(riferimenti) == 1:
            return self.filter(oggetti__riferimento=riferimenti[0])
        citati = OggettoEvento.objects.filter(riferimento__in=riferimenti)
        return self.filter(pk__in=citati.values("evento"))

    def per_elenco(self) -> "EventoQuerySet":
        """With what a history shows, in one query, the newest first."""
        return self.select_related("utente", "dati").order_by("-numero")


class Evento(Congelata):
    """One change: when, what, who, in which role, in which request.

    ``impegno`` is the SHA-256 of salt and content of its ``DatiEvento``; ``impronta`` that of ``precedente``
    (the imprint before) and of every field of the row. ``utente`` is null when no person did it: a command.
    """

    numero = models.PositiveBigIntegerField("numero", primary_key=True)
    alle = models.DateTimeField("alle")
    azione = models.CharField("azione", max_length=60)
    utente = models.ForeignKey(Utente, on_delete=models.PROTECT, related_name="eventi", null=True, blank=True)
    ruolo = models.CharField("in qualità di", max_length=40, blank=True)
    richiesta = models.CharField("richiesta", max_length=100, blank=True)
    impegno = models.CharField("impegno", max_length=64)
    precedente = models.CharField("impronta precedente", max_length=64)
    impronta = models.CharField("impronta", max_length=64)

    objects = EventoQuerySet.as_manager()

    class Meta(Congelata.Meta):
        verbose_name = "evento"
        verbose_name_plural = "eventi"
        ordering = ["numero"]
        constraints = [
            UniqueConstraint(
                fields=["precedente"],
                name="evento_precedente_unico",
                violation_error_message="A un evento ne segue uno solo.",
            ),
            UniqueConstraint(
                fields=["impronta"],
                name="evento_impronta_unica",
                violation_error_message="Due eventi non hanno la stessa impronta.",
            ),
            models.CheckConstraint(
                condition=Q(numero__gte=1),
                name="evento_numero_da_uno",
                violation_error_message="Gli eventi si contano da uno.",
            ),
        ]
        indexes = [models.Index(fields=["azione", "-numero"], name="evento_per_azione")]

    def __str__(self) -> str:
        return f"{self.numero}: {self.azione}"

    @property
    def riferimento_evento(self) -> str:
        """The name by which other events speak of it."""
        return f"evento/{self.numero}"

    @property
    def ruolo_esteso(self) -> str:
        """The role in words; as it was written, when the product no longer has it."""
        return dict(Ruolo.choices).get(self.ruolo, self.ruolo)


class OggettoEvento(Congelata):
    """What an event speaks of, by name: no foreign key, because the name outlives the row."""

    evento = models.ForeignKey(Evento, on_delete=models.PROTECT, related_name="oggetti")
    ordine = models.PositiveSmallIntegerField("ordine")
    riferimento = models.CharField("riferimento", max_length=600)

    objects = CongelataQuerySet["OggettoEvento"].as_manager()

    class Meta(Congelata.Meta):
        verbose_name = "oggetto di un evento"
        verbose_name_plural = "oggetti degli eventi"
        ordering = ["evento", "ordine"]
        constraints = [
            UniqueConstraint(fields=["evento", "ordine"], name="oggetto_evento_ordine_unico"),
            UniqueConstraint(
                fields=["riferimento", "evento"],
                name="oggetto_evento_non_ripetuto",
                violation_error_message="Un evento nomina una volta sola ogni oggetto.",
            ),
        ]

    def __str__(self) -> str:
        return self.riferimento


class DatiEventoQuerySet(CongelataQuerySet["DatiEvento"]):
    def cancella(self, alle: datetime) -> int:
        """Erase what these events told, salt included; say how many had something to erase.

        Only ``distretti.registro_eventi.cancella_dati`` calls it: an erasure is itself an event.
        """
        pieni = self.filter(cancellati_alle__isnull=True)
        return models.QuerySet.update(pieni, sale="", contenuto="", cancellati_alle=alle)

    cancella.alters_data = True  # type: ignore[attr-defined]


class DatiEvento(Congelata):
    """What an event tells: who by name, the texts before and after, the reason. Never changed, but erased.

    ``contenuto`` is the JSON text the commitment is made on, kept as it was written: objects keep the order
    of their labels, as a person reads them.
    """

    unico_cambiamento = "NEW.sale = '' AND NEW.contenuto = ''"

    evento = models.OneToOneField(Evento, on_delete=models.PROTECT, primary_key=True, related_name="dati")
    sale = models.CharField("sale", max_length=64, blank=True)
    contenuto = models.TextField("contenuto", blank=True)
    cancellati_alle = models.DateTimeField("cancellati alle", null=True, blank=True)

    objects = DatiEventoQuerySet.as_manager()

    class Meta(Congelata.Meta):
        verbose_name = "dati di un evento"
        verbose_name_plural = "dati degli eventi"
        constraints = [
            models.CheckConstraint(
                condition=(Q(cancellati_alle__isnull=True) & ~Q(sale="") & ~Q(contenuto=""))
                | Q(cancellati_alle__isnull=False, sale="", contenuto=""),
                name="dati_evento_interi_o_cancellati",
                violation_error_message="I dati di un evento ci sono tutti oppure sono cancellati.",
            )
        ]

    def __str__(self) -> str:
        return f"dati dell'evento {self.evento_id}"

    @cached_property
    def letti(self) -> Mapping[str, Any]:
        """``chi``, ``prima``, ``dopo``, ``motivo``; empty when they were erased."""
        vuoti: dict[str, Any] = {"chi": "", "prima": {}, "dopo": {}, "motivo": ""}
        return vuoti | (json.loads(self.contenuto) if self.contenuto else {})


class TestaRegistro(models.Model):
    """The last link of the chain, one row at most: who writes an event takes it for themselves."""

    __test__ = False  # its name begins like those that pytest collects

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    numero = models.PositiveBigIntegerField("numero", default=0)
    impronta = models.CharField("impronta", max_length=64, blank=True)

    class Meta:
        verbose_name = "testa del registro degli eventi"
        verbose_name_plural = "testa del registro degli eventi"
        constraints = [
            models.CheckConstraint(
                condition=Q(id=1),
                name="testa_registro_unica",
                violation_error_message="La testa del registro è una sola.",
            )
        ]

    def __str__(self) -> str:
        return f"evento {self.numero}"
