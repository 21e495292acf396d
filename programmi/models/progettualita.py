"""The actions of a programme and their lines, each with its rule."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q, UniqueConstraint

from distretti.basi.ricerca import con_parole, testo_di_ricerca
from distretti.basi.vincoli import non_dopo
from distretti.models import (
    Distretto,
    Identita,
    Organizzazione,
    Parte,
    ParteQuerySet,
    Tracciato,
    TracciatoQuerySet,
    Utente,
    indice_modificato,
)

from .classificazione import VoceClassificazione
from .programma import DI_UN_PROGRAMMA_APPROVATO, Programma, visibili


class ProgettualitaQuerySet(TracciatoQuerySet["Progettualita"]):
    def visibili_a(self, utente: Utente | AnonymousUser) -> "ProgettualitaQuerySet":
        """Those of the annual programmes ``utente`` may read."""
        return self.filter(visibili(utente, percorso="programma__"), programma__variazione=0)

    def identita(self) -> list[Identita]:
        """With their lines, which go with them."""
        righe = Indicatore.objects.filter(progettualita__in=self.order_by())
        return super().identita() + righe.identita()

    def con_testo(self, testo: str) -> "ProgettualitaQuerySet":
        """Those with every word of ``testo`` in what the act writes of them."""
        return con_parole(self, testo)


class ProgettualitaManager(models.Manager["Progettualita"]):
    def get_queryset(self) -> ProgettualitaQuerySet:
        """Without the search column: the database reads it, nobody else, and it doubles the row."""
        return ProgettualitaQuerySet(self.model, using=self._db).defer("testo_ricerca")

    def con_testo(self, testo: str) -> ProgettualitaQuerySet:
        return self.get_queryset().con_testo(testo)

    def visibili_a(self, utente: Utente | AnonymousUser) -> ProgettualitaQuerySet:
        return self.get_queryset().visibili_a(utente)


class Progettualita(Tracciato):
    """An action of the programme, with all the fields of the act. ``numero`` counts from 1, no gaps."""

    risorsa = "progettualita"
    chiave = ("programma__distretto__codice", "programma__anno", "numero")
    pubbliche = DI_UN_PROGRAMMA_APPROVATO
    tocca = ("programma",)

    programma = models.ForeignKey(Programma, on_delete=models.CASCADE, related_name="progettualita")
    numero = models.PositiveSmallIntegerField("numero")
    tipo_azione = models.CharField("tipo di azione", max_length=200, blank=True)
    ambito = models.CharField("ambito", max_length=200, blank=True)
    obiettivo_generale = models.TextField("obiettivo generale", blank=True)
    obiettivo_specifico = models.TextField("obiettivo specifico", blank=True)
    titolo = models.CharField("titolo", max_length=300)
    azioni = models.TextField("azioni", blank=True)
    altre_organizzazioni = models.TextField("altre organizzazioni coinvolte", blank=True)
    tempi = models.CharField("tempi", max_length=300, blank=True)
    indicatori_testo = models.JSONField("indicatori di valutazione", default=list, blank=True)
    peso = models.CharField("peso", max_length=30, default="1")
    origine = models.ForeignKey(
        "self", on_delete=models.SET_NULL, related_name="riprese", null=True, blank=True
    )
    """In a variazione, the progettualità of the annual programme that this one is, changed or not."""
    testo_ricerca = testo_di_ricerca(
        "titolo",
        "tipo_azione",
        "ambito",
        "obiettivo_generale",
        "obiettivo_specifico",
        "azioni",
        "altre_organizzazioni",
    )
    classificazioni = models.ManyToManyField(
        VoceClassificazione,
        through="ClassificazioneProgettualita",
        related_name="progettualita",
        verbose_name="classificazione",
    )

    objects = ProgettualitaManager()

    class Meta:
        verbose_name = "progettualità"
        verbose_name_plural = "progettualità"
        ordering = ["programma", "numero"]
        indexes = [
            models.Index(fields=["titolo", "id"], name="progettualita_per_titolo"),
            indice_modificato("progettualita_modificato"),
        ]
        constraints = [
            UniqueConstraint(
                fields=["programma", "numero"],
                name="progettualita_numero_unico",
                violation_error_message="Il programma ha già una progettualità con questo numero.",
            ),
            models.CheckConstraint(
                condition=Q(numero__gte=1),
                name="progettualita_numero_da_uno",
                violation_error_message="Le progettualità si numerano da 1.",
            ),
        ]

    def __str__(self) -> str:
        return f"Progettualità {self.numero}: {self.titolo}"

    @property
    def codice(self) -> str:
        """The code of the action in the exchange format: ``P4``."""
        return f"P{self.numero}"

    @property
    def intestazione(self) -> str:
        """The heading as the act prints it: type of action – ambito, which may be absent."""
        return " - ".join(parte for parte in (self.tipo_azione, self.ambito) if parte)


class ClassificazioneProgettualita(Parte):
    """A code given to a progettualità, in the order of the act."""

    tocca = ("progettualita",)

    progettualita = models.ForeignKey(
        Progettualita, on_delete=models.CASCADE, related_name="classificazioni_in_ordine"
    )
    voce = models.ForeignKey(VoceClassificazione, on_delete=models.PROTECT, related_name="usi")
    ordine = models.PositiveSmallIntegerField("ordine", default=0)

    objects = ParteQuerySet["ClassificazioneProgettualita"].as_manager()

    class Meta:
        verbose_name = "classificazione"
        verbose_name_plural = "classificazioni"
        ordering = ["progettualita", "ordine"]
        constraints = [
            UniqueConstraint(fields=["progettualita", "voce"], name="classificazione_non_ripetuta"),
            UniqueConstraint(fields=["progettualita", "ordine"], name="classificazione_ordine_unico"),
        ]

    def __str__(self) -> str:
        return str(self.voce)


class Referente(Parte):
    """A referent as the act names it, tied to the register where it is certain."""

    tocca = ("progettualita",)

    progettualita = models.ForeignKey(Progettualita, on_delete=models.CASCADE, related_name="referenti")
    ordine = models.PositiveSmallIntegerField("ordine", default=0)
    testo = models.CharField("nome nell'atto", max_length=250)
    organizzazione = models.ForeignKey(
        Organizzazione, on_delete=models.PROTECT, related_name="referenze", null=True, blank=True
    )
    distretto = models.ForeignKey(
        Distretto, on_delete=models.PROTECT, related_name="referenze", null=True, blank=True
    )

    objects = ParteQuerySet["Referente"].as_manager()

    class Meta:
        verbose_name = "organizzazione referente"
        verbose_name_plural = "organizzazioni referenti"
        ordering = ["progettualita", "ordine"]
        constraints = [
            UniqueConstraint(fields=["progettualita", "ordine"], name="referente_ordine_unico"),
            models.CheckConstraint(
                condition=Q(organizzazione__isnull=True) | Q(distretto__isnull=True),
                name="referente_uno_solo",
                violation_error_message="Il referente è un'organizzazione oppure un distretto.",
            ),
        ]

    def __str__(self) -> str:
        return self.testo


class IndicatoreQuerySet(TracciatoQuerySet["Indicatore"]):
    def visibili_a(self, utente: Utente | AnonymousUser) -> "IndicatoreQuerySet":
        """Those of the annual programmes ``utente`` may read."""
        return self.filter(visibili(utente, percorso="programma__"), programma__variazione=0)

    def identita(self) -> list[Identita]:
        """Their key ends with the code of the line, which two columns make."""
        righe = self.order_by().filter(Indicatore.pubbliche).values_list(*Indicatore.chiave)
        return [
            (Indicatore.risorsa, f"{codice}/{anno}/{codice_di_riga(numero, ordine)}")
            for codice, anno, numero, ordine in righe
        ]

    def obbligatori(self) -> "IndicatoreQuerySet":
        return self.filter(progettualita__isnull=True)

    def in_ordine(self) -> "IndicatoreQuerySet":
        """In the order of the scheda: compulsory lines first, then those of each progettualità."""
        return self.select_related("progettualita").order_by(
            models.F("progettualita__numero").asc(nulls_first=True), "ordine"
        )


class Indicatore(Tracciato):
    """A line: of a progettualità, or compulsory (``progettualita`` null, its own action).

    ``regola`` is the rule in the exchange format (``programmi.regola``), null = not scored.
    ``peso`` is an exact number written as text, as in the exchange format.
    """

    risorsa = "indicatori"
    chiave = ("programma__distretto__codice", "programma__anno", "progettualita__numero", "ordine")
    pubbliche = DI_UN_PROGRAMMA_APPROVATO
    tocca = ("programma", "progettualita")

    programma = models.ForeignKey(Programma, on_delete=models.CASCADE, related_name="indicatori")
    progettualita = models.ForeignKey(
        Progettualita, on_delete=models.CASCADE, related_name="indicatori", null=True, blank=True
    )
    ordine = models.PositiveSmallIntegerField("ordine")
    sezione = models.CharField("sezione", max_length=120, blank=True)
    testo = models.TextField("indicatore")
    testo_regola = models.TextField("percentuale di realizzazione", blank=True)
    testo_evidenze = models.TextField("evidenze", blank=True)
    regola = models.JSONField("regola", null=True, blank=True)
    peso = models.CharField("peso", max_length=30, default="1")
    dal = models.DateField("in vigore dal", null=True, blank=True)
    al = models.DateField("in vigore fino al", null=True, blank=True)
    origine = models.ForeignKey(
        "self", on_delete=models.SET_NULL, related_name="riprese", null=True, blank=True
    )
    """In a variazione, the line of the annual programme that this one is, changed or not."""

    objects = IndicatoreQuerySet.as_manager()

    class Meta:
        verbose_name = "indicatore"
        verbose_name_plural = "indicatori"
        ordering = ["programma", "progettualita", "ordine"]
        indexes = [
            models.Index(fields=["programma", "id"], name="indicatore_in_ordine"),
            indice_modificato("indicatore_modificato"),
        ]
        constraints = [
            UniqueConstraint(
                fields=["progettualita", "ordine"],
                condition=Q(progettualita__isnull=False),
                name="indicatore_ordine_unico",
            ),
            UniqueConstraint(
                fields=["programma", "ordine"],
                condition=Q(progettualita__isnull=True),
                name="obbligatoria_ordine_unico",
            ),
            models.CheckConstraint(condition=Q(ordine__gte=1), name="indicatore_ordine_da_uno"),
            non_dopo(
                "dal",
                "al",
                nome="indicatore_dal_non_dopo_al",
                messaggio="La riga non può finire prima di cominciare.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.codice} {self.testo}"

    @property
    def codice(self) -> str:
        """The code of the line in the exchange format: ``obb.2`` or ``4.1``."""
        return codice_di_riga(self.progettualita.numero if self.progettualita else None, self.ordine)

    @property
    def regola_json(self) -> dict[str, Any] | None:
        valore: dict[str, Any] | None = self.regola
        return valore


def codice_di_riga(numero: int | None, ordine: int) -> str:
    """The code of a line by the number of its progettualità (None: compulsory) and its place there."""
    return f"obb.{ordine}" if numero is None else f"{numero}.{ordine}"
