"""What an authority decides a contribution with, and what the manager of a programme costs."""

from decimal import Decimal
from fractions import Fraction

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q, UniqueConstraint

from distretti.basi.lettore import Errore
from distretti.basi.vincoli import non_vuoto
from distretti.models import Atto, Autorita, Utente
from programmi.models import Programma
from valutazione.contributo import Parametri, leggi_funzione

PERCENTO = [MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))]
EURO = [MinValueValidator(Decimal(0))]


class ParametriContributoQuerySet(models.QuerySet["ParametriContributo"]):
    def per_anno(self, autorita: Autorita, anno: int) -> "ParametriContributo | None":
        """Those in force for the programmes of ``anno``: of that year, or else of the latest one before it.

        Of a year, the version adopted by the authority; as long as there is none, the last one.
        """
        righe = self.filter(autorita=autorita, anno__lte=anno).select_related("atto")
        return righe.order_by("-anno", models.F("adottata_il").desc(nulls_last=True), "-versione").first()


class ParametriContributo(models.Model):
    """How an authority computes the contribution from ``anno`` on. A version never changes.

    ``aliquota`` and ``cofinanziamento_minimo`` are percent of the cost, ``massimo`` is euro, ``funzione`` is
    read by ``valutazione.contributo.leggi_funzione``. Until ``adottata_il``, what it gives is a simulation.
    """

    autorita = models.ForeignKey(
        Autorita, on_delete=models.PROTECT, related_name="parametri_contributo", verbose_name="autorità"
    )
    anno = models.PositiveSmallIntegerField(
        "dall'anno", validators=[MinValueValidator(2011), MaxValueValidator(2100)]
    )
    versione = models.PositiveSmallIntegerField("versione")
    aliquota = models.DecimalField(
        "percentuale del costo riconosciuta", max_digits=5, decimal_places=2, validators=PERCENTO
    )
    massimo = models.DecimalField("massimo in euro", max_digits=11, decimal_places=2, validators=EURO)
    cofinanziamento_minimo = models.DecimalField(
        "percentuale minima a carico dell'ente",
        max_digits=5,
        decimal_places=2,
        default=0,
        validators=PERCENTO,
    )
    funzione = models.JSONField("come agisce la realizzazione")
    fonte = models.CharField("atto o fonte", max_length=300)
    adottata_il = models.DateField("adottata il", null=True, blank=True)
    atto = models.ForeignKey(
        Atto, on_delete=models.PROTECT, related_name="parametri_contributo", null=True, blank=True
    )
    scritta_da = models.ForeignKey(
        Utente, on_delete=models.PROTECT, related_name="parametri_contributo", null=True, blank=True
    )
    scritta_alle = models.DateTimeField("scritta alle", auto_now_add=True)

    objects = ParametriContributoQuerySet.as_manager()

    class Meta:
        verbose_name = "parametri del contributo"
        verbose_name_plural = "parametri del contributo"
        ordering = ["autorita", "-anno", "-versione"]
        constraints = [
            UniqueConstraint(
                fields=["autorita", "anno", "versione"],
                name="parametri_contributo_versione_unica",
                violation_error_message="Questa versione dei parametri esiste già.",
            ),
            UniqueConstraint(
                fields=["autorita", "anno"],
                condition=Q(adottata_il__isnull=False),
                name="parametri_contributo_adottati_una_volta",
                violation_error_message="L'autorità ha già adottato i parametri di questo anno.",
            ),
            models.CheckConstraint(
                condition=Q(adottata_il__isnull=True, atto__isnull=True)
                | Q(adottata_il__isnull=False, atto__isnull=False),
                name="parametri_contributo_adottati_con_atto",
                violation_error_message="I parametri si adottano con un atto, in una data.",
            ),
            models.CheckConstraint(
                condition=Q(
                    aliquota__gte=0,
                    aliquota__lte=100,
                    cofinanziamento_minimo__gte=0,
                    cofinanziamento_minimo__lte=100,
                    massimo__gte=0,
                ),
                name="parametri_contributo_nei_limiti",
                violation_error_message="Le percentuali vanno da 0 a 100 e il massimo non è negativo.",
            ),
            non_vuoto(
                "fonte",
                nome="parametri_contributo_con_fonte",
                messaggio="Indica l'atto o la fonte da cui vengono i parametri.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.autorita}, dal {self.anno}, versione {self.versione}"

    @property
    def adottata(self) -> bool:
        return self.adottata_il is not None

    @property
    def nome(self) -> str:
        """What its result is called: a *contributo* only once the authority adopts it."""
        return "contributo" if self.adottata else "simulazione del contributo"

    @property
    def parametri(self) -> Parametri:
        """As the calculation reads them. The function was checked when it was written."""
        errori: list[Errore] = []
        return Parametri(
            aliquota=Fraction(self.aliquota),
            massimo=self.massimo,
            cofinanziamento_minimo=Fraction(self.cofinanziamento_minimo),
            funzione=leggi_funzione(self.funzione, "$.funzione", errori),
        )


class CostoManager(models.Model):
    """What the manager of a programme costs in its year, as the body in the lead declares it (euro)."""

    programma = models.OneToOneField(Programma, on_delete=models.PROTECT, related_name="costo_manager")
    importo = models.DecimalField(
        "costo del manager in euro", max_digits=11, decimal_places=2, validators=EURO
    )
    cofinanziamento = models.DecimalField(
        "a carico dell'ente, in euro", max_digits=11, decimal_places=2, null=True, blank=True, validators=EURO
    )
    fonte = models.CharField("da dove viene", max_length=300)
    scritto_da = models.ForeignKey(
        Utente, on_delete=models.PROTECT, related_name="costi_scritti", null=True, blank=True
    )
    scritto_alle = models.DateTimeField("scritto alle", auto_now=True)

    class Meta:
        verbose_name = "costo del manager"
        verbose_name_plural = "costi dei manager"
        ordering = ["programma"]
        constraints = [
            models.CheckConstraint(
                condition=Q(importo__gte=0),
                name="costo_manager_non_negativo",
                violation_error_message="Il costo non può essere negativo.",
            ),
            models.CheckConstraint(
                condition=Q(cofinanziamento__isnull=True)
                | Q(cofinanziamento__gte=0, cofinanziamento__lte=models.F("importo")),
                name="costo_manager_cofinanziamento_nel_costo",
                violation_error_message="Ciò che è a carico dell'ente non può superare il costo.",
            ),
            non_vuoto(
                "fonte",
                nome="costo_manager_con_fonte",
                messaggio="Indica da dove viene il costo (rendiconto, contratto, determina).",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programma}: {self.importo} €"
