"""The annual programme: what a district promises for a year, and where its procedure stands."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, OuterRef, Q, UniqueConstraint, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils import timezone

from distretti.basi.ricerca import parole
from distretti.basi.vincoli import non_dopo, uno_di
from distretti.models import (
    Distretto,
    Identita,
    Tracciato,
    TracciatoQuerySet,
    Utente,
    indice_modificato,
)
from distretti.permissions import ambiti_di
from programmi.edizione import Edizione
from programmi.parole import Riuso

from .stati import STATI_APPROVATI, STATI_CHIUSI, STATI_MODIFICABILI, StatoProgramma, pubblici

DI_UN_PROGRAMMA_APPROVATO = pubblici("programma__")
"""The rows below a programme that everyone may read."""


def visibili(utente: Utente | AnonymousUser, giorno: date | None = None, percorso: str = "") -> Q:
    """The programmes ``utente`` may read; of the rows below a programme with ``percorso`` to it."""
    distretti, autorita = ambiti_di(utente, giorno)
    condizione = pubblici(percorso)
    if distretti:
        condizione |= Q(**{f"{percorso}distretto__in": distretti})
    if autorita:
        condizione |= Q(**{f"{percorso}distretto__autorita__in": autorita})
    return condizione


class ProgrammaQuerySet(TracciatoQuerySet["Programma"]):
    def pubblici(self) -> "ProgrammaQuerySet":
        """Approved programmes: the promise that anyone may read."""
        return self.filter(pubblici())

    def annuali(self) -> "ProgrammaQuerySet":
        """One for each year of a district: not the variazioni, which change one of these."""
        return self.filter(variazione=0)

    def visibili_a(self, utente: Utente | AnonymousUser, giorno: date | None = None) -> "ProgrammaQuerySet":
        """Approved ones for everyone; besides, all those of the districts and authorities of ``utente``."""
        return self.filter(visibili(utente, giorno))

    def seguiti_da(self, utente: Utente | AnonymousUser, giorno: date | None = None) -> "ProgrammaQuerySet":
        """Only the programmes over which ``utente`` holds a role."""
        distretti, autorita = ambiti_di(utente, giorno)
        return self.filter(Q(distretto__in=distretti) | Q(distretto__autorita__in=autorita))

    def ultimi_per_distretto(self, distretti: Iterable[Distretto], quanti: int) -> "ProgrammaQuerySet":
        """The last ``quanti`` years of each of ``distretti``, the newest first."""
        posto = Window(RowNumber(), partition_by=models.F("distretto"), order_by=models.F("anno").desc())
        loro = self.annuali().filter(distretto__in=list(distretti))
        scelti = loro.annotate(posto=posto).filter(posto__lte=quanti)
        return scelti.order_by("-anno", "distretto__denominazione", "pk")

    def con_testo(self, testo: str) -> "ProgrammaQuerySet":
        """Those with every word of ``testo`` in their district (name, code, lead body) or in one of
        their progettualità."""
        from programmi.models.progettualita import Progettualita

        righe = self
        for parola in parole(testo):
            azioni = Progettualita.objects.filter(programma=OuterRef("pk"), testo_ricerca__parola=parola)
            righe = righe.filter(Q(distretto__testo_ricerca__parola=parola) | Exists(azioni))
        return righe

    def identita(self) -> list[Identita]:
        """With all that everyone reads because of them."""
        from programmi.models.pubblicazione import identita_di

        return identita_di(self.pubblici().order_by().values_list("pk", flat=True))

    def update(self, **valori: Any) -> int:
        from programmi.models.pubblicazione import pubblicando

        if "stato" not in valori:
            return super().update(**valori)
        with pubblicando(self.order_by().values_list("pk", flat=True)):
            return super().update(**valori)

    update.alters_data = True  # type: ignore[attr-defined]

    def per_elenco(self) -> "ProgrammaQuerySet":
        """With what a list shows, in one query."""
        return self.select_related("distretto__autorita")


class Programma(Tracciato):
    """The programme of work of a district for one esercizio (``dal``–``al``, both included)."""

    risorsa = "programmi"
    chiave = ("distretto__codice", "anno")
    pubbliche = pubblici()

    distretto = models.ForeignKey(Distretto, on_delete=models.PROTECT, related_name="programmi")
    anno = models.PositiveSmallIntegerField("anno")
    variazione = models.PositiveSmallIntegerField("variazione n.", default=0)
    """0 for the programme of the year, 1, 2… for the drafts that change it, once approved."""
    variazione_di = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="variazioni", null=True, blank=True
    )
    dal = models.DateField("primo giorno")
    al = models.DateField("ultimo giorno")
    titolo = models.CharField("titolo", max_length=250, blank=True)
    stato = models.CharField(
        "stato", max_length=30, choices=StatoProgramma.choices, default=StatoProgramma.BOZZA
    )
    stato_dal = models.DateField("in questo stato dal", default=timezone.localdate, null=True, blank=True)
    """The day of the last step; of a draft the day it was begun, unknown (null) before release 0.3."""
    trasmesso_il = models.DateField("trasmesso il", null=True, blank=True)
    approvato_il = models.DateField("approvato il", null=True, blank=True)
    richiede_contributo = models.BooleanField("richiede il contributo", default=True)
    riuso = models.CharField(
        "riuso delle evidenze", max_length=30, choices=Riuso.choices, default=Riuso.AMMESSO
    )
    premessa = models.TextField("premessa", blank=True)
    anno_nascita = models.PositiveSmallIntegerField("anno di nascita del distretto", null=True, blank=True)
    approvazione_distretto = models.TextField("delibera di approvazione del distretto", blank=True)
    sottoscrizione_accordo = models.TextField("sottoscrizione dell'accordo", blank=True)
    testo_obbligatorie = models.TextField("testo delle azioni obbligatorie", blank=True)
    aderenti_al = models.DateField("organizzazioni aderenti al", null=True, blank=True)
    fonte = models.JSONField("fonte della trascrizione", null=True, blank=True)
    registro_scheda = models.JSONField("registro come stampato nella scheda", null=True, blank=True)
    """What the imported scheda says otherwise than the register (``valutazione.scheda.registro``)."""

    autori = models.ManyToManyField(Utente, related_name="programmi_scritti", blank=True)
    """Who wrote the promise, in the district or integrating it at the Agenzia: they do not approve it."""

    objects = ProgrammaQuerySet.as_manager()

    class Meta:
        verbose_name = "programma"
        verbose_name_plural = "programmi"
        ordering = ["-anno", "distretto__denominazione", "pk"]
        indexes = [
            models.Index(fields=["anno", "distretto"], name="programma_per_anno"),
            indice_modificato("programma_modificato"),
        ]
        constraints = [
            UniqueConstraint(
                fields=["distretto", "anno", "variazione"],
                name="programma_unico_per_anno",
                violation_error_message="Il distretto ha già un programma per questo anno.",
            ),
            models.CheckConstraint(
                condition=Q(variazione=0, variazione_di__isnull=True)
                | Q(variazione__gt=0, variazione_di__isnull=False),
                name="programma_variazione_di_un_programma",
                violation_error_message="Una variazione ha un numero e il programma che cambia.",
            ),
            UniqueConstraint(
                fields=["variazione_di"],
                condition=~Q(stato__in=STATI_CHIUSI),
                name="programma_una_variazione_aperta",
                violation_error_message="Il programma ha già una variazione in corso.",
            ),
            uno_di("stato", StatoProgramma, nome="programma_stato_ammesso"),
            uno_di("riuso", Riuso, nome="programma_riuso_ammesso"),
            non_dopo(
                "dal",
                "al",
                nome="programma_dal_non_dopo_al",
                messaggio="L'esercizio non può finire prima di cominciare.",
            ),
            models.CheckConstraint(
                condition=Q(stato=StatoProgramma.BOZZA, trasmesso_il__isnull=True)
                | (~Q(stato=StatoProgramma.BOZZA) & Q(trasmesso_il__isnull=False)),
                name="programma_trasmesso_con_data",
                violation_error_message="Un programma ha la data di trasmissione quando non è più in bozza.",
            ),
            models.CheckConstraint(
                condition=Q(stato__in=STATI_APPROVATI, approvato_il__isnull=False)
                | (~Q(stato__in=STATI_APPROVATI) & Q(approvato_il__isnull=True)),
                name="programma_approvato_con_data",
                violation_error_message="Un programma è approvato se e solo se ha la data dell'atto.",
            ),
            models.CheckConstraint(
                condition=Q(stato=StatoProgramma.BOZZA) | Q(stato_dal__isnull=False),
                name="programma_stato_da_un_giorno",
                violation_error_message="Di ogni stato, salvo la bozza, si sa da quale giorno dura.",
            ),
            non_dopo(
                "trasmesso_il",
                "approvato_il",
                nome="programma_approvato_dopo_trasmesso",
                messaggio="L'approvazione non può essere precedente alla trasmissione.",
            ),
        ]

    def __str__(self) -> str:
        variazione = f", variazione n. {self.variazione}" if self.variazione else ""
        return f"{self.distretto.denominazione}, {self.anno}{variazione}"

    def save(self, *altro: Any, update_fields: Iterable[str] | None = None, **opzioni: Any) -> None:
        from programmi.models.pubblicazione import pubblicando

        update_fields = None if update_fields is None else set(update_fields)
        if update_fields is not None and "stato" not in update_fields:
            return super().save(*altro, update_fields=update_fields, **opzioni)
        with pubblicando([] if self.pk is None else [self.pk]):
            return super().save(*altro, update_fields=update_fields, **opzioni)

    save.alters_data = True  # type: ignore[attr-defined]

    def get_absolute_url(self) -> str:
        return reverse("programma", args=[self.distretto.codice, self.edizione])

    @property
    def riferimento(self) -> str:
        """The name used on the command line, in addresses and in the API: ``dfa-alta-valsugana/2025``.

        Of a variazione ``dfa-alta-valsugana/2025-v1``.
        """
        return f"{self.distretto.codice}/{self.edizione}"

    @property
    def edizione(self) -> Edizione:
        """What names it, in an address, among those of its district."""
        return Edizione(self.anno, self.variazione)

    @property
    def riferimento_evento(self) -> str:
        """The name by which the events speak of it."""
        return f"programma/{self.riferimento}"

    @property
    def titolo_breve(self) -> str:
        """As a link below its district: "Programma 2025", "Variazione n. 1 del 2025"."""
        return (
            f"Variazione n. {self.variazione} del {self.anno}"
            if self.variazione
            else f"Programma {self.anno}"
        )

    @property
    def modificabile(self) -> bool:
        """Is the promise still being written?"""
        return self.stato in STATI_MODIFICABILI

    @property
    def aderenti_propri(self) -> list[str] | None:
        """Codes of the members in the esercizio, where the programme keeps the list of its scheda.

        That list counts, not the register's. ``None``: it keeps none, and the register's counts.
        """
        stampati = (self.registro_scheda or {}).get("aderenti")
        if stampati is None:
            return None
        dal, al = self.dal.isoformat(), self.al.isoformat()
        return [a["organizzazione"] for a in stampati if a["dal"] <= al and (a["al"] or al) >= dal]

    @property
    def approvato(self) -> bool:
        """Has an act approved it? (Whether it is being realised already or not.)"""
        return self.stato in STATI_APPROVATI

    @property
    def pubblico(self) -> bool:
        """May everyone read it? The same rows as ``pubblici()``."""
        return self.approvato and self.variazione == 0
