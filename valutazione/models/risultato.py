"""The result of a year as the authority defined it: written once, with its hashes."""

from datetime import UTC

from django.db import models
from django.db.models import Q, UniqueConstraint

from distretti.basi.canonico import sha256_di
from distretti.models import Congelata, CongelataQuerySet, Utente
from programmi.models import Programma

from .autovalutazione import Autovalutazione
from .chiusura import PassaggioChiusura


class RisultatoQuerySet(CongelataQuerySet["Risultato"]):
    def pubblicati(self) -> "RisultatoQuerySet":
        """Those that everyone reads: each was published, also if another came after it."""
        return self.filter(pubblicazione__isnull=False)

    def leggibili(self, *, tutti: bool) -> "RisultatoQuerySet":
        """All of them for who follows the programme; the published ones for the others."""
        return self if tutti else self.pubblicati()

    def per_elenco(self) -> "RisultatoQuerySet":
        """Without the long texts, the newest first, with what a list shows."""
        relazioni = ("programma__distretto", "passaggio", "pubblicazione__atto")
        return self.defer("scheda", "esito").select_related(*relazioni).order_by("-numero")


class Risultato(Congelata):
    """What the year was worth: the scheda in public form and the esito that comes from it.

    ``scheda`` and ``esito`` are canonical JSON texts, byte for byte what ``sha256_scheda`` and ``sha256``
    are the hashes of (UTF-8). ``dichiarato`` and ``riconosciuto`` are those of the programme, as the esito
    writes them (percentages; null = non valutato), for the lists. From the second on a result is a
    correction: ``motivo`` says to everyone what changed and why, ``differenze`` which values.
    """

    programma = models.ForeignKey(Programma, on_delete=models.PROTECT, related_name="risultati")
    numero = models.PositiveSmallIntegerField("numero")
    scheda = models.TextField("scheda in forma pubblica")
    sha256_scheda = models.CharField("impronta della scheda", max_length=64)
    esito = models.TextField("esito")
    sha256 = models.CharField("impronta dell'esito", max_length=64)
    versione_kernel = models.CharField("versione del calcolo", max_length=20)
    dichiarato = models.DecimalField("dichiarato", max_digits=5, decimal_places=2, null=True, blank=True)
    riconosciuto = models.DecimalField("riconosciuto", max_digits=5, decimal_places=2, null=True, blank=True)
    motivo = models.TextField("che cosa è cambiato e perché", blank=True)
    differenze = models.JSONField("differenze", default=list, blank=True)
    autovalutazione = models.ForeignKey(
        Autovalutazione, on_delete=models.PROTECT, related_name="risultati", null=True, blank=True
    )
    passaggio = models.OneToOneField(
        PassaggioChiusura, on_delete=models.PROTECT, related_name="risultato_definito"
    )
    congelato_alle = models.DateTimeField("congelato alle")
    congelato_da = models.ForeignKey(Utente, on_delete=models.PROTECT, related_name="risultati_congelati")

    objects = RisultatoQuerySet.as_manager()

    class Meta(Congelata.Meta):
        verbose_name = "risultato"
        verbose_name_plural = "risultati"
        ordering = ["programma", "numero"]
        constraints = [
            UniqueConstraint(
                fields=["programma", "numero"],
                name="risultato_numero_unico",
                violation_error_message="Il programma ha già un risultato con questo numero.",
            ),
            models.CheckConstraint(
                condition=Q(numero__gte=1),
                name="risultato_numero_da_uno",
                violation_error_message="I risultati si contano da uno.",
            ),
            models.CheckConstraint(
                condition=Q(numero=1, motivo="") | (Q(numero__gt=1) & ~Q(motivo="")),
                name="risultato_corretto_motivato",
                violation_error_message="Una correzione dice che cosa è cambiato e perché.",
            ),
            models.CheckConstraint(
                condition=Q(dichiarato__isnull=True, riconosciuto__isnull=True)
                | Q(dichiarato__gte=0, dichiarato__lte=100, riconosciuto__gte=0, riconosciuto__lte=100),
                name="risultato_percentuali_ammesse",
                violation_error_message="Le percentuali vanno da 0 a 100, o mancano tutte e due.",
            ),
        ]

    def __str__(self) -> str:
        return f"risultato {self.numero}"

    @property
    def impronta(self) -> str:
        """The imprint of the whole row: of the hashes of its texts, of its values, of who froze it, when."""
        return sha256_di(
            {
                "sha256_scheda": self.sha256_scheda,
                "sha256": self.sha256,
                "versione_kernel": self.versione_kernel,
                "valori": [None if v is None else f"{v:.2f}" for v in (self.dichiarato, self.riconosciuto)],
                "motivo": self.motivo,
                "differenze": self.differenze,
                "autovalutazione": self.autovalutazione_id,
                "passaggio": self.passaggio_id,
                "congelato_alle": self.congelato_alle.astimezone(UTC).isoformat(timespec="microseconds"),
                "congelato_da": self.congelato_da_id,
            }
        )

    @property
    def riferimento_evento(self) -> str:
        """The name by which the events speak of it: with its imprint, which so stands in the chain."""
        return f"risultato/{self.programma.riferimento}/{self.numero}/{self.impronta}"

    @property
    def pubblicato(self) -> bool:
        """Does everyone read it?"""
        return hasattr(self, "pubblicazione")
