"""What a person is told: in the product, and by mail unless they chose otherwise."""

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q, UniqueConstraint

from distretti.basi.vincoli import non_vuoto, uno_di
from distretti.models import Utente
from distretti.permissions import ambiti_di

from .programma import Programma


class GenereAvviso(models.TextChoices):
    DA_FARE = "da_fare", "Un programma aspetta te"
    RESTITUZIONE = "restituzione", "Un programma ti torna, con le integrazioni da fare"
    ESITO = "esito", "Un programma è approvato, pubblicato, respinto o ritirato"
    RISPOSTA = "risposta", "Una risposta a un'osservazione"
    SCADENZA = "scadenza", "Una scadenza si avvicina o è passata"
    INCARICO = "incarico", "Un tuo incarico sta per finire"


class AvvisoQuerySet(models.QuerySet["Avviso"]):
    def leggibili(self, utente: Utente | AnonymousUser) -> "AvvisoQuerySet":
        """Those of ``utente`` about the programmes they follow today: an ended role shows none of its own."""
        if not isinstance(utente, Utente):
            return self.none()
        distretti, autorita = ambiti_di(utente)
        miei = self.filter(utente=utente)
        seguiti = Q(programma__distretto__in=distretti) | Q(programma__distretto__autorita__in=autorita)
        return miei.filter(Q(programma__isnull=True) | seguiti)

    def da_leggere(self) -> "AvvisoQuerySet":
        return self.filter(letto_alle__isnull=True)

    def da_spedire(self) -> "AvvisoQuerySet":
        """Unread, wanted by mail, and in no message yet."""
        return self.filter(letto_alle__isnull=True, per_posta=True, preso_alle__isnull=True)


class Avviso(models.Model):
    """One thing told to one person: ``testo`` is a sentence without other people's data nor percentages.

    ``chiave`` names what it is about, so that nobody is told the same thing twice. ``preso_alle`` is when a
    message took it (``messaggio``), before the message left; ``spedito_alle`` when the server accepted it.
    """

    utente = models.ForeignKey(Utente, on_delete=models.CASCADE, related_name="avvisi")
    genere = models.CharField("genere", max_length=20, choices=GenereAvviso.choices)
    programma = models.ForeignKey(
        Programma, on_delete=models.CASCADE, related_name="avvisi", null=True, blank=True
    )
    testo = models.CharField("testo", max_length=400)
    percorso = models.CharField("pagina", max_length=300)
    chiave = models.CharField("chiave", max_length=120)
    creato_alle = models.DateTimeField("creato alle")
    letto_alle = models.DateTimeField("letto alle", null=True, blank=True)
    per_posta = models.BooleanField("anche per posta", default=True)
    messaggio = models.UUIDField("messaggio", null=True, blank=True)
    preso_alle = models.DateTimeField("preso da un messaggio alle", null=True, blank=True)
    spedito_alle = models.DateTimeField("spedito alle", null=True, blank=True)
    tentativi = models.PositiveSmallIntegerField("tentativi", default=0)

    objects = AvvisoQuerySet.as_manager()

    class Meta:
        verbose_name = "avviso"
        verbose_name_plural = "avvisi"
        ordering = ["-creato_alle", "-pk"]
        indexes = [
            models.Index(fields=["utente"], condition=Q(letto_alle__isnull=True), name="avviso_da_leggere"),
            models.Index(
                fields=["utente", "creato_alle"],
                condition=Q(letto_alle__isnull=True, per_posta=True, preso_alle__isnull=True),
                name="avviso_da_spedire",
            ),
            models.Index(fields=["messaggio"], name="avviso_messaggio"),
        ]
        constraints = [
            UniqueConstraint(
                fields=["utente", "chiave"],
                name="avviso_una_volta_sola",
                violation_error_message="Questa persona ha già questo avviso.",
            ),
            uno_di("genere", GenereAvviso, nome="avviso_genere_ammesso"),
            non_vuoto("testo", nome="avviso_con_testo", messaggio="Un avviso dice qualcosa."),
            models.CheckConstraint(
                condition=Q(preso_alle__isnull=True, messaggio__isnull=True, spedito_alle__isnull=True)
                | Q(preso_alle__isnull=False, messaggio__isnull=False),
                name="avviso_spedito_in_un_messaggio",
                violation_error_message="Un avviso è spedito soltanto dentro un messaggio.",
            ),
        ]

    def __str__(self) -> str:
        return self.testo

    @property
    def letto(self) -> bool:
        return self.letto_alle is not None


class PreferenzaAvvisi(models.Model):
    """What a person wants by mail, kind by kind, and whether gathered once a day.

    Who has no row gets every kind, soon. The notices are in the product in any case.
    """

    utente = models.OneToOneField(
        Utente, on_delete=models.CASCADE, related_name="preferenza_avvisi", primary_key=True
    )
    da_fare = models.BooleanField(GenereAvviso.DA_FARE.label, default=True)
    restituzione = models.BooleanField(GenereAvviso.RESTITUZIONE.label, default=True)
    esito = models.BooleanField(GenereAvviso.ESITO.label, default=True)
    risposta = models.BooleanField(GenereAvviso.RISPOSTA.label, default=True)
    scadenza = models.BooleanField(GenereAvviso.SCADENZA.label, default=True)
    incarico = models.BooleanField(GenereAvviso.INCARICO.label, default=True)
    giornaliero = models.BooleanField("un solo messaggio al giorno", default=False)

    class Meta:
        verbose_name = "preferenza sugli avvisi"
        verbose_name_plural = "preferenze sugli avvisi"

    def __str__(self) -> str:
        return f"Preferenze di {self.utente}"

    def vuole(self, genere: str) -> bool:
        """By mail?"""
        return bool(getattr(self, genere))

    def generi_rifiutati(self) -> list[str]:
        return [genere.value for genere in GenereAvviso if not self.vuole(genere)]
