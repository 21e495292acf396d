"""The acts a programme names: those of its procedure and those it only refers to."""

from django.db import models
from django.db.models import UniqueConstraint

from distretti.models import Atto, Parte, ParteQuerySet

from .programma import Programma


class AttoCitato(Parte):
    """An act named by a programme (laws, deliberations, the agreement), in the order of the programme."""

    tocca = ("programma",)

    programma = models.ForeignKey(Programma, on_delete=models.CASCADE, related_name="atti_citati")
    atto = models.ForeignKey(Atto, on_delete=models.PROTECT, related_name="citazioni")
    ordine = models.PositiveSmallIntegerField("ordine", default=0)

    objects = ParteQuerySet["AttoCitato"].as_manager()

    class Meta:
        verbose_name = "atto citato"
        verbose_name_plural = "atti citati"
        ordering = ["programma", "ordine"]
        constraints = [
            UniqueConstraint(
                fields=["programma", "atto"],
                name="atto_citato_non_ripetuto",
                violation_error_message="Il programma cita già questo atto.",
            ),
            UniqueConstraint(fields=["programma", "ordine"], name="atto_citato_ordine_unico"),
        ]

    def __str__(self) -> str:
        return str(self.atto)
