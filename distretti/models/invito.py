"""The links sent by mail with which a person chooses a password: the first one, or a new one."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q, UniqueConstraint
from django.utils import timezone

from distretti.basi.vincoli import uno_di

from .utente import Utente


class GenereInvito(models.TextChoices):
    INVITO = "invito", "invito"
    RECUPERO = "recupero", "recupero della password"


class InvitoQuerySet(models.QuerySet["Invito"]):
    def aperti(self) -> "InvitoQuerySet":
        """Neither used nor revoked; they may have expired."""
        return self.filter(usato_alle__isnull=True, revocato_alle__isnull=True)


class Invito(models.Model):
    """A link that works once, until ``scade_alle``; of its secret only the SHA-256 is kept.

    ``mandato_da`` is null when the person asked for it, or a command did.
    """

    utente = models.ForeignKey(Utente, on_delete=models.PROTECT, related_name="inviti")
    genere = models.CharField("genere", max_length=20, choices=GenereInvito.choices)
    impronta = models.CharField("impronta", max_length=64)
    mandato_alle = models.DateTimeField("mandato", default=timezone.now)
    mandato_da = models.ForeignKey(
        Utente, on_delete=models.PROTECT, related_name="inviti_mandati", null=True, blank=True
    )
    scade_alle = models.DateTimeField("scade")
    usato_alle = models.DateTimeField("usato", null=True, blank=True)
    revocato_alle = models.DateTimeField("revocato", null=True, blank=True)

    objects = InvitoQuerySet.as_manager()

    class Meta:
        verbose_name = "invito"
        verbose_name_plural = "inviti"
        ordering = ["-mandato_alle", "-pk"]
        constraints = [
            uno_di("genere", GenereInvito, nome="invito_genere_ammesso"),
            UniqueConstraint(
                fields=["impronta"],
                name="invito_impronta_unica",
                violation_error_message="Esiste già un collegamento con questo segreto.",
            ),
            UniqueConstraint(
                fields=["utente"],
                condition=Q(usato_alle__isnull=True, revocato_alle__isnull=True),
                name="invito_uno_aperto",
                violation_error_message="Questa persona ha già un collegamento in attesa.",
            ),
            models.CheckConstraint(
                condition=Q(scade_alle__gt=F("mandato_alle")),
                name="invito_scade_dopo",
                violation_error_message="Un invito scade dopo che è stato mandato.",
            ),
            models.CheckConstraint(
                condition=Q(usato_alle__isnull=True) | Q(revocato_alle__isnull=True),
                name="invito_usato_o_revocato",
                violation_error_message="Un invito usato non si revoca.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_genere_display()} per {self.utente}"

    @property
    def stato(self) -> str:
        """One Italian word: valido, usato, revocato, scaduto."""
        return self.stato_alle(timezone.now())

    def stato_alle(self, momento: datetime) -> str:
        """What the link is worth at that moment."""
        if self.usato_alle is not None:
            return "usato"
        if self.revocato_alle is not None:
            return "revocato"
        return "scaduto" if momento >= self.scade_alle else "valido"
