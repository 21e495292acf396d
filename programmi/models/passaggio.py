"""The steps of the procedure, as they happened."""

from django.db import models
from django.db.models import Q, UniqueConstraint

from distretti.basi.vincoli import uno_di
from distretti.models import Atto, Parte, ParteQuerySet, Ruolo, Utente
from programmi.parole import CON_ATTO, MOTIVATI, PUBBLICI, RITORNI, AzionePassaggio

from .programma import Programma
from .stati import STATI_APPROVATI, StatoProgramma

ARRIVI = {
    AzionePassaggio.TRASMISSIONE: (StatoProgramma.TRASMESSO,),
    AzionePassaggio.PRESA_IN_CARICO: (StatoProgramma.IN_ESAME,),
    AzionePassaggio.RINVIO: (StatoProgramma.INTEGRAZIONI_RICHIESTE,),
    AzionePassaggio.PROPOSTA: (StatoProgramma.PROPOSTO,),
    AzionePassaggio.RESTITUZIONE: (StatoProgramma.IN_ESAME,),
    AzionePassaggio.MESSA_ALLA_FIRMA: (StatoProgramma.ALLA_FIRMA,),
    AzionePassaggio.APPROVAZIONE: (StatoProgramma.APPROVATO,),
    AzionePassaggio.PUBBLICAZIONE: (StatoProgramma.IN_ATTUAZIONE,),
    AzionePassaggio.RITIRO: (StatoProgramma.RITIRATO,),
    AzionePassaggio.RESPINGIMENTO: (StatoProgramma.RESPINTO,),
    AzionePassaggio.RIAPERTURA: (StatoProgramma.BOZZA,),
    AzionePassaggio.VARIAZIONE: STATI_APPROVATI,
}
"""Where each step leads; a variazione leaves the programme where it is."""


def _arriva_dove_dice() -> Q:
    condizione = Q()
    for azione, stati in ARRIVI.items():
        condizione |= Q(azione=azione, a_stato__in=[stato.value for stato in stati])
    return condizione


class PassaggioQuerySet(ParteQuerySet["Passaggio"]):
    def leggibili(self, *, tutti: bool) -> "PassaggioQuerySet":
        """All of them for who follows the programme; the others read those of ``PUBBLICI`` alone, after
        the last that turned back."""
        if tutti:
            return self
        ritorni = Passaggio.objects.filter(
            programma=models.OuterRef("programma"),
            azione__in=RITORNI,
            ordine__gte=models.OuterRef("ordine"),
        )
        return self.filter(~models.Exists(ritorni), azione__in=PUBBLICI)


class Passaggio(Parte):
    """A step of a programme: who, in which role, when, from which state to which, by which act.

    ``il`` is the day of the act or of the protocol; ``registrato_alle`` the instant it was entered.
    ``utente`` is null for the steps of an imported programme.
    """

    tocca = ("programma",)

    programma = models.ForeignKey(Programma, on_delete=models.CASCADE, related_name="passaggi")
    ordine = models.PositiveSmallIntegerField("ordine")
    azione = models.CharField("azione", max_length=20, choices=AzionePassaggio.choices)
    da_stato = models.CharField("da", max_length=30, choices=StatoProgramma.choices)
    a_stato = models.CharField("a", max_length=30, choices=StatoProgramma.choices)
    il = models.DateField("data")
    atto = models.ForeignKey(Atto, on_delete=models.PROTECT, related_name="passaggi", null=True, blank=True)
    protocollo_mittente = models.CharField("protocollo del mittente", max_length=60, blank=True)
    protocollo_ricevente = models.CharField("protocollo dell'Agenzia", max_length=60, blank=True)
    nota = models.TextField("nota", blank=True)
    utente = models.ForeignKey(
        Utente, on_delete=models.PROTECT, related_name="passaggi", null=True, blank=True
    )
    ruolo = models.CharField("in qualità di", max_length=40, choices=Ruolo.choices, blank=True)
    registrato_alle = models.DateTimeField("registrato alle", auto_now_add=True)

    objects = PassaggioQuerySet.as_manager()

    class Meta:
        verbose_name = "passaggio"
        verbose_name_plural = "passaggi"
        ordering = ["programma", "ordine"]
        constraints = [
            UniqueConstraint(fields=["programma", "ordine"], name="passaggio_ordine_unico"),
            uno_di("azione", AzionePassaggio, nome="passaggio_azione_ammessa"),
            models.CheckConstraint(
                condition=~Q(azione__in=[azione.value for azione in MOTIVATI]) | ~Q(nota=""),
                name="passaggio_rinvio_motivato",
                violation_error_message="Chi fa tornare indietro o ferma un programma dice perché.",
            ),
            models.CheckConstraint(
                condition=~Q(azione__in=[azione.value for azione in CON_ATTO]) | Q(atto__isnull=False),
                name="passaggio_approvazione_con_atto",
                violation_error_message="Si approva, si respinge e si cambia con un atto.",
            ),
            models.CheckConstraint(
                condition=_arriva_dove_dice(),
                name="passaggio_arriva_dove_dice",
                violation_error_message="Il passaggio porta in un altro stato.",
            ),
            models.CheckConstraint(
                condition=Q(utente__isnull=True, ruolo="") | (Q(utente__isnull=False) & ~Q(ruolo="")),
                name="passaggio_chi_e_in_quale_ruolo",
                violation_error_message="Chi compie il passaggio lo compie in un ruolo.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_azione_display()} ({self.programma})"
