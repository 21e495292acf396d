"""What the kernel reads: the few attributes that decide a percentage.

The plain data of the exchange format have them all; whoever evaluates many programmes at once may bring
leaner objects. ``Materia`` is a scheda from this side: actions with their lines, and the imputazioni of each.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Generic, NamedTuple, Protocol, TypeVar

from programmi.parole import Riuso
from programmi.regola import Regola, TipoEvidenza, Ufficio
from valutazione.kernel.esito import Motivo
from valutazione.parole import StatoImputazione
from valutazione.scheda.modello import Misura


class AderenteGiudicato(Protocol):
    """A membership: both ends included, ``al`` ``None`` while it lasts."""

    @property
    def organizzazione(self) -> str: ...
    @property
    def dal(self) -> date: ...
    @property
    def al(self) -> date | None: ...


class RigaGiudicata(Protocol):
    """A line with its rule and the days on which it is in force."""

    @property
    def codice(self) -> str: ...
    @property
    def regola(self) -> Regola | None: ...
    @property
    def peso(self) -> Fraction: ...
    @property
    def dal(self) -> date | None: ...
    @property
    def al(self) -> date | None: ...


class EvidenzaGiudicata(Protocol):
    """What a rule looks at in an evidence, its day apart; the fields that a rule may require are true when
    they are filled in, or texts."""

    @property
    def tipo(self) -> TipoEvidenza: ...
    @property
    def organizzazioni(self) -> tuple[str, ...]: ...
    @property
    def presenze(self) -> Collection[Ufficio]: ...
    @property
    def pianificata(self) -> bool: ...
    @property
    def argomento(self) -> object: ...
    @property
    def descrizione(self) -> object: ...
    @property
    def luogo(self) -> object: ...
    @property
    def persone(self) -> object: ...
    @property
    def url(self) -> object: ...
    @property
    def allegati(self) -> object: ...


class ImputazioneGiudicata(Protocol):
    """A credit: ``misura_riconosciuta`` ``None`` = the whole of ``misura``."""

    @property
    def stato(self) -> StatoImputazione: ...
    @property
    def misura(self) -> Misura | None: ...
    @property
    def misura_riconosciuta(self) -> Misura | None: ...


RigaT = TypeVar("RigaT", bound=RigaGiudicata, covariant=True)
FonteT = TypeVar("FonteT", covariant=True)


class Credito(NamedTuple, Generic[FonteT]):
    """An imputazione as the rule of its line sees it, whatever the day of its evidence.

    Many evidences may share one: it is made by ``giudizio.credito``. ``fonte`` is what explains it.
    """

    motivo: Motivo | None
    """Why it counts on no day; None: it counts on those of its line."""
    pianificata: bool
    accolta: bool
    misura: Misura | None
    """With its default."""
    riconosciuta: Misura | None
    """What counts of it where it is ``accolta``."""
    fonte: FonteT


Imputata = tuple[str | int, date, Credito[FonteT]]
"""A name of the evidence among those of its programme, its day, what it is worth there."""


class Azione(NamedTuple, Generic[RigaT]):
    """A compulsory line, or a progettualità with its lines, in the order of the scheda."""

    codice: str
    obbligatoria: bool
    peso: Fraction
    righe: Sequence[RigaT]


@dataclass(frozen=True, slots=True, kw_only=True)
class Materia(Generic[RigaT, FonteT]):
    """One programme in one esercizio, ready to be judged."""

    dal: date
    al: date
    richiede_contributo: bool
    riuso: Riuso
    aderenti: Sequence[AderenteGiudicato]
    azioni: Sequence[Azione[RigaT]]
    imputate: Mapping[str, Sequence[Imputata[FonteT]]]
    """By line: the imputazioni in order of date and then of code of their evidence."""


MateriaMinima = Materia[RigaGiudicata, object]
