"""Where the closing of the year stands, and the steps that took it there."""

from typing import ClassVar

from django.db import models
from django.db.models import Q, UniqueConstraint

from distretti.basi.vincoli import non_vuoto, uno_di
from distretti.models import Atto, Autorita, Ruolo, Utente
from programmi.models import Programma
from valutazione.parole import MOTIVATE, AzioneChiusura, StatoChiusura

ARRIVI = {
    AzioneChiusura.TRASMISSIONE_AUTOVALUTAZIONE: StatoChiusura.AUTOVALUTATA,
    AzioneChiusura.RESTITUZIONE_AUTOVALUTAZIONE: StatoChiusura.IN_CORSO,
    AzioneChiusura.CONCLUSIONE_VERIFICA: StatoChiusura.VERIFICATA,
    AzioneChiusura.DEFINIZIONE_RISULTATO: StatoChiusura.DEFINITA,
    AzioneChiusura.PUBBLICAZIONE_RISULTATO: StatoChiusura.PUBBLICATA,
    AzioneChiusura.RIAPERTURA_VERIFICA: StatoChiusura.AUTOVALUTATA,
}
"""Where each step leads."""

_PRIMA_DELLA_VERIFICA = (StatoChiusura.IN_CORSO, StatoChiusura.AUTOVALUTATA)


def _arriva_dove_dice() -> Q:
    condizione = Q()
    for azione, stato in ARRIVI.items():
        condizione |= Q(azione=azione.value, a_stato=stato.value)
    return condizione


