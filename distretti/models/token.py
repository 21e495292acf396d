"""Read tokens: what a program shows to read, through the REST interface, what one role may see."""

import hashlib
from datetime import date, timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q, UniqueConstraint
from django.utils import timezone

from distretti.basi.vincoli import non_vuoto

from .autorita import Autorita
from .utente import Incarico, Utente

DURATA_PREDEFINITA = 90
DURATA_MASSIMA = 365
"""Days."""

INIZIO = "dst_"
"""How every secret begins, so that a program that looks for forgotten secrets can recognise it."""


def impronta_di(segreto: str) -> str:
    """The SHA-256 of a secret: all that is kept of it. With 256 random bits it needs no salt."""
    return hashlib.sha256(segreto.encode()).hexdigest()


class TokenLetturaQuerySet(models.QuerySet["TokenLettura"]):
    def per_elenco(self) -> "TokenLetturaQuerySet":
        """With what a list shows, in one query, the newest first."""
        relazioni = ("incarico__utente", "incarico__distretto__autorita", "incarico__autorita")
        return self.select_related(*relazioni).order_by("-creato_alle", "-pk")

    def dell_autorita(self, autorita: Autorita) -> "TokenLetturaQuerySet":
        """Those that lend a role over ``autorita`` or over one of its districts."""
        return self.filter(Q(incarico__autorita=autorita) | Q(incarico__distretto__autorita=autorita))


class TokenLettura(models.Model):
    """Lends one role, to read only, from its creation to ``scade_il`` (last day, included).

    The secret itself is shown once and never kept. A token is worth nothing when its role has ended, when
    the account is not active, when it is expired or revoked.
    """

    incarico = models.ForeignKey(Incarico, on_delete=models.PROTECT, related_name="token")
    nome = models.CharField("a che cosa serve", max_length=100)
    prefisso = models.CharField("prefisso", max_length=12)
    impronta = models.CharField("impronta", max_length=64)
    durata = models.PositiveSmallIntegerField(
        "durata in giorni",
        default=DURATA_PREDEFINITA,
        validators=[MinValueValidator(1), MaxValueValidator(DURATA_MASSIMA)],
    )
    creato_alle = models.DateTimeField("creato", default=timezone.now)
    creato_da = models.ForeignKey(Utente, on_delete=models.PROTECT, related_name="token_creati")
    ultimo_uso_alle = models.DateTimeField("ultimo uso", null=True, blank=True)
    revocato_alle = models.DateTimeField("revocato", null=True, blank=True)
    revocato_da = models.ForeignKey(
        Utente, on_delete=models.PROTECT, related_name="token_revocati", null=True, blank=True
    )

    objects = TokenLetturaQuerySet.as_manager()

    class Meta:
        verbose_name = "token di lettura"
        verbose_name_plural = "token di lettura"
        ordering = ["-creato_alle", "-pk"]
        constraints = [
            non_vuoto("nome", nome="token_nome_non_vuoto", messaggio="Scrivi a che cosa serve il token."),
            UniqueConstraint(
                fields=["impronta"],
                name="token_impronta_unica",
                violation_error_message="Esiste già un token con questo segreto.",
            ),
            models.CheckConstraint(
                condition=Q(durata__gte=1, durata__lte=DURATA_MASSIMA),
                name="token_durata_ammessa",
                violation_error_message=f"Un token dura da 1 a {DURATA_MASSIMA} giorni.",
            ),
            models.CheckConstraint(
                condition=Q(revocato_alle__isnull=True, revocato_da__isnull=True)
                | Q(revocato_alle__isnull=False, revocato_da__isnull=False),
                name="token_revoca_con_autore",
                violation_error_message="Di una revoca si conserva quando e da parte di chi.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nome} ({self.prefisso}…)"

    @property
    def riferimento_evento(self) -> str:
        """The name by which the events speak of it."""
        return f"token/{self.pk}"

    @property
    def autorita(self) -> Autorita:
        """The authority whose administrators see it and may revoke it."""
        autorita = self.incarico.autorita
        if autorita is None:
            assert self.incarico.distretto is not None
            autorita = self.incarico.distretto.autorita
        return autorita

    @property
    def creato_il(self) -> date:
        """The day of the creation, at the place of the authority."""
        return timezone.localdate(self.creato_alle)

    @property
    def scade_il(self) -> date:
        """The last day on which it is worth something."""
        return self.creato_il + timedelta(days=self.durata)

    @property
    def stato(self) -> str:
        """Why it is worth nothing today; "valido" when it is."""
        return self.stato_il(timezone.localdate())

    def stato_il(self, giorno: date) -> str:
        """One Italian word or two, for the pages and the tests."""
        if self.revocato_alle is not None:
            return "revocato"
        if giorno > self.scade_il:
            return "scaduto"
        if not self.incarico.attivo(giorno):
            return "incarico finito"
        if not self.incarico.utente.is_active:
            return "account spento"
        return "valido"
