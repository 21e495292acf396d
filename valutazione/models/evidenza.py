"""What was done: evidence, its files, and the lines it is credited to."""

from datetime import date

from django.db import models
from django.db.models import Q, UniqueConstraint, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.dateparse import parse_date

from distretti.basi.italiano import elenco
from distretti.basi.vincoli import non_dopo, uno_di
from distretti.models import Organizzazione, Utente
from programmi.models import Programma
from programmi.regola import TipoEvidenza, Ufficio

CAMPI_PROGETTO: dict[str, str] = {
    "titolo": "Titolo del progetto",
    "obiettivo_generale": "Obiettivo generale",
    "obiettivo_specifico": "Obiettivo specifico",
    "azioni": "Azioni",
    "altre_organizzazioni": "Organizzazioni coinvolte nel progetto",
    "indicatori_testo": "Indicatori di valutazione",
    "percentuali": "Percentuali di realizzazione",
}
"""The fields that rule 4 of the act asks for a project outside the programme."""


def progetto_in_testo(valore: str | list[str]) -> str:
    """A field of a project as one text: lists (the indicators) are one a line."""
    return valore if isinstance(valore, str) else "\n".join(valore)


def scelte_tipo() -> list[tuple[str, str]]:
    """Code and label of each type of evidence."""
    return [(tipo.value, tipo.etichetta) for tipo in TipoEvidenza]


class StatoEvidenza(models.TextChoices):
    BOZZA = "bozza", "bozza"
    REGISTRATA = "registrata", "registrata"
    RITIRATA = "ritirata", "ritirata"


class EvidenzaQuerySet(models.QuerySet["Evidenza"]):
    def registrate(self) -> "EvidenzaQuerySet":
        """The evidence that exists for the evaluation: neither drafts nor withdrawn."""
        return self.filter(stato=StatoEvidenza.REGISTRATA)

    def bozze(self) -> "EvidenzaQuerySet":
        return self.filter(stato=StatoEvidenza.BOZZA)

    def leggibili(self, *, anche_bozze: bool) -> "EvidenzaQuerySet":
        """What a person who follows the programme reads: the bozze are of who records."""
        return self if anche_bozze else self.exclude(stato=StatoEvidenza.BOZZA)

    def ultime(self, quante: int) -> "EvidenzaQuerySet":
        """The last ``quante`` changed of each programme, withdrawn ones apart."""
        posto = Window(
            RowNumber(),
            partition_by=models.F("programma"),
            order_by=[models.F("modificata_alle").desc(), models.F("pk").desc()],
        )
        vive = self.exclude(stato=StatoEvidenza.RITIRATA)
        return vive.annotate(posto=posto).filter(posto__lte=quante).order_by("programma", "posto")

    def da_confermare(self, oggi: date) -> "EvidenzaQuerySet":
        """Planned, with their day already past: did they happen? The oldest first."""
        return self.registrate().filter(pianificata=True, data__lt=oggi).order_by("data", "pk")

    def arrivate(self, oggi: date) -> "EvidenzaQuerySet":
        """Planned, with their day come (``oggi`` too): who declares the year says what became of them."""
        return self.registrate().filter(pianificata=True, data__lte=oggi).order_by("data", "pk")

    def dalla_piu_recente(self) -> "EvidenzaQuerySet":
        """Bozze without a date first, then from the last day back: the same on both databases."""
        return self.order_by(models.F("data").desc(nulls_first=True), "-pk")

    def per_elenco(self) -> "EvidenzaQuerySet":
        """With what a list shows, in a constant number of queries."""
        return self.select_related("registrata_da").prefetch_related(
            "imputazioni__indicatore__progettualita",
            "allegati",
        )


