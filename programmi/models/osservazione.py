"""The osservazioni of the Agenzia on a programme that was transmitted, and the replies of the district."""

from django.db import models
from django.db.models import Q, UniqueConstraint

from distretti.basi.vincoli import non_vuoto, uno_di
from distretti.models import Ruolo, Utente
from programmi.oggetti import CAMPI, Oggetto, leggi_oggetto

from .progettualita import Indicatore, Progettualita
from .programma import Programma


class StatoOsservazione(models.TextChoices):
    APERTA = "aperta", "aperta"
    REPLICATA = "replicata", "con replica"
    CHIUSA = "chiusa", "chiusa"


class OsservazioneQuerySet(models.QuerySet["Osservazione"]):
    def aperte(self) -> "OsservazioneQuerySet":
        """Not closed yet, replied or not: while there is one, the programme is not proposed."""
        return self.exclude(stato=StatoOsservazione.CHIUSA)

    def da_correggere(self) -> "OsservazioneQuerySet":
        """Those that still wait for the district."""
        return self.filter(stato=StatoOsservazione.APERTA)

    def per_elenco(self) -> "OsservazioneQuerySet":
        """With what a list shows: two queries, however many they are."""
        return self.select_related(
            "programma", "progettualita", "indicatore__progettualita", "utente", "chiusa_da"
        ).prefetch_related(
            models.Prefetch("repliche", Replica.objects.select_related("utente").order_by("ordine"))
        )


class Osservazione(models.Model):
    """A remark on a part of the programme: who, in which role, when; then the replies, then who closed it.

    What it is about is kept by the row it stands on, which a renumbering moves, and as it was written then
    (``oggetto_scritto``), which stays also when that row is deleted. A closed one is never opened again: a
    new one is written.
    """

    programma = models.ForeignKey(Programma, on_delete=models.CASCADE, related_name="osservazioni")
    numero = models.PositiveSmallIntegerField("numero")
    progettualita = models.ForeignKey(
        Progettualita, on_delete=models.SET_NULL, related_name="osservazioni", null=True, blank=True
    )
    indicatore = models.ForeignKey(
        Indicatore, on_delete=models.SET_NULL, related_name="osservazioni", null=True, blank=True
    )
    campo = models.CharField("campo", max_length=30, blank=True)
    oggetto_scritto = models.CharField("oggetto", max_length=60, blank=True)
    testo = models.TextField("osservazione")
    stato = models.CharField(
        "stato", max_length=20, choices=StatoOsservazione.choices, default=StatoOsservazione.APERTA
    )
    utente = models.ForeignKey(Utente, on_delete=models.PROTECT, related_name="osservazioni")
    ruolo = models.CharField("in qualità di", max_length=40, choices=Ruolo.choices)
    scritta_alle = models.DateTimeField("scritta alle", auto_now_add=True)
    chiusa_da = models.ForeignKey(
        Utente, on_delete=models.PROTECT, related_name="osservazioni_chiuse", null=True, blank=True
    )
    chiusa_ruolo = models.CharField("chiusa in qualità di", max_length=40, choices=Ruolo.choices, blank=True)
    chiusa_alle = models.DateTimeField("chiusa alle", null=True, blank=True)
    chiusa_nota = models.TextField("nota di chiusura", blank=True)

    objects = OsservazioneQuerySet.as_manager()

    class Meta:
        verbose_name = "osservazione"
        verbose_name_plural = "osservazioni"
        ordering = ["programma", "numero"]
        indexes = [models.Index(fields=["programma", "stato"], name="osservazione_per_stato")]
        constraints = [
            UniqueConstraint(
                fields=["programma", "numero"],
                name="osservazione_numero_unico",
                violation_error_message="Il programma ha già un'osservazione con questo numero.",
            ),
            uno_di("stato", StatoOsservazione, nome="osservazione_stato_ammesso"),
            models.CheckConstraint(
                condition=Q(campo__in=["", *CAMPI]),
                name="osservazione_campo_ammesso",
                violation_error_message="L'osservazione riguarda una parte del programma.",
            ),
            models.CheckConstraint(
                condition=Q(progettualita__isnull=True) | Q(indicatore__isnull=True),
                name="osservazione_oggetto_uno_solo",
                violation_error_message="L'osservazione riguarda una progettualità oppure una riga.",
            ),
            non_vuoto("testo", nome="osservazione_con_testo", messaggio="Scrivi l'osservazione."),
            non_vuoto("ruolo", nome="osservazione_in_un_ruolo", messaggio="Chi osserva lo fa in un ruolo."),
            models.CheckConstraint(
                condition=Q(
                    stato=StatoOsservazione.CHIUSA, chiusa_da__isnull=False, chiusa_alle__isnull=False
                )
                & ~Q(chiusa_ruolo="")
                | Q(chiusa_da__isnull=True, chiusa_alle__isnull=True, chiusa_ruolo="", chiusa_nota="")
                & ~Q(stato=StatoOsservazione.CHIUSA),
                name="osservazione_chiusa_da_qualcuno",
                violation_error_message="Un'osservazione chiusa dice chi, in quale ruolo e quando.",
            ),
        ]

    def __str__(self) -> str:
        return f"Osservazione {self.numero} ({self.programma})"

    @property
    def aperta(self) -> bool:
        return self.stato != StatoOsservazione.CHIUSA

    @property
    def oggetto(self) -> Oggetto | None:
        """What it is about today; None when that progettualità or line was deleted."""
        if self.indicatore is not None:
            azione = self.indicatore.progettualita
            return Oggetto(self.campo, None if azione is None else azione.numero, self.indicatore.ordine)
        if self.progettualita is not None:
            return Oggetto(self.campo, progettualita=self.progettualita.numero)
        return Oggetto(self.campo) if self.oggetto_scritto == self.campo else None

    @property
    def etichetta(self) -> str:
        """What it is about, in words; of a deleted one, as it was called."""
        if self.oggetto is not None:
            return self.oggetto.etichetta
        return f"{leggi_oggetto(self.oggetto_scritto).etichetta} (non c'è più)"


class Replica(models.Model):
    """An answer of the district. They are kept all, in order."""

    osservazione = models.ForeignKey(Osservazione, on_delete=models.CASCADE, related_name="repliche")
    ordine = models.PositiveSmallIntegerField("ordine")
    testo = models.TextField("replica")
    utente = models.ForeignKey(Utente, on_delete=models.PROTECT, related_name="repliche")
    ruolo = models.CharField("in qualità di", max_length=40, choices=Ruolo.choices)
    scritta_alle = models.DateTimeField("scritta alle", auto_now_add=True)

    class Meta:
        verbose_name = "replica"
        verbose_name_plural = "repliche"
        ordering = ["osservazione", "ordine"]
        constraints = [
            UniqueConstraint(fields=["osservazione", "ordine"], name="replica_ordine_unico"),
            non_vuoto("testo", nome="replica_con_testo", messaggio="Scrivi la replica."),
            non_vuoto("ruolo", nome="replica_in_un_ruolo", messaggio="Chi replica lo fa in un ruolo."),
        ]

    def __str__(self) -> str:
        return f"Replica {self.ordine} ({self.osservazione})"