class Chiusura(models.Model):
    """The closing of a programme's year. A programme without one is still in its year (``IN_CORSO``).

    ``giro`` counts the conclusions of the verification: each opens its own days for the replies, of which
    ``repliche_entro`` is the last (included).
    """

    programma = models.OneToOneField(Programma, on_delete=models.PROTECT, related_name="chiusura")
    stato = models.CharField(
        "stato", max_length=20, choices=StatoChiusura.choices, default=StatoChiusura.IN_CORSO
    )
    stato_dal = models.DateField("in questo stato dal", null=True, blank=True)
    giro = models.PositiveSmallIntegerField("giro di verifica", default=0)
    repliche_entro = models.DateField("repliche entro", null=True, blank=True)

    class Meta:
        verbose_name = "chiusura dell'anno"
        verbose_name_plural = "chiusure dell'anno"
        ordering = ["programma"]
        indexes = [models.Index(fields=["stato", "stato_dal"], name="chiusura_per_stato")]
        constraints = [
            uno_di("stato", StatoChiusura, nome="chiusura_stato_ammesso"),
            models.CheckConstraint(
                condition=Q(stato__in=[stato.value for stato in _PRIMA_DELLA_VERIFICA])
                | Q(giro__gte=1, repliche_entro__isnull=False),
                name="chiusura_verificata_con_repliche",
                violation_error_message="Una verifica conclusa dice entro quando si replica.",
            ),
            models.CheckConstraint(
                condition=Q(stato=StatoChiusura.IN_CORSO.value) | Q(stato_dal__isnull=False),
                name="chiusura_stato_da_un_giorno",
                violation_error_message="Di ogni stato della chiusura si sa da quale giorno dura.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programma}: {self.get_stato_display()}"

    @property
    def riaperta(self) -> bool:
        """Is it being verified again, to correct a result that is there already?"""
        return self.stato == StatoChiusura.AUTOVALUTATA and self.giro > 0


class PassaggioChiusura(models.Model):
    """A step of the closing: who, in which role, which day, from which state to which, and why.

    ``il`` is the day it was taken: nobody chooses another one, because the days of the replies run from it.
    ``risultato`` is what a publication publishes: what a definition freezes is its ``risultato_definito``.
    """

    chiusura = models.ForeignKey(Chiusura, on_delete=models.PROTECT, related_name="passaggi")
    ordine = models.PositiveSmallIntegerField("ordine")
    azione = models.CharField("azione", max_length=40, choices=AzioneChiusura.choices)
    da_stato = models.CharField("da", max_length=20, choices=StatoChiusura.choices)
    a_stato = models.CharField("a", max_length=20, choices=StatoChiusura.choices)
    il = models.DateField("data")
    atto = models.ForeignKey(
        Atto, on_delete=models.PROTECT, related_name="passaggi_chiusura", null=True, blank=True
    )
    nota = models.TextField("nota", blank=True)
    utente = models.ForeignKey(Utente, on_delete=models.PROTECT, related_name="passaggi_chiusura")
    ruolo = models.CharField("in qualità di", max_length=40, choices=Ruolo.choices)
    registrato_alle = models.DateTimeField("registrato alle", auto_now_add=True)
    risultato = models.OneToOneField(
        "Risultato", on_delete=models.PROTECT, related_name="pubblicazione", null=True, blank=True
    )

    class Meta:
        verbose_name = "passaggio della chiusura"
        verbose_name_plural = "passaggi della chiusura"
        ordering = ["chiusura", "ordine"]
        constraints = [
            UniqueConstraint(fields=["chiusura", "ordine"], name="passaggio_chiusura_ordine_unico"),
            uno_di("azione", AzioneChiusura, nome="passaggio_chiusura_azione_ammessa"),
            models.CheckConstraint(
                condition=~Q(azione__in=[azione.value for azione in MOTIVATE]) | ~Q(nota=""),
                name="passaggio_chiusura_ritorno_motivato",
                violation_error_message="Chi fa tornare indietro la chiusura dice perché.",
            ),
            models.CheckConstraint(
                condition=_arriva_dove_dice(),
                name="passaggio_chiusura_arriva_dove_dice",
                violation_error_message="Il passaggio porta in un altro stato.",
            ),
            models.CheckConstraint(
                condition=Q(atto__isnull=True) | Q(azione=AzioneChiusura.PUBBLICAZIONE_RISULTATO.value),
                name="passaggio_chiusura_atto_della_pubblicazione",
                violation_error_message="Solo la pubblicazione del risultato può avere un atto.",
            ),
            models.CheckConstraint(
                condition=Q(azione=AzioneChiusura.PUBBLICAZIONE_RISULTATO.value, risultato__isnull=False)
                | (~Q(azione=AzioneChiusura.PUBBLICAZIONE_RISULTATO.value) & Q(risultato__isnull=True)),
                name="passaggio_chiusura_pubblica_un_risultato",
                violation_error_message="La pubblicazione, e solo quella, dice quale risultato si pubblica.",
            ),
            non_vuoto(
                "ruolo",
                nome="passaggio_chiusura_in_un_ruolo",
                messaggio="Chi compie il passaggio lo compie in un ruolo.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_azione_display()} ({self.chiusura.programma})"


class ParametriChiusura(models.Model):
    """What the authority set for the closing of a year: how many days a manager has to reply. ``fonte``
    says where that is written."""

    CAMPI: ClassVar = ("giorni_replica", "fonte")
    EVENTI: ClassVar = ("termine_repliche.stabilito", "termine_repliche.modifica")
    """Of the first time, and of the others."""

    autorita = models.ForeignKey(Autorita, on_delete=models.PROTECT, related_name="parametri_chiusura")
    anno = models.PositiveSmallIntegerField("anno")
    giorni_replica = models.PositiveSmallIntegerField("giorni per le repliche")
    fonte = models.CharField("fonte", max_length=300)

    class Meta:
        verbose_name = "parametri della chiusura"
        verbose_name_plural = "parametri della chiusura"
        ordering = ["autorita", "-anno"]
        constraints = [
            UniqueConstraint(
                fields=["autorita", "anno"],
                name="parametri_chiusura_unici",
                violation_error_message="L'autorità ha già i parametri di questo anno.",
            ),
            models.CheckConstraint(
                condition=Q(giorni_replica__gte=1, giorni_replica__lte=365),
                name="parametri_chiusura_giorni_ammessi",
                violation_error_message="I giorni per le repliche vanno da 1 a 365.",
            ),
            non_vuoto(
                "fonte",
                nome="parametri_chiusura_con_fonte",
                messaggio="Indica dove l'autorità lo ha stabilito.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.autorita}, {self.anno}"

    def valori(self) -> dict[str, str]:
        """What a person reads of it, with the labels of its form: for the event log, for who saves second."""
        return {"Giorni per replicare": str(self.giorni_replica), "Atto o fonte": self.fonte}
