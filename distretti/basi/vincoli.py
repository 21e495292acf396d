"""Builders of named constraints: the database states the procedure, in the same words everywhere."""

from enum import StrEnum

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db.models import CheckConstraint, Choices, F, Q

from distretti.basi import codice_fiscale

codice_valido = RegexValidator(
    r"\A[A-Za-z0-9]+(?:[-._][A-Za-z0-9]+)*\Z",
    "Il codice può contenere solo lettere senza accenti, cifre, trattini, punti e trattini bassi.",
)


segmento_valido = RegexValidator(
    r"\A(?!\.{1,2}\Z)(?!\s)[^/\x00-\x1f\x7f-\x9f\u2028\u2029]+(?<!\s)\Z",
    "Il codice non può contenere barre né caratteri di controllo, né cominciare o finire con uno spazio.",
)
"""Any text that can stand between two slashes of an address."""


def codice_fiscale_valido(codice: str) -> None:
    """A tax code whose letters and check digit hold. Raises ``ValidationError``."""
    if not codice_fiscale.valido(codice):
        raise ValidationError("Il codice fiscale non è giusto: controlla le lettere e le cifre.")


def uno_di(
    campo: str, scelte: type[Choices] | type[StrEnum], *, nome: str, vuoto: bool = False
) -> CheckConstraint:
    """``campo`` holds one of ``scelte`` (or is empty, where ``vuoto``)."""
    valori = [*(str(scelta.value) for scelta in scelte), *([""] if vuoto else [])]
    return CheckConstraint(
        condition=Q(**{f"{campo}__in": valori}),
        name=nome,
        violation_error_message="Il valore scelto non è tra quelli ammessi.",
    )


def non_dopo(primo: str, ultimo: str, *, nome: str, messaggio: str) -> CheckConstraint:
    """``primo`` is not after ``ultimo``; an open ``ultimo`` (null) always holds."""
    return CheckConstraint(
        condition=Q(**{f"{ultimo}__isnull": True}) | Q(**{f"{ultimo}__gte": F(primo)}),
        name=nome,
        violation_error_message=messaggio,
    )


def non_vuoto(campo: str, *, nome: str, messaggio: str) -> CheckConstraint:
    """The text ``campo`` is not empty."""
    return CheckConstraint(condition=~Q(**{campo: ""}), name=nome, violation_error_message=messaggio)
