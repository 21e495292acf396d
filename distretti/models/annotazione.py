"""What the register notes of a district: its states, its names, its lead bodies, each with day and acts."""

from datetime import date

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from distretti.basi.vincoli import uno_di

from .atto import Atto
from .distretto import Distretto, DistrettoQuerySet, StatoDistretto
from .tracciato import Parte, ParteQuerySet


class CampoAnnotato(models.TextChoices):
    """What of a district may change; its code never does."""

    STATO = "stato", "stato"
    DENOMINAZIONE = "denominazione", "denominazione"
    CAPOFILA = "capofila", "ente capofila"


class AnnotazioneQuerySet(ParteQuerySet["AnnotazioneDistretto"]):
    def con_atti(self) -> "AnnotazioneQuerySet":
        """The newest first, with their acts, in two queries."""
        return self.prefetch_related("atti_in_ordine__atto").order_by("-il", "-pk")


class AnnotazioneDistretto(Parte):
    """From the day ``il``, ``campo`` of the district is ``dopo``; until the day before it was ``prima``.

    ``prima`` and ``dopo`` are values of the field, empty where there was none: a district that is noted
    from its beginning had no state before.
    """

    tocca = ("distretto",)

    distretto = models.ForeignKey(Distretto, on_delete=models.PROTECT, related_name="annotazioni")
    campo = models.CharField("che cosa cambia", max_length=20, choices=CampoAnnotato.choices)
    il = models.DateField("dal giorno")
    prima = models.CharField("prima", max_length=200, blank=True)
    dopo = models.CharField("dopo", max_length=200, blank=True)
    motivo = models.TextField("motivo", blank=True)

    objects = AnnotazioneQuerySet.as_manager()

    class Meta:
        verbose_name = "annotazione del registro"
        verbose_name_plural = "annotazioni del registro"
        ordering = ["distretto", "il", "pk"]
        indexes = [models.Index(fields=["distretto", "campo", "il"], name="annotazione_in_ordine")]
        constraints = [
            uno_di("campo", CampoAnnotato, nome="annotazione_campo_ammesso"),
            models.CheckConstraint(
                condition=~Q(prima=F("dopo")),
                name="annotazione_che_cambia",
                violation_error_message="Questo valore è già quello del registro.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_campo_display()}: {self.dopo_in_parole}"

    @property
    def prima_in_parole(self) -> str:
        return self._in_parole(self.prima)

    @property
    def dopo_in_parole(self) -> str:
        return self._in_parole(self.dopo)

    def _in_parole(self, valore: str) -> str:
        stati: dict[str, str] = dict(StatoDistretto.choices)
        return stati.get(valore, valore) if self.campo == CampoAnnotato.STATO else valore


class AttoAnnotato(models.Model):
    """An act on which an annotation stands, in order."""

    annotazione = models.ForeignKey(
        AnnotazioneDistretto, on_delete=models.CASCADE, related_name="atti_in_ordine"
    )
    atto = models.ForeignKey(Atto, on_delete=models.PROTECT, related_name="annotazioni")
    ordine = models.PositiveSmallIntegerField("ordine", default=0)

    class Meta:
        verbose_name = "atto dell'annotazione"
        verbose_name_plural = "atti dell'annotazione"
        ordering = ["annotazione", "ordine"]
        constraints = [
            models.UniqueConstraint(fields=["annotazione", "ordine"], name="annotato_ordine_unico"),
        ]

    def __str__(self) -> str:
        return str(self.atto)


def alla_data(distretti: DistrettoQuerySet, giorno: date) -> DistrettoQuerySet:
    """``distretti`` with ``stato_al``, ``denominazione_al``, ``capofila_al``: as they were on ``giorno``.

    A value that was never noted is the one of today. ``stato_al`` is empty before a district's beginning.
    """

    def valore(campo: str) -> Coalesce:
        poi = AnnotazioneDistretto.objects.filter(distretto=OuterRef("pk"), campo=campo, il__gt=giorno)
        return Coalesce(Subquery(poi.order_by("il", "pk").values("prima")[:1]), F(campo))

    return distretti.annotate(**{f"{campo}_al": valore(campo) for campo in CampoAnnotato.values})
