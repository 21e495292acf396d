"""The numbers an authority decides a contribution with."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from .funzione import Funzione


@dataclass(frozen=True, slots=True)
class Parametri:
    """``aliquota`` and ``cofinanziamento_minimo`` are percent of the cost (0–100), ``massimo`` is euro."""

    aliquota: Fraction
    massimo: Decimal
    cofinanziamento_minimo: Fraction
    funzione: Funzione
