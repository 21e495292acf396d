"""People who sign in, and the roles they hold for a period."""

from datetime import date

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q, UniqueConstraint
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from distretti.basi.vincoli import codice_fiscale_valido, non_dopo, uno_di

from .autorita import Autorita
from .distretto import Distretto


class Utente(AbstractUser):
    """A person (or an office, in a demonstration) with an account. Rights come from Incarico alone.

    An ``applicazione`` is a program of somebody else's (the site of a district, a portal): it never signs
    in, and reads through a token alone.
    """

    nome_esteso = models.CharField("nome mostrato", max_length=150, blank=True)
    applicazione = models.BooleanField("applicazione", default=False)
    codice_fiscale = models.CharField(
        "codice fiscale", max_length=16, blank=True, validators=[codice_fiscale_valido]
    )
    sessioni_chiuse = models.PositiveIntegerField("volte che si sono chiuse le sessioni", default=0)

    class Meta(AbstractUser.Meta):
        verbose_name = "utente"
        verbose_name_plural = "utenti"
        constraints = [
            models.CheckConstraint(
                condition=Q(applicazione=False) | Q(password__startswith=UNUSABLE_PASSWORD_PREFIX),
                name="utente_applicazione_senza_password",
                violation_error_message="Un'applicazione non ha una password: legge soltanto con un token.",
            ),
            UniqueConstraint(
                Lower("email"),
                condition=~Q(email=""),
                name="utente_mail_unica",
                violation_error_message="Un'altra persona ha già questo indirizzo di posta.",
            ),
            UniqueConstraint(
                fields=["codice_fiscale"],
                condition=~Q(codice_fiscale=""),
                name="utente_codice_fiscale_unico",
                violation_error_message="Un'altra persona ha già questo codice fiscale.",
            ),
        ]

    def __str__(self) -> str:
        return self.nome_esteso or self.get_full_name() or self.username

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What every session of the person holds: another password, or the sessions closed, and they end."""
        giro = f"#{self.sessioni_chiuse}" if self.sessioni_chiuse else ""
        salto = "django.contrib.auth.models.AbstractBaseUser.get_session_auth_hash"
        return salted_hmac(salto, self.password + giro, secret=secret, algorithm="sha256").hexdigest()

    @property
    def riferimento_evento(self) -> str:
        """The name by which the events speak of it."""
        return f"persona/{self.pk}"


class Ruolo(models.TextChoices):
    MANAGER = "manager", "Manager territoriale"
    COORDINATORE = "coordinatore", "Coordinatore/trice istituzionale"
    REFERENTE_AMMINISTRATIVO = "referente_amministrativo", "Referente amministrativo/a"
    REFERENTE_ATTIVITA = "referente_attivita", "Referente per l'attività"
    VERIFICATORE = "verificatore", "Incaricato/a della verifica"
    DIRIGENTE = "dirigente", "Dirigente"
    SOSTITUTO = "sostituto_dirigente", "Sostituto/a del dirigente"
    AUDITOR = "auditor", "Auditor"
    AMMINISTRATORE = "amministratore", "Amministratore/trice"
    LETTORE = "lettore", "Applicazione in sola lettura"


RUOLI_DI_DISTRETTO = (Ruolo.MANAGER, Ruolo.COORDINATORE, Ruolo.REFERENTE_AMMINISTRATIVO)
RUOLI_DI_AUTORITA = tuple(ruolo for ruolo in Ruolo if ruolo not in (*RUOLI_DI_DISTRETTO, Ruolo.LETTORE))
"""Of people. ``LETTORE`` is in neither list: an application may read one district or a whole authority."""


class IncaricoQuerySet(models.QuerySet["Incarico"]):
    def alla_data(self, giorno: date) -> "IncaricoQuerySet":
        """Roles held on ``giorno`` (first and last day included): "roles at a date"."""
        return self.filter(Q(al__isnull=True) | Q(al__gte=giorno), dal__lte=giorno)

    def dell_autorita(self, autorita: Autorita) -> "IncaricoQuerySet":
        """Roles over ``autorita`` and over each of its districts."""
        return self.filter(Q(autorita=autorita) | Q(distretto__autorita=autorita))


class Incarico(models.Model):
    """A role of a person, over one district or over a whole authority, from ``dal`` to ``al``."""

    utente = models.ForeignKey(Utente, on_delete=models.PROTECT, related_name="incarichi")
    ruolo = models.CharField("ruolo", max_length=40, choices=Ruolo.choices)
    distretto = models.ForeignKey(
        Distretto, on_delete=models.PROTECT, related_name="incarichi", null=True, blank=True
    )
    autorita = models.ForeignKey(
        Autorita, on_delete=models.PROTECT, related_name="incarichi", null=True, blank=True
    )
    dal = models.DateField("dal")
    al = models.DateField("al", null=True, blank=True)

    objects = IncaricoQuerySet.as_manager()

    class Meta:
        verbose_name = "incarico"
        verbose_name_plural = "incarichi"
        ordering = ["utente", "dal"]
        constraints = [
            uno_di("ruolo", Ruolo, nome="incarico_ruolo_ammesso"),
            models.CheckConstraint(
                condition=Q(
                    ruolo__in=(*RUOLI_DI_DISTRETTO, Ruolo.LETTORE),
                    distretto__isnull=False,
                    autorita__isnull=True,
                )
                | Q(
                    ruolo__in=(*RUOLI_DI_AUTORITA, Ruolo.LETTORE),
                    distretto__isnull=True,
                    autorita__isnull=False,
                ),
                name="incarico_sul_suo_ambito",
                violation_error_message="Questo ruolo si esercita su un distretto oppure su un'autorità.",
            ),
            non_dopo(
                "dal",
                "al",
                nome="incarico_dal_non_dopo_al",
                messaggio="L'incarico non può finire prima di cominciare.",
            ),
            *(
                UniqueConstraint(
                    fields=["utente", "ruolo", ambito, "dal"],
                    condition=Q(**{f"{ambito}__isnull": False}),
                    name=f"incarico_unico_{ambito}",
                    violation_error_message="Questo incarico esiste già.",
                )
                for ambito in ("distretto", "autorita")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_ruolo_display()}: {self.distretto or self.autorita}"

    @property
    def riferimento_evento(self) -> str:
        """The name by which the events speak of it."""
        return f"incarico/{self.pk}"

    def attivo(self, giorno: date) -> bool:
        """Is the role held on ``giorno``? The same days as ``alla_data()``."""
        return self.dal <= giorno and (self.al is None or giorno <= self.al)
