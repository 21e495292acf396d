"""The forms of rule: one frozen dataclass each, joined in the closed union :data:`Regola`.

Percentages are exact fractions from 0 to 100, hours exact fractions > 0, counts whole numbers ≥ 1.
Instances are made by :func:`programmi.regola.leggi_regola`, which checks them.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import ClassVar

from programmi.regola.tipi import CampoEvidenza, Distinti, LetturaOre, TipoEvidenza, TipoRegola, Ufficio

CENTO = Fraction(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegolaComune:
    """What any form may carry."""

    evidenze: tuple[TipoEvidenza, ...] = ()
    """Admitted types: at least one, except for ``manuale``."""
    massimo: Fraction = CENTO
    """The cap of the line, a percentage."""
    presenze: tuple[Ufficio, ...] = ()
    """Offices that must all have been present."""
    campi: tuple[tuple[CampoEvidenza, ...], ...] = ()
    """Fields that must not be empty: each entry is a list of alternatives, one of which is enough."""
    entro: date | None = None
    """Last admitted day."""
    obiettivo: int | None = None
    """The target written in the act: for checks on the text, never for the arithmetic."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegolaUnica(RegolaComune):
    """``percentuale`` when at least one evidence counts, else 0."""

    tipo: ClassVar[TipoRegola] = TipoRegola.UNICA
    percentuale: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class RegolaPerUnita(RegolaComune):
    """Units × ``percentuale``."""

    tipo: ClassVar[TipoRegola] = TipoRegola.PER_UNITA
    percentuale: Fraction


@dataclass(frozen=True, slots=True)
class Fascia:
    """From ``da`` units on, ``percentuale``."""

    da: int
    percentuale: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class RegolaFasce(RegolaComune):
    """The percentage of the highest band reached, else 0. Bands rise strictly in both columns."""

    tipo: ClassVar[TipoRegola] = TipoRegola.FASCE
    fasce: tuple[Fascia, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegolaPerDistinti(RegolaComune):
    """``percentuale`` × number of different organisations (only members on the day, or any)."""

    tipo: ClassVar[TipoRegola] = TipoRegola.PER_DISTINTI
    percentuale: Fraction
    distinti: Distinti


@dataclass(frozen=True, slots=True)
class Parte:
    """A part of a ``composta``: its name, unique in the rule, and its worth."""

    nome: str
    percentuale: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class RegolaComposta(RegolaComune):
    """The sum of the parts covered; with ``tutte`` only when all are, else 0."""

    tipo: ClassVar[TipoRegola] = TipoRegola.COMPOSTA
    parti: tuple[Parte, ...]
    tutte: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RegolaQuotaOre(RegolaComune):
    """Hours against those due. ``ore_previste`` is ``None`` while the authority has not said them."""

    tipo: ClassVar[TipoRegola] = TipoRegola.QUOTA_ORE
    ore_previste: Fraction | None
    soglia: Fraction
    lettura: LetturaOre = LetturaOre.SOGLIA

    @property
    def ore_dovute(self) -> Fraction | None:
        """``ore_previste`` × ``soglia`` / 100."""
        return None if self.ore_previste is None else self.ore_previste * self.soglia / 100


@dataclass(frozen=True, slots=True, kw_only=True)
class RegolaManuale(RegolaComune):
    """A percentage given by hand, from 0 to 100; ``None`` until it is."""

    tipo: ClassVar[TipoRegola] = TipoRegola.MANUALE
    assegnata: Fraction | None
    motivazione: str = ""


Regola = (
    RegolaUnica
    | RegolaPerUnita
    | RegolaFasce
    | RegolaPerDistinti
    | RegolaComposta
    | RegolaQuotaOre
    | RegolaManuale
)
"""The closed union: whoever matches on it ends with ``assert_never``."""
