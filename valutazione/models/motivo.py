"""The coded reasons for which an authority rejects: its own data, none comes with the product."""

from django.db import models
from django.db.models import Q, UniqueConstraint

from distretti.basi.vincoli import codice_valido, non_vuoto
from distretti.models import Autorita


class MotivoVerificaQuerySet(models.QuerySet["MotivoVerifica"]):
    def in_uso(self) -> "MotivoVerificaQuerySet":
        """Those that may still be chosen."""
        return self.filter(cessato_il__isnull=True)

    def in_uso_prima(self) -> "MotivoVerificaQuerySet":
        """Those that may be chosen, then those that ended, the last first."""
        return self.order_by(models.F("cessato_il").desc(nulls_first=True), "codice", "pk")


class MotivoVerifica(models.Model):
    """A reason for rejecting, or for accepting in part, that an authority gives often.

    It is never changed nor deleted, since decisions were made with its words: from ``cessato_il`` on it is
    chosen no more.
    """

    autorita = models.ForeignKey(Autorita, on_delete=models.PROTECT, related_name="motivi_verifica")
    codice = models.CharField("codice", max_length=40, validators=[codice_valido])
    testo = models.CharField("testo", max_length=300)
    cessato_il = models.DateField("non si sceglie più dal", null=True, blank=True)

    objects = MotivoVerificaQuerySet.as_manager()

    class Meta:
        verbose_name = "motivo di verifica"
        verbose_name_plural = "motivi di verifica"
        ordering = ["autorita", "codice"]
        constraints = [
            UniqueConstraint(
                fields=["autorita", "codice"],
                name="motivo_verifica_codice_unico",
                violation_error_message="L'autorità ha già un motivo con questo codice.",
            ),
            UniqueConstraint(
                fields=["autorita", "testo"],
                condition=Q(cessato_il__isnull=True),
                name="motivo_verifica_testo_unico",
                violation_error_message="L'autorità ha già un motivo con questo testo.",
            ),
            non_vuoto("codice", nome="motivo_verifica_con_codice", messaggio="Scrivi il codice del motivo."),
            non_vuoto("testo", nome="motivo_verifica_con_testo", messaggio="Scrivi il testo del motivo."),
        ]

    def __str__(self) -> str:
        return self.testo

    def motivazione(self, nota: str = "") -> str:
        """The reason as it is printed: its own words, then the note."""
        nota = nota.strip()
        return f"{self.testo}. {nota}" if nota else self.testo

    def nota_di(self, motivazione: str) -> str:
        """The note of a printed reason that begins with these words."""
        return motivazione.removeprefix(self.testo).removeprefix(".").strip()
