"""The public bodies that keep a register of districts, their structures, their declared figures."""

from django.db import models
from django.db.models import Q, UniqueConstraint

from distretti.basi.vincoli import codice_valido

from .tracciato import Parte, ParteQuerySet, Tracciato, TracciatoQuerySet, indice_modificato


class Autorita(Tracciato):
    """A body that approves programmes (in Trento: the Agenzia per la coesione sociale)."""

    risorsa = "autorita"

    codice = models.CharField("codice", max_length=60, validators=[codice_valido])
    denominazione = models.CharField("denominazione", max_length=200)
    ente = models.CharField("ente", max_length=200, blank=True, help_text="L'ente di cui fa parte.")

    objects = TracciatoQuerySet["Autorita"].as_manager()

    class Meta:
        verbose_name = "autorità"
        verbose_name_plural = "autorità"
        ordering = ["denominazione"]
        indexes = [indice_modificato("autorita_modificato")]
        constraints = [
            UniqueConstraint(
                fields=["codice"],
                name="autorita_codice_unico",
                violation_error_message="Esiste già un'autorità con questo codice.",
            )
        ]

    def __str__(self) -> str:
        return self.denominazione

    @property
    def riferimento_evento(self) -> str:
        """The name by which the events speak of it."""
        return f"autorita/{self.codice}"


class Struttura(Parte):
    """An office of an authority; ``codice`` is the one of its register of acts (I090)."""

    tocca = ("autorita",)

    autorita = models.ForeignKey(
        Autorita, on_delete=models.PROTECT, related_name="strutture", verbose_name="autorità"
    )
    codice = models.CharField("codice", max_length=60, validators=[codice_valido])
    denominazione = models.CharField("denominazione", max_length=200)
    indirizzo = models.CharField("indirizzo", max_length=200, blank=True)
    mail = models.EmailField("posta elettronica", blank=True)
    sito = models.CharField("sito", max_length=200, blank=True)

    objects = ParteQuerySet["Struttura"].as_manager()

    class Meta:
        verbose_name = "struttura"
        verbose_name_plural = "strutture"
        ordering = ["autorita", "codice"]
        constraints = [
            UniqueConstraint(
                fields=["autorita", "codice"],
                name="struttura_codice_unico",
                violation_error_message="Questa autorità ha già una struttura con questo codice.",
            )
        ]

    def __str__(self) -> str:
        return self.denominazione


class DatoDichiarato(Parte):
    """A figure as a source declares it, with its date: never a count of our rows.

    Exactly one of ``autorita`` and ``distretto`` says what it is about; ``almeno`` is the "oltre"
    of "oltre 1119 organizzazioni".
    """

    tocca = ("autorita", "distretto")

    autorita = models.ForeignKey(
        Autorita, on_delete=models.PROTECT, related_name="dati_dichiarati", null=True, blank=True
    )
    distretto = models.ForeignKey(
        "distretti.Distretto", on_delete=models.PROTECT, related_name="dati_dichiarati", null=True, blank=True
    )
    voce = models.CharField("voce", max_length=120)
    valore = models.PositiveIntegerField("valore")
    almeno = models.BooleanField("almeno", default=False)
    al = models.CharField("alla data", max_length=10, help_text="Anno, anno-mese o anno-mese-giorno.")
    fonte = models.TextField("fonte")

    objects = ParteQuerySet["DatoDichiarato"].as_manager()

    class Meta:
        verbose_name = "dato dichiarato"
        verbose_name_plural = "dati dichiarati"
        ordering = ["voce", "al"]
        constraints = [
            models.CheckConstraint(
                condition=Q(autorita__isnull=False, distretto__isnull=True)
                | Q(autorita__isnull=True, distretto__isnull=False),
                name="dato_dichiarato_di_uno_solo",
                violation_error_message="Il dato riguarda un'autorità oppure un distretto.",
            ),
            *(
                UniqueConstraint(
                    fields=[ambito, "voce", "al"],
                    condition=Q(**{f"{ambito}__isnull": False}),
                    name=f"dato_dichiarato_unico_{ambito}",
                    violation_error_message="Questo dato è già stato dichiarato per questa data.",
                )
                for ambito in ("autorita", "distretto")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.voce}: {'oltre ' if self.almeno else ''}{self.valore} ({self.al})"


class InstallazioneManager(models.Manager["Installazione"]):
    def dimostrazione(self) -> bool:
        """Does this installation hold invented data? (Every page and PDF then says so.)"""
        return self.filter(dimostrazione=True).exists()


class Installazione(models.Model):
    """The mark of the database itself: one row at most."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    dimostrazione = models.BooleanField("contiene dati inventati", default=False)

    objects = InstallazioneManager()

    class Meta:
        verbose_name = "installazione"
        verbose_name_plural = "installazione"
        constraints = [
            models.CheckConstraint(
                condition=Q(id=1),
                name="installazione_unica",
                violation_error_message="L'installazione è una sola.",
            )
        ]

    def __str__(self) -> str:
        return "dimostrazione" if self.dimostrazione else "dati reali"
