"""A spreadsheet of the register that somebody sent: first looked at, then written whole or not at all."""

from django.db import models
from django.db.models import Q

from .autorita import Autorita
from .utente import Utente


class ImportazioneRegistro(models.Model):
    """The bytes that were previewed; written in the register when ``confermata_alle`` says so."""

    autorita = models.ForeignKey(Autorita, on_delete=models.PROTECT, related_name="importazioni")
    file = models.FileField("file", upload_to="importazioni/%Y/")
    file_nome = models.CharField("nome del file", max_length=200)
    file_sha256 = models.CharField("impronta del file", max_length=64)
    caricata_da = models.ForeignKey(Utente, on_delete=models.PROTECT, related_name="importazioni")
    caricata_alle = models.DateTimeField("caricata alle", auto_now_add=True)
    confermata_alle = models.DateTimeField("confermata alle", null=True, blank=True)

    class Meta:
        verbose_name = "importazione del registro"
        verbose_name_plural = "importazioni del registro"
        ordering = ["-caricata_alle", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(file="") & ~Q(file_nome="") & ~Q(file_sha256=""),
                name="importazione_file_con_impronta",
                violation_error_message="Il file di un'importazione si conserva con il nome e l'impronta.",
            )
        ]

    def __str__(self) -> str:
        return self.file_nome
