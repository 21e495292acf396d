"""The authority's template of a year: compulsory lines and texts. They change from year to year."""

from django.db import models
from django.db.models import UniqueConstraint

from distretti.models import Autorita


class ModelloAnnualeQuerySet(models.QuerySet["ModelloAnnuale"]):
    def per_anno(self, autorita: Autorita, anno: int) -> "ModelloAnnuale | None":
        """The template in force for ``anno``: that year's, or else the latest one before it."""
        return self.filter(autorita=autorita, anno__lte=anno).order_by("-anno").first()


class ModelloAnnuale(models.Model):
    """What an authority prescribes for the programmes of a year.

    ``relazione`` holds the texts of the evaluation report: ``struttura`` (code), ``premesse`` and
    ``visti`` (lists of texts), ``clausola_firma``.
    """

    autorita = models.ForeignKey(Autorita, on_delete=models.PROTECT, related_name="modelli")
    anno = models.PositiveSmallIntegerField("anno")
    titolo = models.CharField("titolo", max_length=200)
    testo_obbligatorie = models.TextField("testo delle azioni obbligatorie", blank=True)
    relazione = models.JSONField("testi della relazione di valutazione", default=dict, blank=True)
    fonte = models.TextField("fonte", blank=True)

    objects = ModelloAnnualeQuerySet.as_manager()

    class Meta:
        verbose_name = "modello annuale"
        verbose_name_plural = "modelli annuali"
        ordering = ["autorita", "-anno"]
        constraints = [UniqueConstraint(fields=["autorita", "anno"], name="modello_unico_per_anno")]

    def __str__(self) -> str:
        return f"{self.titolo} ({self.autorita})"


class RigaModello(models.Model):
    """A compulsory line of the template, with its rule in the exchange format."""

    modello = models.ForeignKey(ModelloAnnuale, on_delete=models.CASCADE, related_name="righe")
    ordine = models.PositiveSmallIntegerField("ordine")
    sezione = models.CharField("sezione", max_length=120)
    testo = models.TextField("azione")
    testo_regola = models.TextField("percentuale di realizzazione", blank=True)
    testo_evidenze = models.TextField("evidenze", blank=True)
    regola = models.JSONField("regola", null=True, blank=True)

    class Meta:
        verbose_name = "riga del modello"
        verbose_name_plural = "righe del modello"
        ordering = ["modello", "ordine"]
        constraints = [UniqueConstraint(fields=["modello", "ordine"], name="riga_modello_ordine_unico")]

    def __str__(self) -> str:
        return self.testo
