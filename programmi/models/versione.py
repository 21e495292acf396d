"""What a programme said when it was transmitted or approved: written once, with its hash."""

from datetime import UTC

from django.db import models
from django.db.models import Q, UniqueConstraint

from distretti.basi.canonico import sha256_di
from distretti.basi.vincoli import uno_di
from distretti.models import Congelata, CongelataQuerySet, Utente

from .passaggio import Passaggio
from .programma import Programma


class GenereVersione(models.TextChoices):
    TRASMISSIONE = "trasmissione", "trasmessa"
    APPROVAZIONE = "approvazione", "approvata"


class VersioneQuerySet(CongelataQuerySet["Versione"]):
    def approvate(self) -> "VersioneQuerySet":
        """Those that hold for everyone: of the approval, or of an approved variazione."""
        return self.filter(genere=GenereVersione.APPROVAZIONE)

    def leggibili(self, *, tutte: bool) -> "VersioneQuerySet":
        """All of them for who follows the programme; for the others, the approved ones."""
        return self if tutte else self.approvate()

    def per_elenco(self) -> "VersioneQuerySet":
        """Without the content, the newest first, with what a list shows."""
        relazioni = ("programma__distretto", "passaggio__atto", "congelata_da")
        return self.defer("contenuto").select_related(*relazioni).order_by("-numero")


class Versione(Congelata):
    """The promise as a step left it: canonical JSON of the exchange format, without evidence.

    ``contenuto`` is text, byte for byte what ``sha256`` is the hash of (UTF-8). ``congelata_da`` is null when
    no person froze it: a programme that was imported, or approved before the versions existed.
    """

    programma = models.ForeignKey(Programma, on_delete=models.PROTECT, related_name="versioni")
    numero = models.PositiveSmallIntegerField("numero")
    genere = models.CharField("genere", max_length=20, choices=GenereVersione.choices)
    passaggio = models.OneToOneField(Passaggio, on_delete=models.PROTECT, related_name="versione")
    contenuto = models.TextField("contenuto")
    sha256 = models.CharField("impronta", max_length=64)
    congelata_alle = models.DateTimeField("congelata alle")
    congelata_da = models.ForeignKey(
        Utente, on_delete=models.PROTECT, related_name="versioni_congelate", null=True, blank=True
    )

    objects = VersioneQuerySet.as_manager()

    class Meta(Congelata.Meta):
        verbose_name = "versione"
        verbose_name_plural = "versioni"
        ordering = ["programma", "numero"]
        constraints = [
            UniqueConstraint(
                fields=["programma", "numero"],
                name="versione_numero_unico",
                violation_error_message="Il programma ha già una versione con questo numero.",
            ),
            models.CheckConstraint(
                condition=Q(numero__gte=1),
                name="versione_numero_da_uno",
                violation_error_message="Le versioni si contano da uno.",
            ),
            uno_di("genere", GenereVersione, nome="versione_genere_ammesso"),
        ]

    def __str__(self) -> str:
        return f"versione {self.numero} ({self.get_genere_display()})"

    @property
    def impronta(self) -> str:
        """The imprint of the whole row: of the hash of its content, and of who froze it, when, for what."""
        return sha256_di(
            {
                "sha256": self.sha256,
                "genere": str(self.genere),
                "passaggio": [self.passaggio.ordine, str(self.passaggio.azione)],
                "congelata_alle": self.congelata_alle.astimezone(UTC).isoformat(timespec="microseconds"),
                "congelata_da": self.congelata_da_id,
            }
        )

    @property
    def riferimento_evento(self) -> str:
        """The name by which the events speak of it: with its imprint, which so stands in the chain."""
        return f"versione/{self.programma.riferimento}/{self.numero}/{self.impronta}"

    @property
    def approvata(self) -> bool:
        """Does everyone read it?"""
        return self.genere == GenereVersione.APPROVAZIONE
