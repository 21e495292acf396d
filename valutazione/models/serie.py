"""The table of evidence that a person is filling in."""

from django.db import models
from django.db.models import UniqueConstraint

from distretti.models import Utente
from programmi.models import Programma


class SerieInCorso(models.Model):
    """What a person typed of many evidences at once for a programme, as typed, until it is recorded.

    Here and not in the session, which every request reads and the sign-out ends: five hundred rows are half
    a megabyte, and who began at the desk goes on the day after, or from a phone. ``contenuto``: the choices
    (``tipo``, ``righe``, ``presenze``, ``luogo``, ``pianificata``) and the ``celle`` of each row; empty once
    all is recorded. ``registrata`` is the imprint of the last form that recorded
    something: the same form sent twice records once.
    """

    utente = models.ForeignKey(Utente, on_delete=models.PROTECT, related_name="serie_in_corso")
    programma = models.ForeignKey(Programma, on_delete=models.PROTECT, related_name="serie_in_corso")
    contenuto = models.JSONField("contenuto", default=dict, blank=True)
    versione = models.PositiveIntegerField("versione", default=0)
    registrata = models.CharField("impronta dell'ultima registrata", max_length=64, blank=True)
    modificata_alle = models.DateTimeField("modificata alle", auto_now=True)

    class Meta:
        verbose_name = "serie in corso"
        verbose_name_plural = "serie in corso"
        ordering = ["programma", "utente"]
        constraints = [
            UniqueConstraint(
                fields=["utente", "programma"],
                name="serie_una_per_persona",
                violation_error_message="Questa persona ha già una serie in corso per il programma.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.programma}, {self.utente}"

    @property
    def celle(self) -> list[dict[str, str]]:
        """The rows, by the keys of their columns."""
        righe: list[dict[str, str]] = self.contenuto.get("celle", [])
        return righe
