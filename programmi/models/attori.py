"""The actors and the channels of the district, as the act prints them."""

from django.db import models
from django.db.models import UniqueConstraint

from distretti.basi.vincoli import uno_di
from distretti.models import Parte, ParteQuerySet
from programmi.parole import RuoloAttore, TipoCanale

from .programma import Programma


class Attore(Parte):
    """An actor of the district as the act prints it: text of the promise, not an account."""

    tocca = ("programma",)

    programma = models.ForeignKey(Programma, on_delete=models.CASCADE, related_name="attori")
    ordine = models.PositiveSmallIntegerField("ordine", default=0)
    ruolo = models.CharField("ruolo", max_length=40, choices=RuoloAttore.choices)
    nome = models.CharField("nome", max_length=200, blank=True)
    qualifica = models.TextField("qualifica", blank=True)
    mail = models.CharField("posta elettronica", max_length=254, blank=True)  # an act may print "TBD"
    telefono = models.CharField("telefono", max_length=40, blank=True)

    objects = ParteQuerySet["Attore"].as_manager()

    class Meta:
        verbose_name = "attore"
        verbose_name_plural = "attori"
        ordering = ["programma", "ordine"]
        constraints = [
            uno_di("ruolo", RuoloAttore, nome="attore_ruolo_ammesso"),
            UniqueConstraint(fields=["programma", "ordine"], name="attore_ordine_unico"),
        ]

    def __str__(self) -> str:
        return f"{self.get_ruolo_display()}: {self.nome}"


class Canale(Parte):
    """A channel of the district. "TBD" is a legal value: it stands in a published act."""

    tocca = ("programma",)

    programma = models.ForeignKey(Programma, on_delete=models.CASCADE, related_name="canali")
    ordine = models.PositiveSmallIntegerField("ordine", default=0)
    tipo = models.CharField("tipo", max_length=20, choices=TipoCanale.choices)
    etichetta = models.CharField("etichetta", max_length=120, blank=True)
    valore = models.CharField("indirizzo", max_length=300, blank=True)

    objects = ParteQuerySet["Canale"].as_manager()

    class Meta:
        verbose_name = "canale"
        verbose_name_plural = "canali"
        ordering = ["programma", "ordine"]
        constraints = [
            uno_di("tipo", TipoCanale, nome="canale_tipo_ammesso"),
            UniqueConstraint(fields=["programma", "ordine"], name="canale_ordine_unico"),
        ]

    def __str__(self) -> str:
        return f"{self.etichetta}: {self.valore}"
