"""The marks of the Agenzia and who holds them."""

from datetime import date

from django.db import models
from django.db.models import Q, UniqueConstraint

from distretti.basi.vincoli import codice_valido, non_dopo

from .atto import Atto
from .autorita import Autorita
from .organizzazione import Organizzazione
from .tracciato import Tracciato, TracciatoQuerySet, indice_modificato


class Marchio(Tracciato):
    """A mark that an authority grants: Family in Trentino, Family Audit."""

    risorsa = "marchi"
    chiave = ("autorita__codice", "codice")

    autorita = models.ForeignKey(Autorita, on_delete=models.PROTECT, related_name="marchi")
    codice = models.CharField("codice", max_length=60, validators=[codice_valido])
    denominazione = models.CharField("denominazione", max_length=120)

    objects = TracciatoQuerySet["Marchio"].as_manager()

    class Meta:
        verbose_name = "marchio"
        verbose_name_plural = "marchi"
        ordering = ["autorita", "codice"]
        indexes = [indice_modificato("marchio_modificato")]
        constraints = [UniqueConstraint(fields=["autorita", "codice"], name="marchio_codice_unico")]

    def __str__(self) -> str:
        return self.denominazione

    @property
    def riferimento_evento(self) -> str:
        """The name by which the events speak of it."""
        return f"marchio/{self.codice}"


class CertificazioneQuerySet(TracciatoQuerySet["Certificazione"]):
    def alla_data(self, giorno: date) -> "CertificazioneQuerySet":
        """Certifications valid on ``giorno``; one whose dates the source does not give counts."""
        return self.filter(
            Q(dal__isnull=True) | Q(dal__lte=giorno),
            Q(al__isnull=True) | Q(al__gte=giorno),
            Q(revocata_il__isnull=True) | Q(revocata_il__gt=giorno),
        )


class Certificazione(Tracciato):
    """A mark held by an organisation. Dates and number are empty where the source gives none."""

    risorsa = "certificazioni"
    chiave = ("organizzazione__codice", "marchio__autorita__codice", "marchio__codice", "dal")
    tocca = ("organizzazione",)

    organizzazione = models.ForeignKey(
        Organizzazione, on_delete=models.PROTECT, related_name="certificazioni"
    )
    marchio = models.ForeignKey(Marchio, on_delete=models.PROTECT, related_name="certificazioni")
    livello = models.CharField("livello", max_length=60, blank=True)
    numero = models.CharField("numero", max_length=60, blank=True)
    dal = models.DateField("valida dal", null=True, blank=True)
    al = models.DateField("fino al", null=True, blank=True)
    revocata_il = models.DateField("revocata il", null=True, blank=True)
    motivo_revoca = models.TextField("motivo della revoca", blank=True)
    atto = models.ForeignKey(
        Atto,
        on_delete=models.PROTECT,
        related_name="certificazioni",
        null=True,
        blank=True,
        verbose_name="atto",
    )
    atto_revoca = models.ForeignKey(
        Atto,
        on_delete=models.PROTECT,
        related_name="revoche",
        null=True,
        blank=True,
        verbose_name="atto della revoca",
    )

    objects = CertificazioneQuerySet.as_manager()

    class Meta:
        verbose_name = "certificazione"
        verbose_name_plural = "certificazioni"
        ordering = ["organizzazione", "marchio", "dal"]
        indexes = [indice_modificato("certificazione_modificato")]
        constraints = [
            non_dopo(
                "dal",
                "al",
                nome="certificazione_dal_non_dopo_al",
                messaggio="La certificazione non può finire prima di cominciare.",
            ),
            UniqueConstraint(
                fields=["organizzazione", "marchio", "dal"],
                name="certificazione_unica",
                violation_error_message="L'organizzazione ha già questa certificazione.",
            ),
            UniqueConstraint(
                fields=["organizzazione", "marchio"],
                condition=Q(dal__isnull=True),
                name="certificazione_unica_senza_data",
                violation_error_message="L'organizzazione ha già questa certificazione.",
            ),
            models.CheckConstraint(
                condition=Q(revocata_il__isnull=False) | Q(atto_revoca__isnull=True, motivo_revoca=""),
                name="certificazione_revocata_in_un_giorno",
                violation_error_message="La revoca di un marchio ha il suo giorno.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.marchio} di {self.organizzazione}"