class Evidenza(models.Model):
    """A piece of evidence of a programme: it exists for the evaluation when ``registrata``.

    From the first save it is a *bozza*, to which files go up one by one. ``dati_modulo`` keeps, as
    typed, what was not yet confirmed: of a bozza, or of a change to a registered evidence.
    """

    programma = models.ForeignKey(Programma, on_delete=models.PROTECT, related_name="evidenze")
    codice = models.CharField("codice", max_length=250)
    stato = models.CharField(
        "stato", max_length=20, choices=StatoEvidenza.choices, default=StatoEvidenza.BOZZA
    )
    tipo = models.CharField("tipo", max_length=40, choices=scelte_tipo)
    data = models.DateField("data", null=True, blank=True)
    data_fine = models.DateField("fino al", null=True, blank=True)
    titolo = models.CharField("titolo", max_length=500, blank=True)
    argomento = models.TextField("argomento trattato", blank=True)
    descrizione = models.TextField("descrizione", blank=True)
    luogo = models.CharField("luogo", max_length=500, blank=True)
    persone = models.JSONField("persone coinvolte", default=list, blank=True)
    organizzazioni = models.ManyToManyField(
        Organizzazione,
        through="OrganizzazioneCoinvolta",
        related_name="evidenze",
        verbose_name="organizzazioni coinvolte",
    )
    presenze = models.JSONField("presenze", default=list, blank=True)
    url = models.CharField("indirizzo web", max_length=2000, blank=True)
    titolo_pubblico = models.CharField("titolo per il pubblico", max_length=500, blank=True)
    pianificata = models.BooleanField("pianificata", default=False)
    progetto = models.JSONField("progetto", null=True, blank=True)
    dati_modulo = models.JSONField("dati del modulo non ancora confermati", null=True, blank=True)
    registrata_da = models.ForeignKey(
        Utente, on_delete=models.PROTECT, related_name="evidenze_registrate", null=True, blank=True
    )
    autori = models.ManyToManyField(
        Utente, related_name="evidenze_scritte", blank=True, verbose_name="chi l'ha scritta o imputata"
    )
    creata_alle = models.DateTimeField("creata alle", auto_now_add=True)
    modificata_alle = models.DateTimeField("modificata alle", auto_now=True)
    ritirata_alle = models.DateTimeField("ritirata alle", null=True, blank=True)
    ritirata_da = models.ForeignKey(
        Utente, on_delete=models.PROTECT, related_name="evidenze_ritirate", null=True, blank=True
    )
    motivo_ritiro = models.TextField("motivo del ritiro", blank=True)

    objects = EvidenzaQuerySet.as_manager()

    class Meta:
        verbose_name = "evidenza"
        verbose_name_plural = "evidenze"
        ordering = ["programma", "data", "pk"]
        constraints = [
            UniqueConstraint(
                fields=["programma", "codice"],
                name="evidenza_codice_unico",
                violation_error_message="Il programma ha già un'evidenza con questo codice.",
            ),
            uno_di("stato", StatoEvidenza, nome="evidenza_stato_ammesso"),
            uno_di("tipo", TipoEvidenza, nome="evidenza_tipo_ammesso"),
            models.CheckConstraint(
                condition=~Q(stato=StatoEvidenza.REGISTRATA) | Q(data__isnull=False),
                name="evidenza_registrata_completa",
                violation_error_message="Un'evidenza registrata ha la data.",
            ),
            non_dopo(
                "data",
                "data_fine",
                nome="evidenza_data_non_dopo_data_fine",
                messaggio="L'ultimo giorno non può essere precedente al primo.",
            ),
            models.CheckConstraint(
                condition=Q(
                    stato=StatoEvidenza.RITIRATA, ritirata_alle__isnull=False, ritirata_da__isnull=False
                )
                | (
                    ~Q(stato=StatoEvidenza.RITIRATA)
                    & Q(ritirata_alle__isnull=True, ritirata_da__isnull=True, motivo_ritiro="")
                ),
                name="evidenza_ritirata_da_chi_e_quando",
                violation_error_message="Il ritiro ha sempre chi lo ha fatto e quando.",
            ),
        ]

    def __str__(self) -> str:
        return self.titolo_digitato or f"{self.get_tipo_display()} senza titolo"

    def get_absolute_url(self) -> str:
        return reverse("evidenza", args=[self.programma.distretto.codice, self.programma.anno, self.pk])

    @property
    def riferimento_evento(self) -> str:
        """The name by which the events speak of it."""
        return f"evidenza/{self.programma.riferimento}/{self.codice}"

    @property
    def registrata(self) -> bool:
        return self.stato == StatoEvidenza.REGISTRATA

    @property
    def in_bozza(self) -> bool:
        return self.stato == StatoEvidenza.BOZZA

    @property
    def uffici_presenti(self) -> str:
        """The offices that were there, in words."""
        return elenco([Ufficio(presenza).etichetta for presenza in self.presenze])

    @property
    def url_sicuro(self) -> bool:
        """May ``url`` become a link? Only an ordinary web address may."""
        return self.url.startswith(("https://", "http://"))

    @property
    def titolo_digitato(self) -> str:
        """The title of a bozza, even when it was only typed."""
        return self.titolo or self._digitato("titolo")

    @property
    def data_digitata(self) -> date | None:
        """The day of a bozza, even when it was only typed."""
        try:
            return self.data or parse_date(self._digitato("data"))
        except ValueError:
            return None

    def _digitato(self, campo: str) -> str:
        return str(next(iter((self.dati_modulo or {}).get(campo, [])), ""))

    @property
    def progetto_in_pagina(self) -> list[tuple[str, str]]:
        """The fields of a project outside the programme, with the act's words for them."""
        progetto = self.progetto or {}
        return [
            (etichetta, progetto_in_testo(progetto[nome]))
            for nome, etichetta in CAMPI_PROGETTO.items()
            if progetto.get(nome)
        ]


class OrganizzazioneCoinvolta(models.Model):
    """An organisation that took part, in the order it was written."""

    evidenza = models.ForeignKey(Evidenza, on_delete=models.CASCADE, related_name="coinvolte")
    organizzazione = models.ForeignKey(
        Organizzazione, on_delete=models.PROTECT, related_name="coinvolgimenti"
    )
    ordine = models.PositiveSmallIntegerField("ordine", default=0)

    class Meta:
        verbose_name = "organizzazione coinvolta"
        verbose_name_plural = "organizzazioni coinvolte"
        ordering = ["evidenza", "ordine"]
        constraints = [
            UniqueConstraint(fields=["evidenza", "organizzazione"], name="coinvolta_non_ripetuta"),
            UniqueConstraint(fields=["evidenza", "ordine"], name="coinvolta_ordine_unico"),
        ]

    def __str__(self) -> str:
        return str(self.organizzazione)
