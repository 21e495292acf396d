"""Districts and the periods in which organisations belong to them."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Prefetch, Q, UniqueConstraint

from distretti.basi.ricerca import con_parole, testo_di_ricerca
from distretti.basi.vincoli import codice_valido, non_dopo, uno_di
from distretti.parole import TipoDistretto

from .atto import Atto
from .autorita import Autorita
from .marchio import Certificazione
from .organizzazione import Organizzazione
from .tracciato import Identita, Tracciato, TracciatoQuerySet, indice_modificato


class StatoDistretto(models.TextChoices):
    IN_COSTITUZIONE = "in_costituzione", "in costituzione"
    ATTIVO = "attivo", "attivo"
    CESSATO = "cessato", "cessato"
    REVOCATO = "revocato", "revocato"


class DistrettoQuerySet(TracciatoQuerySet["Distretto"]):
    def per_elenco(self) -> "DistrettoQuerySet":
        """The districts with what a list shows, in a constant number of queries."""
        return self.select_related("autorita").prefetch_related(
            Prefetch("dati_dichiarati", to_attr="dati_per_elenco")
        )

    def alla_data(self, giorno: date) -> "DistrettoQuerySet":
        """With ``stato_al``, ``denominazione_al``, ``capofila_al``: what the register says of ``giorno``."""
        from distretti.models.annotazione import alla_data

        return alla_data(self, giorno)

    def con_testo(self, testo: str) -> "DistrettoQuerySet":
        """Those with every word of ``testo`` in the name, the code or the lead body."""
        return con_parole(self, testo)

    def con_stato_al(self, giorno: date, stato: str = "") -> "DistrettoQuerySet":
        """As :meth:`alla_data`, without those that had not begun; only those in ``stato`` on that day."""
        righe: Any = self.alla_data(giorno)
        righe = righe.exclude(stato_al="")
        trovate: DistrettoQuerySet = righe.filter(stato_al=stato) if stato else righe
        return trovate


class Distretto(Tracciato):
    """A Distretto famiglia. ``codice`` is its address for ever, even when it is renamed."""

    risorsa = "distretti"

    codice = models.CharField("codice", max_length=100, validators=[codice_valido])
    denominazione = models.CharField("denominazione", max_length=200)
    tipo = models.CharField("tipo", max_length=20, choices=TipoDistretto.choices)
    stato = models.CharField(
        "stato", max_length=20, choices=StatoDistretto.choices, default=StatoDistretto.ATTIVO
    )
    autorita = models.ForeignKey(
        Autorita, on_delete=models.PROTECT, related_name="distretti", verbose_name="autorità"
    )
    anno_nascita = models.PositiveSmallIntegerField("anno di nascita", null=True, blank=True)
    capofila = models.CharField("ente capofila", max_length=200, blank=True)
    note = models.TextField("note", blank=True)
    testo_ricerca = testo_di_ricerca("denominazione", "codice", "capofila")

    objects = DistrettoQuerySet.as_manager()

    class Meta:
        verbose_name = "distretto"
        verbose_name_plural = "distretti"
        ordering = ["denominazione", "codice"]
        indexes = [
            models.Index(fields=["denominazione", "codice"], name="distretto_in_ordine"),
            indice_modificato("distretto_modificato"),
        ]
        constraints = [
            UniqueConstraint(
                fields=["codice"],
                name="distretto_codice_unico",
                violation_error_message="Esiste già un distretto con questo codice.",
            ),
            uno_di("tipo", TipoDistretto, nome="distretto_tipo_ammesso"),
            uno_di("stato", StatoDistretto, nome="distretto_stato_ammesso"),
        ]

    def __str__(self) -> str:
        return self.denominazione

    @property
    def aperto(self) -> bool:
        """Is it still there? One that was revoked, or has ceased, takes in nobody."""
        return self.stato not in (StatoDistretto.CESSATO, StatoDistretto.REVOCATO)

    @property
    def riferimento_evento(self) -> str:
        """The name by which the events speak of it."""
        return f"distretto/{self.codice}"


class AdesioneQuerySet(TracciatoQuerySet["Adesione"]):
    def identita(self) -> list[Identita]:
        """The organisations too, and their marks: they may leave the public register."""
        organizzazioni = Organizzazione.objects.filter(pk__in=self.order_by().values("organizzazione"))
        marchi = Certificazione.objects.filter(organizzazione__in=organizzazioni)
        return super().identita() + organizzazioni.identita() + marchi.identita()

    def alla_data(self, giorno: date) -> "AdesioneQuerySet":
        """The memberships in force on ``giorno`` (first and last day included)."""
        return self.filter(Q(al__isnull=True) | Q(al__gte=giorno), dal__lte=giorno)

    def nel_periodo(self, dal: date, al: date) -> "AdesioneQuerySet":
        """The memberships in force on at least one day of the period, ends included."""
        return self.filter(Q(al__isnull=True) | Q(al__gte=dal), dal__lte=al)

    def sovrapposte_a(self, adesione: "Adesione") -> "AdesioneQuerySet":
        """Other memberships of the same organisation in the same district, sharing a day with it."""
        altre = self.filter(distretto=adesione.distretto_id, organizzazione=adesione.organizzazione_id)
        if adesione.al is not None:
            altre = altre.filter(dal__lte=adesione.al)
        return altre.filter(Q(al__isnull=True) | Q(al__gte=adesione.dal)).exclude(pk=adesione.pk)


class Adesione(Tracciato):
    """An organisation belongs to a district from ``dal`` to ``al`` (null: still a member)."""

    risorsa = "adesioni"
    chiave = ("distretto__codice", "organizzazione__codice", "dal")
    tocca = ("distretto", "organizzazione")

    distretto = models.ForeignKey(Distretto, on_delete=models.PROTECT, related_name="adesioni")
    organizzazione = models.ForeignKey(Organizzazione, on_delete=models.PROTECT, related_name="adesioni")
    ordine = models.PositiveSmallIntegerField("ordine nell'elenco", default=0)
    dal = models.DateField("aderente dal")
    al = models.DateField("fino al", null=True, blank=True)
    atto = models.ForeignKey(
        Atto, on_delete=models.PROTECT, related_name="adesioni", null=True, blank=True, verbose_name="atto"
    )
    atto_cancellazione = models.ForeignKey(
        Atto,
        on_delete=models.PROTECT,
        related_name="cancellazioni",
        null=True,
        blank=True,
        verbose_name="atto della cancellazione",
    )
    motivo_cancellazione = models.TextField("motivo della cancellazione", blank=True)

    objects = AdesioneQuerySet.as_manager()

    class Meta:
        verbose_name = "adesione"
        verbose_name_plural = "adesioni"
        ordering = ["distretto", "ordine", "organizzazione", "dal"]
        indexes = [indice_modificato("adesione_modificato")]
        constraints = [
            non_dopo(
                "dal",
                "al",
                nome="adesione_dal_non_dopo_al",
                messaggio="L'adesione non può finire prima di cominciare.",
            ),
            UniqueConstraint(
                fields=["distretto", "organizzazione", "dal"],
                name="adesione_unica_per_giorno",
                violation_error_message="L'organizzazione ha già un'adesione che comincia in questo giorno.",
            ),
            models.CheckConstraint(
                condition=Q(al__isnull=False) | Q(atto_cancellazione__isnull=True, motivo_cancellazione=""),
                name="adesione_cancellata_ha_una_fine",
                violation_error_message="La cancellazione di un'adesione dice da quando non c'è più.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organizzazione} in {self.distretto} dal {self.dal:%d/%m/%Y}"
