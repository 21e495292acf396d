"""References to official acts, with the signed file where the product received it."""

from django.db import models
from django.db.models import UniqueConstraint

from distretti.basi.italiano import del_giorno
from distretti.basi.vincoli import codice_valido, uno_di
from distretti.parole import TipoAtto

from .tracciato import Tracciato, TracciatoQuerySet, indice_modificato


class Atto(Tracciato):
    """An official act: kind, body, number, date. Its numbers come from the register that issued it."""

    risorsa = "atti"

    codice = models.CharField("codice", max_length=120, validators=[codice_valido])
    tipo = models.CharField("tipo", max_length=40, choices=TipoAtto.choices)
    ente = models.CharField("ente", max_length=200)
    numero = models.CharField("numero", max_length=60, blank=True)
    data = models.DateField("data", null=True, blank=True)
    oggetto = models.TextField("oggetto", blank=True)
    riferimento = models.CharField("riferimento", max_length=60, blank=True)
    file = models.FileField("file", upload_to="atti/%Y/", blank=True)
    file_nome = models.CharField("nome del file", max_length=200, blank=True)
    file_sha256 = models.CharField("impronta del file", max_length=64, blank=True)

    objects = TracciatoQuerySet["Atto"].as_manager()

    class Meta:
        verbose_name = "atto"
        verbose_name_plural = "atti"
        ordering = ["data", "codice"]
        indexes = [indice_modificato("atto_modificato")]
        constraints = [
            UniqueConstraint(
                fields=["codice"],
                name="atto_codice_unico",
                violation_error_message="Esiste già un atto con questo codice.",
            ),
            uno_di("tipo", TipoAtto, nome="atto_tipo_ammesso"),
            models.CheckConstraint(
                condition=models.Q(file="", file_nome="", file_sha256="")
                | (~models.Q(file="") & ~models.Q(file_nome="") & ~models.Q(file_sha256="")),
                name="atto_file_con_impronta",
                violation_error_message="Il file di un atto si conserva con il nome e l'impronta.",
            ),
        ]

    def __str__(self) -> str:
        parti = [self.get_tipo_display()]
        if self.numero:
            parti.append(f"n. {self.numero}")
        if self.data:
            parti.append(del_giorno(self.data))
        return " ".join(parti)
