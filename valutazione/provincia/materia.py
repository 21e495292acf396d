"""What the kernel reads of a programme, in objects as small as can be."""

from datetime import date
from fractions import Fraction
from typing import NamedTuple

from programmi.regola import Regola, TipoEvidenza, Ufficio


class RigaLetta(NamedTuple):
    """A line."""

    codice: str
    regola: Regola | None
    peso: Fraction
    dal: date | None
    al: date | None


class AderenteLetto(NamedTuple):
    """A membership: ``al`` is ``None`` while it lasts."""

    organizzazione: str
    dal: date
    al: date | None


class EvidenzaNuda(NamedTuple):
    """What many evidences have in common. Of the fields, is each filled in? False where no rule asks."""

    organizzazioni: tuple[str, ...]
    tipo: TipoEvidenza
    presenze: tuple[Ufficio, ...]
    pianificata: bool
    argomento: bool
    descrizione: bool
    luogo: bool
    persone: bool
    url: bool
    allegati: bool
