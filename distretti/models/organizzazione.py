"""Municipalities, companies, associations: whoever may join a district."""

from collections.abc import Iterable

from django.db import models
from django.db.models import Exists, OuterRef, Q, UniqueConstraint

from distretti.basi.ricerca import parole, testo_di_ricerca
from distretti.basi.vincoli import non_vuoto, segmento_valido, uno_di
from distretti.parole import Natura

from .tracciato import Parte, ParteQuerySet, Tracciato, TracciatoQuerySet, indice_modificato


class OrganizzazioneQuerySet(TracciatoQuerySet["Organizzazione"]):
    def con_nome(self, nome: str) -> "OrganizzazioneQuerySet":
        """Those called ``nome``: by code, by the register's name or by another name."""
        return self.filter(
            Q(codice=nome)
            | Q(denominazione__iexact=nome)
            | Q(alias__testo__iexact=nome)
            | Q(codici_precedenti__codice=nome)
        ).distinct()

    def con_testo(self, testo: str) -> "OrganizzazioneQuerySet":
        """Those with every word of ``testo`` in the name, the code or another name."""
        righe = self
        for parola in parole(testo):
            alias = AliasOrganizzazione.objects.filter(
                organizzazione=OuterRef("pk"), testo_ricerca__parola=parola
            )
            righe = righe.filter(Q(testo_ricerca__parola=parola) | Exists(alias))
        return righe


class Organizzazione(Tracciato):
    """An organisation of the register. ``denominazione`` is the register's; acts may use an alias."""

    risorsa = "organizzazioni"

    codice = models.CharField("codice", max_length=250, validators=[segmento_valido])
    denominazione = models.CharField("denominazione", max_length=250)
    natura = models.CharField("natura", max_length=10, choices=Natura.choices, blank=True)
    testo_ricerca = testo_di_ricerca("denominazione", "codice")

    objects = OrganizzazioneQuerySet.as_manager()

    class Meta:
        verbose_name = "organizzazione"
        verbose_name_plural = "organizzazioni"
        ordering = ["denominazione", "codice"]
        indexes = [
            models.Index(fields=["denominazione", "codice"], name="organizzazione_in_ordine"),
            indice_modificato("organizzazione_modificato"),
        ]
        constraints = [
            UniqueConstraint(
                fields=["codice"],
                name="organizzazione_codice_unico",
                violation_error_message="Esiste già un'organizzazione con questo codice.",
            ),
            non_vuoto(
                "denominazione", nome="organizzazione_con_nome", messaggio="La denominazione è obbligatoria."
            ),
            uno_di("natura", Natura, nome="organizzazione_natura_ammessa", vuoto=True),
        ]

    def __str__(self) -> str:
        return self.denominazione

    @property
    def riferimento_evento(self) -> str:
        """The name by which the events speak of it."""
        return f"organizzazione/{self.codice}"


class AliasOrganizzazione(Parte):
    """Another name under which acts mention an organisation ("Cooperativa CS4")."""

    tocca = ("organizzazione",)

    organizzazione = models.ForeignKey(Organizzazione, on_delete=models.CASCADE, related_name="alias")
    ordine = models.PositiveSmallIntegerField("ordine", default=0)
    testo = models.CharField("altro nome", max_length=250)
    testo_ricerca = testo_di_ricerca("testo")

    objects = ParteQuerySet["AliasOrganizzazione"].as_manager()

    class Meta:
        verbose_name = "altro nome"
        verbose_name_plural = "altri nomi"
        ordering = ["organizzazione", "ordine"]
        constraints = [
            UniqueConstraint(fields=["organizzazione", "testo"], name="alias_unico"),
            UniqueConstraint(fields=["organizzazione", "ordine"], name="alias_ordine_unico"),
        ]

    def __str__(self) -> str:
        return self.testo


class CodicePrecedente(Parte):
    """The code of a record that was merged into ``organizzazione``: it leads there for ever.

    Nobody else may take it: it is in addresses, in documents already exported, in frozen versions.
    """

    tocca = ("organizzazione",)

    organizzazione = models.ForeignKey(
        Organizzazione, on_delete=models.CASCADE, related_name="codici_precedenti"
    )
    codice = models.CharField("codice", max_length=250, validators=[segmento_valido])
    unita_il = models.DateField("unita il")

    objects = ParteQuerySet["CodicePrecedente"].as_manager()

    class Meta:
        verbose_name = "codice precedente"
        verbose_name_plural = "codici precedenti"
        ordering = ["organizzazione", "codice"]
        constraints = [
            UniqueConstraint(
                fields=["codice"],
                name="codice_precedente_unico",
                violation_error_message="Questo codice porta già a un'altra organizzazione.",
            )
        ]

    def __str__(self) -> str:
        return self.codice


def codici_attuali(codici: Iterable[str]) -> dict[str, str]:
    """Of ``codici``, those of records that were merged: each with the code that is in the register now."""
    precedenti = CodicePrecedente.objects.filter(codice__in=list(codici))
    return dict(precedenti.values_list("codice", "organizzazione__codice"))
