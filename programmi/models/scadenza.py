"""The deadlines of an authority for a year: they are its data, and none comes with the product."""

from datetime import date, timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q, UniqueConstraint

from distretti.basi.italiano import conta, data_estesa, il_giorno
from distretti.basi.vincoli import non_vuoto, uno_di
from distretti.models import Autorita
from programmi.parole import AzionePassaggio

from .stati import StatoProgramma

_S, _A = StatoProgramma, AzionePassaggio

POSTO = {
    _S.BOZZA: 0,
    _S.TRASMESSO: 1,
    _S.IN_ESAME: 2,
    _S.INTEGRAZIONI_RICHIESTE: 2,
    _S.PROPOSTO: 3,
    _S.ALLA_FIRMA: 4,
    _S.APPROVATO: 5,
    _S.IN_ATTUAZIONE: 6,
}
"""How far along the path a state is; a programme ritirato or respinto is nowhere: nothing is due."""

AZIONI_CON_SCADENZA = {
    _A.TRASMISSIONE: 1,
    _A.PRESA_IN_CARICO: 2,
    _A.PROPOSTA: 3,
    _A.MESSA_ALLA_FIRMA: 4,
    _A.APPROVAZIONE: 5,
    _A.PUBBLICAZIONE: 6,
}
"""The steps that may be due by a day, and how far along the path each leads."""

STATI_CON_SCADENZA = (
    _S.TRASMESSO,
    _S.IN_ESAME,
    _S.INTEGRAZIONI_RICHIESTE,
    _S.PROPOSTO,
    _S.ALLA_FIRMA,
    _S.APPROVATO,
)
"""The states that may last a number of days at most: those in which somebody waits for somebody."""


class ScadenzaQuerySet(models.QuerySet["Scadenza"]):
    def in_vigore(self, giorno: date) -> "ScadenzaQuerySet":
        """Those that hold on ``giorno``: from ``cessata_il`` on, one holds no more."""
        return self.filter(Q(cessata_il__isnull=True) | Q(cessata_il__gt=giorno))


class Scadenza(models.Model):
    """A step due by a day (``azione``, ``giorno``), or a state that lasts ``giorni`` at most (``stato``).

    ``preavviso`` and ``sollecito`` are the days before and after it when who is late is reminded, null for
    never. It is never deleted: from ``cessata_il`` on it holds no more, and ``cessata_perche`` says why.
    """

    autorita = models.ForeignKey(Autorita, on_delete=models.PROTECT, related_name="scadenze")
    anno = models.PositiveSmallIntegerField(
        "anno dei programmi", validators=[MinValueValidator(2011), MaxValueValidator(2100)]
    )
    azione = models.CharField("passaggio", max_length=20, choices=AzionePassaggio.choices, blank=True)
    giorno = models.DateField("entro il", null=True, blank=True)
    stato = models.CharField("stato", max_length=30, choices=StatoProgramma.choices, blank=True)
    giorni = models.PositiveSmallIntegerField(
        "giorni al massimo", null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(366)]
    )
    preavviso = models.PositiveSmallIntegerField(
        "promemoria, giorni prima", null=True, blank=True, validators=[MaxValueValidator(180)]
    )
    sollecito = models.PositiveSmallIntegerField(
        "sollecito, giorni dopo",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(180)],
    )
    fonte = models.CharField("atto o fonte", max_length=300)
    cessata_il = models.DateField("non vale più dal", null=True, blank=True)
    cessata_perche = models.CharField("atto o motivo della cessazione", max_length=300, blank=True)

    objects = ScadenzaQuerySet.as_manager()

    class Meta:
        verbose_name = "scadenza"
        verbose_name_plural = "scadenze"
        ordering = ["-anno", "giorno", "giorni", "pk"]
        constraints = [
            uno_di("azione", AzionePassaggio, nome="scadenza_azione_ammessa", vuoto=True),
            uno_di("stato", StatoProgramma, nome="scadenza_stato_ammesso", vuoto=True),
            models.CheckConstraint(
                condition=Q(
                    azione__in=list(AZIONI_CON_SCADENZA), giorno__isnull=False, stato="", giorni__isnull=True
                )
                | Q(azione="", giorno__isnull=True, stato__in=STATI_CON_SCADENZA, giorni__isnull=False),
                name="scadenza_di_un_passaggio_o_di_uno_stato",
                violation_error_message="Una scadenza è il giorno entro cui si compie un passaggio, "
                "oppure i giorni che può durare uno stato.",
            ),
            non_vuoto(
                "fonte", nome="scadenza_con_fonte", messaggio="Indica l'atto che stabilisce la scadenza."
            ),
            models.CheckConstraint(
                condition=Q(cessata_il__isnull=True, cessata_perche="")
                | (Q(cessata_il__isnull=False) & ~Q(cessata_perche="")),
                name="scadenza_cessata_con_motivo",
                violation_error_message="Di una scadenza che non vale più si dice da quando e perché.",
            ),
            *(
                UniqueConstraint(
                    fields=["autorita", "anno", campo],
                    condition=Q(cessata_il__isnull=True) & ~Q(**{campo: ""}),
                    name=f"scadenza_unica_per_{campo}",
                    violation_error_message="Per quest'anno c'è già una scadenza per la stessa cosa: "
                    "cambia quella, oppure indica da quando non vale più.",
                )
                for campo in ("azione", "stato")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cosa.capitalize()} {self.anno}: {self.in_parole}"

    @property
    def cosa(self) -> str:
        """What is due: "trasmissione all'Agenzia", "in esame"."""
        return str(self.get_azione_display() if self.azione else self.get_stato_display())

    @property
    def in_parole(self) -> str:
        """When: "entro il 30 aprile 2026", "al massimo 30 giorni"."""
        if self.giorno is not None:
            return f"entro {il_giorno(self.giorno)}"
        return f"al massimo {conta(self.giorni or 0, 'giorno', 'giorni')}"

    @property
    def promemoria(self) -> str:
        """When who is late is told: "15 giorni prima, 3 giorni dopo", "nessuno"."""
        quando = ((self.preavviso, "prima"), (self.sollecito, "dopo"))
        parti = [f"{conta(n, 'giorno', 'giorni')} {parola}" for n, parola in quando if n]
        if self.preavviso == 0:
            parti.insert(0, "il giorno stesso")
        return ", ".join(parti) or "nessuno"

    def dovuta(self, *, stato: str, stato_dal: date | None, variazione: int) -> date | None:
        """The last day for a programme in this state, None when nothing is due of it.

        A day of the calendar is for the programme of the year: a variazione has only the days of its states.
        """
        if self.giorno is not None:
            fatto = POSTO.get(StatoProgramma(stato))
            da_fare = AZIONI_CON_SCADENZA[AzionePassaggio(self.azione)]
            return self.giorno if not variazione and fatto is not None and fatto < da_fare else None
        if stato != self.stato or stato_dal is None:
            return None
        return stato_dal + timedelta(days=self.giorni or 0)

    def valori(self) -> dict[str, str]:
        """What a person reads of it, with the labels of its form: for the event log, for who saves second."""
        return {
            "Anno dei programmi": str(self.anno),
            "Che cosa scade": self.cosa,
            "Entro il": "" if self.giorno is None else data_estesa(self.giorno),
            "Giorni al massimo": "" if self.giorni is None else str(self.giorni),
            "Promemoria, giorni prima": "" if self.preavviso is None else str(self.preavviso),
            "Sollecito, giorni dopo": "" if self.sollecito is None else str(self.sollecito),
            "Atto o fonte": self.fonte,
        }
