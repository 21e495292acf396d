"""Classification schemes: the same label has different codes in two of them, so scheme + code."""

from django.db import models
from django.db.models import UniqueConstraint


class SchemaClassificazione(models.Model):
    """A scheme of classification of the actions, e.g. ``distretti-2025``."""

    codice = models.CharField("codice", max_length=60)
    denominazione = models.CharField("denominazione", max_length=200)
    fonte = models.TextField("fonte", blank=True)

    class Meta:
        verbose_name = "schema di classificazione"
        verbose_name_plural = "schemi di classificazione"
        ordering = ["codice"]
        constraints = [UniqueConstraint(fields=["codice"], name="schema_codice_unico")]

    def __str__(self) -> str:
        return self.denominazione


class VoceClassificazione(models.Model):
    """One code of a scheme, with its macro area and field (A0301, Governance, Progettazione…)."""

    schema = models.ForeignKey(SchemaClassificazione, on_delete=models.PROTECT, related_name="voci")
    codice = models.CharField("codice", max_length=20)
    voce = models.CharField("voce", max_length=250)
    macroarea = models.CharField("macroarea", max_length=120, blank=True)
    campo = models.CharField("campo", max_length=120, blank=True)

    class Meta:
        verbose_name = "voce di classificazione"
        verbose_name_plural = "voci di classificazione"
        ordering = ["schema", "codice"]
        constraints = [UniqueConstraint(fields=["schema", "codice"], name="voce_codice_unico")]

    def __str__(self) -> str:
        return f"{self.codice} {self.voce}"
