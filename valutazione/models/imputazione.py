"""The lines an evidence is credited to, and what the Agenzia decided of each."""

from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q, UniqueConstraint

from distretti.basi.vincoli import uno_di
from distretti.models import Utente
from programmi.models import Indicatore, Programma
from valutazione.parole import AzioneChiusura, StatoImputazione

from .chiusura import PassaggioChiusura
from .evidenza import Evidenza, StatoEvidenza
from .motivo import MotivoVerifica


class ImputazioneQuerySet(models.QuerySet["Imputazione"]):
    def da_verificare(self) -> "ImputazioneQuerySet":
        """Those that wait for the Agenzia: registered, already happened, not yet decided."""
        return self.filter(
            stato=StatoImputazione.IN_ATTESA,
            evidenza__stato=StatoEvidenza.REGISTRATA,
            evidenza__pianificata=False,
        )

    def contrarie(self) -> "ImputazioneQuerySet":
        """Rejected, or accepted only in part: what the manager may reply to."""
        return self.filter(
            Q(stato=StatoImputazione.RESPINTA)
            | Q(stato=StatoImputazione.ACCOLTA, misura_riconosciuta__isnull=False),
            evidenza__stato=StatoEvidenza.REGISTRATA,
            evidenza__pianificata=False,
        )

    def da_replicare(self) -> "ImputazioneQuerySet":
        """Of those, the ones that nobody replied to yet in this round of the verification, nor renounced to.

        After a correction only those decided since it was opened: the others had their reply.
        """
        repliche = apps.get_model("valutazione", "ReplicaVerifica")._default_manager.filter(
            imputazione=OuterRef("pk"), giro=OuterRef("evidenza__programma__chiusura__giro")
        )
        riaperture = PassaggioChiusura.objects.filter(
            azione=AzioneChiusura.RIAPERTURA_VERIFICA, chiusura__programma=OuterRef("evidenza__programma")
        )
        seguenti = riaperture.filter(registrato_alle__gt=OuterRef("verificata_alle"))
        da_allora = Q(verificata_alle__isnull=False) & ~Exists(seguenti)
        return self.contrarie().filter(~Exists(repliche), ~Exists(riaperture) | da_allora)

    def in_coda(self, programma: Programma) -> "ImputazioneQuerySet":
        """The queue of a programme, oldest evidence first: what is not decided, and what was replied to."""
        con_replica = Q(repliche__rinuncia=False, repliche__esito="")
        da_decidere = Q(
            stato=StatoImputazione.IN_ATTESA,
            evidenza__stato=StatoEvidenza.REGISTRATA,
            evidenza__pianificata=False,
        )
        coda = self.filter(evidenza__programma=programma).filter(
            Q(pk__in=self.model.objects.filter(con_replica).values("pk")) | da_decidere
        )
        return coda.order_by("evidenza__data", "evidenza__pk", "ordine", "pk")

    def per_riga(self) -> "ImputazioneQuerySet":
        """In the order of the lines of the scheda, then of the evidence."""
        numero = models.F("indicatore__progettualita__numero").asc(nulls_first=True)
        return self.order_by(numero, "indicatore__ordine", "evidenza__data", "evidenza__pk", "pk")

    def decidibili_da(self, utente: Utente) -> "ImputazioneQuerySet":
        """Without what ``utente`` recorded, credited, uploaded or replied to (see ``puo_decidere``)."""
        sue = self.model.objects.filter(
            Q(evidenza__registrata_da=utente)
            | Q(evidenza__autori=utente)
            | Q(evidenza__allegati__caricato_da=utente)
            | Q(repliche__utente=utente)
        )
        return self.exclude(pk__in=sue.values("pk"))

    def per_decidere(self) -> "ImputazioneQuerySet":
        """With what a list shows and what tells who may decide: constant queries, however many they are."""
        return self.select_related(
            "indicatore__progettualita",
            "motivo",
            "evidenza__programma__distretto__autorita",
            "evidenza__registrata_da",
        ).prefetch_related("evidenza__allegati", "evidenza__autori", "repliche")

    def con_repliche(self) -> "ImputazioneQuerySet":
        """With who decided and the replies: what the page of an evidence tells of each line."""
        return self.select_related("indicatore__progettualita", "evidenza", "verificata_da").prefetch_related(
            _repliche()
        )

    def per_repliche(self) -> "ImputazioneQuerySet":
        """As :meth:`per_decidere`, with who wrote and who answered the replies."""
        return (
            self.per_decidere()
            .prefetch_related(None)
            .prefetch_related("evidenza__allegati", "evidenza__autori", _repliche())
        )


