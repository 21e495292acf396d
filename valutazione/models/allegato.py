"""Files of an evidence."""

from django.db import models
from django.db.models import UniqueConstraint

from distretti.models import Utente

from .evidenza import Evidenza


class Allegato(models.Model):
    """A file of an evidence. ``file`` is empty when only its description was imported."""

    evidenza = models.ForeignKey(Evidenza, on_delete=models.CASCADE, related_name="allegati")
    ordine = models.PositiveSmallIntegerField("ordine", default=0)
    file = models.FileField("file", upload_to="allegati/%Y/%m/", blank=True, max_length=200)
    nome = models.CharField("nome", max_length=255)
    tipo = models.CharField("tipo", max_length=120)
    dimensione = models.PositiveBigIntegerField("dimensione in byte")
    sha256 = models.CharField("impronta SHA-256", max_length=64)
    caricato_da = models.ForeignKey(
        Utente, on_delete=models.PROTECT, related_name="allegati_caricati", null=True, blank=True
    )
    caricato_alle = models.DateTimeField("caricato alle", auto_now_add=True)

    class Meta:
        verbose_name = "allegato"
        verbose_name_plural = "allegati"
        ordering = ["evidenza", "ordine", "pk"]
        constraints = [UniqueConstraint(fields=["evidenza", "ordine"], name="allegato_ordine_unico")]

    def __str__(self) -> str:
        return self.nome
