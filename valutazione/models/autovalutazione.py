"""What the manager says of the year: a comment for each action, and the whole as it was transmitted."""

from datetime import UTC

from django.db import models
from django.db.models import Q, UniqueConstraint

from distretti.basi.canonico import sha256_di
from distretti.basi.vincoli import non_vuoto
from distretti.models import Congelata, CongelataQuerySet, Utente
from programmi.models import Indicatore, Progettualita, Programma

from .chiusura import PassaggioChiusura


class CommentoAzioneQuerySet(models.QuerySet["CommentoAzione"]):
    def con_azione(self) -> "CommentoAzioneQuerySet":
        """Those whose action is in the programme, with what tells its code."""
        trovati = self.exclude(progettualita__isnull=True, indicatore__isnull=True)
        return trovati.select_related("progettualita", "indicatore__progettualita")

    def senza_azione(self) -> "CommentoAzioneQuerySet":
        """Those whose action a variazione took away, the oldest first, with who wrote them."""
        trovati = self.filter(progettualita__isnull=True, indicatore__isnull=True)
        return trovati.select_related("scritto_da").order_by("modificato_alle", "pk")


class CommentoAzione(models.Model):
    """The words of the manager on an action, until they are transmitted; one taken away leaves no row.

    The action is a progettualità, or a compulsory line: kept by its row, which a variazione moves, and by the
    code it had when the words were written (``azione``), which stays also when that row is deleted.
    """

    programma = models.ForeignKey(Programma, on_delete=models.PROTECT, related_name="commenti")
    azione = models.CharField("azione", max_length=20)
    progettualita = models.OneToOneField(
        Progettualita, on_delete=models.SET_NULL, related_name="commento", null=True, blank=True
    )
    indicatore = models.OneToOneField(
        Indicatore,
        on_delete=models.SET_NULL,
        related_name="commento",
        verbose_name="azione obbligatoria",
        null=True,
        blank=True,
    )
    testo = models.TextField("commento")
    scritto_da = models.ForeignKey(Utente, on_delete=models.PROTECT, related_name="commenti_azioni")
    modificato_alle = models.DateTimeField("modificato alle", auto_now=True)

    objects = CommentoAzioneQuerySet.as_manager()

    class Meta:
        verbose_name = "commento a un'azione"
        verbose_name_plural = "commenti alle azioni"
        ordering = ["programma", "azione"]
        constraints = [
            models.CheckConstraint(
                condition=Q(progettualita__isnull=True) | Q(indicatore__isnull=True),
                name="commento_una_sola_azione",
                violation_error_message="Un commento è di una progettualità o di un'azione obbligatoria.",
            ),
            non_vuoto("testo", nome="commento_con_testo", messaggio="Scrivi il commento."),
            non_vuoto("azione", nome="commento_di_un_azione", messaggio="Un commento è di un'azione."),
        ]

    def __str__(self) -> str:
        return f"{self.azione} ({self.programma})"

    @property
    def codice(self) -> str:
        """The code that its action has now; the one it had when it is no longer in the programme."""
        attuale = self.progettualita or self.indicatore
        return self.azione if attuale is None else attuale.codice


class AutovalutazioneQuerySet(CongelataQuerySet["Autovalutazione"]):
    def per_elenco(self) -> "AutovalutazioneQuerySet":
        """Without the content, the newest first, with what a list shows."""
        relazioni = ("programma__distretto", "passaggio", "congelata_da")
        return self.defer("contenuto").select_related(*relazioni).order_by("-numero")


class Autovalutazione(Congelata):
    """What the manager declared when they transmitted: comments, percentages, the scheda in public form.

    ``contenuto`` is canonical JSON text, byte for byte what ``sha256`` is the hash of (UTF-8).
    """

    programma = models.ForeignKey(Programma, on_delete=models.PROTECT, related_name="autovalutazioni")
    numero = models.PositiveSmallIntegerField("numero")
    contenuto = models.TextField("contenuto")
    sha256 = models.CharField("impronta", max_length=64)
    congelata_alle = models.DateTimeField("congelata alle")
    congelata_da = models.ForeignKey(
        Utente, on_delete=models.PROTECT, related_name="autovalutazioni_congelate"
    )
    passaggio = models.OneToOneField(
        PassaggioChiusura, on_delete=models.PROTECT, related_name="autovalutazione"
    )

    objects = AutovalutazioneQuerySet.as_manager()

    class Meta(Congelata.Meta):
        verbose_name = "autovalutazione"
        verbose_name_plural = "autovalutazioni"
        ordering = ["programma", "numero"]
        constraints = [
            UniqueConstraint(
                fields=["programma", "numero"],
                name="autovalutazione_numero_unico",
                violation_error_message="Il programma ha già un'autovalutazione con questo numero.",
            ),
            models.CheckConstraint(
                condition=Q(numero__gte=1),
                name="autovalutazione_numero_da_uno",
                violation_error_message="Le autovalutazioni si contano da uno.",
            ),
        ]

    def __str__(self) -> str:
        return f"autovalutazione {self.numero}"

    @property
    def impronta(self) -> str:
        """The imprint of the whole row: of the hash of its content, and of who transmitted it, and when."""
        return sha256_di(
            {
                "sha256": self.sha256,
                "passaggio": self.passaggio.ordine,
                "congelata_alle": self.congelata_alle.astimezone(UTC).isoformat(timespec="microseconds"),
                "congelata_da": self.congelata_da_id,
            }
        )

    @property
    def riferimento_evento(self) -> str:
        """The name by which the events speak of it: with its imprint, which so stands in the chain."""
        return f"autovalutazione/{self.programma.riferimento}/{self.numero}/{self.impronta}"