def _repliche() -> "models.Prefetch[str, Any, str]":
    """In order, with their people: one query, also when there is none."""
    repliche = apps.get_model("valutazione", "ReplicaVerifica")._default_manager
    return models.Prefetch("repliche", repliche.select_related("utente", "decisa_da").order_by("giro"))


class Imputazione(models.Model):
    """An evidence counted towards a line, and what the Agenzia decided of it.

    ``misura`` and ``misura_riconosciuta`` are objects of the exchange format (null = none).
    ``motivazione`` is printed as it is: it begins with the words of ``motivo``, where one was chosen.
    ``verificata_da`` is null for a decision that was imported.
    """

    evidenza = models.ForeignKey(Evidenza, on_delete=models.CASCADE, related_name="imputazioni")
    indicatore = models.ForeignKey(Indicatore, on_delete=models.PROTECT, related_name="imputazioni")
    ordine = models.PositiveSmallIntegerField("ordine", default=0)
    stato = models.CharField(
        "stato", max_length=20, choices=StatoImputazione.choices, default=StatoImputazione.IN_ATTESA
    )
    misura = models.JSONField("misura", null=True, blank=True)
    misura_riconosciuta = models.JSONField("misura riconosciuta", null=True, blank=True)
    motivazione = models.TextField("motivazione", blank=True)
    motivo = models.ForeignKey(
        MotivoVerifica,
        on_delete=models.PROTECT,
        related_name="imputazioni",
        verbose_name="motivo dell'autorità",
        null=True,
        blank=True,
    )
    verificata_da = models.ForeignKey(
        Utente, on_delete=models.PROTECT, related_name="verifiche", null=True, blank=True
    )
    verificata_alle = models.DateTimeField("verificata alle", null=True, blank=True)

    objects = ImputazioneQuerySet.as_manager()

    class Meta:
        verbose_name = "imputazione"
        verbose_name_plural = "imputazioni"
        ordering = ["evidenza", "ordine", "pk"]
        constraints = [
            UniqueConstraint(
                fields=["evidenza", "indicatore"],
                name="imputazione_non_ripetuta",
                violation_error_message="L'evidenza è già imputata a questa riga.",
            ),
            uno_di("stato", StatoImputazione, nome="imputazione_stato_ammesso"),
            models.CheckConstraint(
                condition=~Q(stato=StatoImputazione.RESPINTA) | ~Q(motivazione=""),
                name="imputazione_respinta_motivata",
                violation_error_message="Per respingere un'evidenza occorre scrivere il motivo.",
            ),
            models.CheckConstraint(
                condition=Q(misura_riconosciuta__isnull=True) | Q(stato=StatoImputazione.ACCOLTA),
                name="imputazione_misura_riconosciuta_se_accolta",
                violation_error_message="Solo un'evidenza accolta ha una misura riconosciuta.",
            ),
            models.CheckConstraint(
                condition=Q(motivo__isnull=True)
                | (~Q(stato=StatoImputazione.IN_ATTESA) & ~Q(motivazione="")),
                name="imputazione_motivo_di_una_decisione",
                violation_error_message="Il motivo è di una decisione, e la motivazione ne dice le parole.",
            ),
            models.CheckConstraint(
                condition=~Q(stato=StatoImputazione.IN_ATTESA)
                | Q(verificata_da__isnull=True, verificata_alle__isnull=True),
                name="imputazione_in_attesa_senza_verifica",
                violation_error_message="Un'evidenza in attesa non è ancora stata verificata.",
            ),
            models.CheckConstraint(
                condition=Q(verificata_da__isnull=True, verificata_alle__isnull=True)
                | Q(verificata_da__isnull=False, verificata_alle__isnull=False),
                name="imputazione_verificata_da_chi_e_quando",
                violation_error_message="La verifica ha sempre chi l'ha fatta e quando.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evidenza} → {self.indicatore}"

    @property
    def decisione_in_breve(self) -> str:
        """ "accolta", "accolta in parte", "respinta", "in attesa" """
        return "accolta in parte" if self.misura_riconosciuta is not None else str(self.get_stato_display())

    @property
    def misura_json(self) -> dict[str, Any] | None:
        valore: dict[str, Any] | None = self.misura
        return valore
