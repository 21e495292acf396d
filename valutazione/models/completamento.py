"""What the act leaves to the authority to say of a line: the hours offered, the percentage assigned."""

from django.db import models
from django.db.models import Q

from distretti.models import Utente
from programmi.models import Indicatore


class Completamento(models.Model):
    """What the Agenzia said of a line whose rule waits for it; the promise itself stays as it was approved.

    ``ore_previste`` (hours) is for a ``quota_ore``, ``assegnata`` (percentage) with its ``motivazione`` for a
    ``manuale``: exact numbers of the exchange format, as text.
    """

    indicatore = models.OneToOneField(Indicatore, on_delete=models.PROTECT, related_name="completamento")
    ore_previste = models.CharField("ore previste", max_length=40, blank=True)
    assegnata = models.CharField("percentuale assegnata", max_length=40, blank=True)
    motivazione = models.TextField("motivazione", blank=True)
    detto_da = models.ForeignKey(Utente, on_delete=models.PROTECT, related_name="completamenti")
    detto_alle = models.DateTimeField("detto alle", auto_now=True)

    class Meta:
        verbose_name = "completamento"
        verbose_name_plural = "completamenti"
        ordering = ["indicatore"]
        constraints = [
            models.CheckConstraint(
                condition=(~Q(ore_previste="") & Q(assegnata="", motivazione=""))
                | (Q(ore_previste="") & ~Q(assegnata="") & ~Q(motivazione="")),
                name="completamento_ore_o_percentuale",
                violation_error_message="Indica le ore previste, oppure la percentuale con la motivazione.",
            ),
        ]

    def __str__(self) -> str:
        return f"Completamento della riga {self.indicatore.codice}"
