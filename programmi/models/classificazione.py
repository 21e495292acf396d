"""Classification schemes: the same label has different codes in two of them, so scheme + code."""

from django.db import models
from django.db.models import UniqueConstraint

from distretti.basi.ricerca import con_parole, testo_di_ricerca
from distretti.models import Tracciato, TracciatoQuerySet, indice_modificato


class SchemaClassificazione(Tracciato):
    """A scheme of classification of the actions, e.g. ``distretti-2025``."""

    risorsa = "schemi-classificazione"

    codice = models.CharField("codice", max_length=60)
    denominazione = models.CharField("denominazione", max_length=200)
    fonte = models.TextField("fonte", blank=True)

    objects = TracciatoQuerySet["SchemaClassificazione"].as_manager()

    class Meta:
        verbose_name = "schema di classificazione"
        verbose_name_plural = "schemi di classificazione"
        ordering = ["codice"]
        indexes = [indice_modificato("schema_modificato")]
        constraints = [UniqueConstraint(fields=["codice"], name="schema_codice_unico")]

    def __str__(self) -> str:
        return self.denominazione


class VoceClassificazioneQuerySet(TracciatoQuerySet["VoceClassificazione"]):
    def con_testo(self, testo: str) -> "VoceClassificazioneQuerySet":
        """Those with every word of ``testo`` in the code, the words, the field or the macro area."""
        return con_parole(self, testo)


class VoceClassificazione(Tracciato):
    """One code of a scheme, with its macro area and field (A0301, Governance, Progettazione…)."""

    risorsa = "voci-classificazione"
    chiave = ("schema__codice", "codice")

    schema = models.ForeignKey(SchemaClassificazione, on_delete=models.PROTECT, related_name="voci")
    codice = models.CharField("codice", max_length=20)
    voce = models.CharField("voce", max_length=250)
    macroarea = models.CharField("macroarea", max_length=120, blank=True)
    campo = models.CharField("campo", max_length=120, blank=True)
    testo_ricerca = testo_di_ricerca("codice", "voce", "campo", "macroarea")

    objects = VoceClassificazioneQuerySet.as_manager()

    class Meta:
        verbose_name = "voce di classificazione"
        verbose_name_plural = "voci di classificazione"
        ordering = ["schema", "codice"]
        indexes = [indice_modificato("voce_modificato")]
        constraints = [UniqueConstraint(fields=["schema", "codice"], name="voce_codice_unico")]

    def __str__(self) -> str:
        return f"{self.codice} {self.voce}"
