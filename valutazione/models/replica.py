"""The replies of the manager to what was rejected, and what the Agenzia answers."""

from django.db import models
from django.db.models import Q, UniqueConstraint

from distretti.basi.vincoli import non_vuoto, uno_di
from distretti.models import Ruolo, Utente
from programmi.models import Programma

from .imputazione import Imputazione


class EsitoReplica(models.TextChoices):
    CONFERMATA = "confermata", "decisione confermata"
    CAMBIATA = "cambiata", "decisione cambiata"


class ReplicaVerificaQuerySet(models.QuerySet["ReplicaVerifica"]):
    def del_giro(self, programma: Programma, giro: int) -> "ReplicaVerificaQuerySet":
        """Those written after the verification number ``giro`` of the programme."""
        return self.filter(imputazione__evidenza__programma=programma, giro=giro)

    def da_decidere(self) -> "ReplicaVerificaQuerySet":
        """Those that wait for the Agenzia: written, not renounced, not yet answered."""
        return self.filter(rinuncia=False, esito="")

    def per_elenco(self) -> "ReplicaVerificaQuerySet":
        return self.select_related("utente", "decisa_da").order_by("giro", "pk")


class ReplicaVerifica(models.Model):
    """One reply to one decision, in one round (``giro``) of the verification; or the renouncing of it.

    ``su_decisione`` are the words of the decision replied to. ``esito``: what the Agenzia said then; empty
    while it waits, and for who renounced.
    """

    imputazione = models.ForeignKey(Imputazione, on_delete=models.PROTECT, related_name="repliche")
    giro = models.PositiveSmallIntegerField("giro della verifica")
    su_decisione = models.TextField("decisione a cui si replica")
    testo = models.TextField("replica", blank=True)
    rinuncia = models.BooleanField("rinuncia a replicare", default=False)
    utente = models.ForeignKey(Utente, on_delete=models.PROTECT, related_name="repliche_alla_verifica")
    ruolo = models.CharField("in qualità di", max_length=40, choices=Ruolo.choices)
    scritta_alle = models.DateTimeField("scritta alle", auto_now_add=True)
    esito = models.CharField("esito", max_length=20, choices=EsitoReplica.choices, blank=True)
    risposta = models.TextField("risposta dell'Agenzia", blank=True)
    decisa_da = models.ForeignKey(
        Utente, on_delete=models.PROTECT, related_name="repliche_decise", null=True, blank=True
    )
    decisa_ruolo = models.CharField("decisa in qualità di", max_length=40, choices=Ruolo.choices, blank=True)
    decisa_alle = models.DateTimeField("decisa alle", null=True, blank=True)

    objects = ReplicaVerificaQuerySet.as_manager()

    class Meta:
        verbose_name = "replica alla verifica"
        verbose_name_plural = "repliche alla verifica"
        ordering = ["imputazione", "giro"]
        constraints = [
            UniqueConstraint(
                fields=["imputazione", "giro"],
                name="replica_verifica_una_per_giro",
                violation_error_message="A questa decisione si è già replicato, o rinunciato a farlo.",
            ),
            uno_di("esito", EsitoReplica, nome="replica_verifica_esito_ammesso", vuoto=True),
            non_vuoto(
                "ruolo", nome="replica_verifica_in_un_ruolo", messaggio="Chi replica lo fa in un ruolo."
            ),
            models.CheckConstraint(
                condition=Q(rinuncia=True, testo="", esito="") | (Q(rinuncia=False) & ~Q(testo="")),
                name="replica_verifica_testo_o_rinuncia",
                violation_error_message="Scrivi la replica, oppure rinuncia a replicare.",
            ),
            models.CheckConstraint(
                condition=Q(decisa_da__isnull=True, decisa_alle__isnull=True, decisa_ruolo="")
                & Q(esito="", risposta="")
                | Q(decisa_da__isnull=False, decisa_alle__isnull=False)
                & ~Q(decisa_ruolo="")
                & ~Q(esito="")
                & ~Q(risposta=""),
                name="replica_verifica_decisa_da_qualcuno",
                violation_error_message="La risposta a una replica dice chi, in quale ruolo, "
                "quando e perché.",
            ),
        ]

    def __str__(self) -> str:
        return f"Replica su {self.imputazione}"

    @property
    def in_attesa(self) -> bool:
        """Does it wait for the Agenzia?"""
        return not self.rinuncia and not self.esito
