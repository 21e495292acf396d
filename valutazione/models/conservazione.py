"""How long the files of a year are kept: data of the authority, as its retention schedule says."""

from datetime import date
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q, UniqueConstraint

from distretti.basi.italiano import conta
from distretti.basi.vincoli import non_vuoto
from distretti.models import Autorita

MESI_MASSIMI = 600


class ParametriConservazione(models.Model):
    """The months the files of a year's evidence are kept after the end of the esercizio, and who says so.

    Without a row nothing is ever erased: the product knows no term of its own.
    """

    CAMPI: ClassVar = ("mesi", "fonte")
    EVENTI: ClassVar = ("conservazione.stabilita", "conservazione.modifica")
    """Of the first time, and of the others."""

    autorita = models.ForeignKey(Autorita, on_delete=models.PROTECT, related_name="parametri_conservazione")
    anno = models.PositiveSmallIntegerField(
        "anno dei programmi", validators=[MinValueValidator(2011), MaxValueValidator(2100)]
    )
    mesi = models.PositiveSmallIntegerField(
        "mesi dopo la fine dell'esercizio",
        validators=[MinValueValidator(1), MaxValueValidator(MESI_MASSIMI)],
    )
    fonte = models.CharField("atto o fonte", max_length=300)

    class Meta:
        verbose_name = "parametri della conservazione"
        verbose_name_plural = "parametri della conservazione"
        ordering = ["autorita", "-anno"]
        constraints = [
            UniqueConstraint(
                fields=["autorita", "anno"],
                name="parametri_conservazione_unici",
                violation_error_message="L'autorità ha già stabilito quanto si conservano i file di questo "
                "anno.",
            ),
            models.CheckConstraint(
                condition=Q(mesi__gte=1, mesi__lte=MESI_MASSIMI),
                name="parametri_conservazione_mesi_ammessi",
                violation_error_message=f"I mesi vanno da 1 a {MESI_MASSIMI}.",
            ),
            non_vuoto(
                "fonte",
                nome="parametri_conservazione_con_fonte",
                messaggio="Indica l'atto che stabilisce quanto si conservano i file.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.autorita}, {self.anno}"

    @property
    def in_parole(self) -> str:
        """ "10 anni", "18 mesi" """
        if self.mesi % 12 == 0:
            return conta(self.mesi // 12, "anno", "anni")
        return conta(self.mesi, "mese", "mesi")

    def ultimo_giorno(self, fine: date) -> date:
        """The last day a file is kept, for an esercizio that ended on ``fine``."""
        anni, mese = divmod(fine.year * 12 + fine.month - 1 + self.mesi, 12)
        giorno = fine.day
        while True:  # 31 December plus two months: the last day of February
            try:
                return date(anni, mese + 1, giorno)
            except ValueError:
                giorno -= 1

    def valori(self) -> dict[str, str]:
        """What a person reads of it, with the labels of its form: for the event log, for who saves second."""
        return {"Mesi dopo la fine dell'esercizio": str(self.mesi), "Atto o fonte": self.fonte}
