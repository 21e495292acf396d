"""Files of an evidence."""

from collections.abc import Sequence

from django.db import models
from django.db.models import Q, UniqueConstraint

from distretti.models import Utente

from .evidenza import Evidenza

CANCELLATO = "file cancellato"
"""The name of an erased file that held personal data."""


class AllegatoQuerySet(models.QuerySet["Allegato"]):
    def stessi_byte(self, *impronte: str) -> "AllegatoQuerySet":
        """Those that came with one of these SHA-256, or are kept with one of them."""
        return self.filter(Q(sha256_originale__in=impronte) | Q(sha256__in=impronte))


class Allegato(models.Model):
    """A file of an evidence. ``file`` is empty when only its description was imported, or is left of it.

    ``sha256`` is of what is kept, ``sha256_originale`` of what came: they differ where ``ripulito`` took
    something away (distretti/basi/immagini). Once its term is over the bytes are erased and the row stays;
    ``da_togliere`` is the stored name of bytes that no row needs any more, until they are gone.
    """

    evidenza = models.ForeignKey(Evidenza, on_delete=models.CASCADE, related_name="allegati")
    ordine = models.PositiveSmallIntegerField("ordine", default=0)
    file = models.FileField("file", upload_to="allegati/%Y/%m/", blank=True, max_length=200)
    nome = models.CharField("nome", max_length=255)
    tipo = models.CharField("tipo", max_length=120)
    dimensione = models.PositiveBigIntegerField("dimensione in byte")
    sha256 = models.CharField("impronta SHA-256", max_length=64)
    sha256_originale = models.CharField(
        "impronta SHA-256 del file com'era", max_length=64, blank=True, default=""
    )
    dati_personali = models.BooleanField("contiene dati personali", default=False)
    ripulito = models.BooleanField("senza dati di posizione", default=False)
    caricato_da = models.ForeignKey(
        Utente, on_delete=models.PROTECT, related_name="allegati_caricati", null=True, blank=True
    )
    caricato_alle = models.DateTimeField("caricato alle", auto_now_add=True)
    cancellato_alle = models.DateTimeField("cancellato alle", null=True, blank=True)
    cancellato_perche = models.CharField("perché è stato cancellato", max_length=400, blank=True, default="")
    da_togliere = models.CharField("da togliere dal deposito", max_length=200, blank=True, default="")

    altrove: Sequence["Allegato"] = ()
    """The same file on other evidence, where a page asked for it (``valutazione.pagine.allegati``)."""

    objects = AllegatoQuerySet.as_manager()

    class Meta:
        verbose_name = "allegato"
        verbose_name_plural = "allegati"
        ordering = ["evidenza", "ordine", "pk"]
        constraints = [
            UniqueConstraint(fields=["evidenza", "ordine"], name="allegato_ordine_unico"),
            models.CheckConstraint(
                condition=Q(cancellato_alle__isnull=True, cancellato_perche="")
                | (Q(cancellato_alle__isnull=False, file="") & ~Q(cancellato_perche="")),
                name="allegato_cancellato_con_motivo",
                violation_error_message="Di un file cancellato si conservano il giorno e il motivo, "
                "e non il contenuto.",
            ),
        ]

    def __str__(self) -> str:
        return self.nome

    @property
    def impronte(self) -> frozenset[str]:
        """The SHA-256 of what came and of what is kept: the same file is known by either."""
        return frozenset({self.sha256, self.sha256_originale} - {""})

    @property
    def nome_negli_eventi(self) -> str:
        """What the event log, which only grows, calls it: a name may be the name of a person."""
        return "un file con dati personali" if self.dati_personali else self.nome

    @property
    def posizione_in_parole(self) -> str:
        """What became of the place a photograph was taken at; empty for what is no photograph."""
        if not self.ripulito:
            return ""
        tolti = self.sha256_originale not in ("", self.sha256)
        return "dati di posizione tolti" if tolti else "senza dati di posizione"
