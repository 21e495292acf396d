"""What the kernel reads: the few attributes that decide a percentage.

The plain data of the exchange format have them all; whoever evaluates many programmes at once may bring
leaner objects. ``Materia`` is a scheda from this side: actions with their lines, and the imputazioni of each.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Generic, NamedTuple, Protocol, TypeVar

from programmi.parole import Riuso
from programmi.regola import Regola, TipoEvidenza, Ufficio
from valutazione.parole import StatoImputazione
from valutazione.scheda.modello import Evidenza, Imputazione, Misura, Riga, Scheda


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
    """An evidence; the fields that a rule may require are true when they are filled in, or texts."""

    @property
    def codice(self) -> str: ...
    @property
    def tipo(self) -> TipoEvidenza: ...
    @property
    def data(self) -> date: ...
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
EvidenzaT = TypeVar("EvidenzaT", bound=EvidenzaGiudicata, covariant=True)
ImputazioneT = TypeVar("ImputazioneT", bound=ImputazioneGiudicata, covariant=True)


class Azione(NamedTuple, Generic[RigaT]):
    """A compulsory line, or a progettualità with its lines, in the order of the scheda."""

    codice: str
    obbligatoria: bool
    peso: Fraction
    righe: Sequence[RigaT]


@dataclass(frozen=True, slots=True, kw_only=True)
class Materia(Generic[RigaT, EvidenzaT, ImputazioneT]):
    """One programme in one esercizio, ready to be judged."""

    dal: date
    al: date
    richiede_contributo: bool
    riuso: Riuso
    aderenti: Sequence[AderenteGiudicato]
    azioni: Sequence[Azione[RigaT]]
    imputate: Mapping[str, Sequence[tuple[EvidenzaT, ImputazioneT]]]
    """By line: the imputazioni in order of date and then of code of their evidence."""


MateriaMinima = Materia[RigaGiudicata, EvidenzaGiudicata, ImputazioneGiudicata]


def materia_di(scheda: Scheda) -> Materia[Riga, Evidenza, Imputazione]:
    """The same whatever the order the evidence of the scheda was written in."""
    imputate: dict[str, list[tuple[Evidenza, Imputazione]]] = {}
    for evidenza in sorted(scheda.evidenze, key=lambda e: (e.data, e.codice)):
        for imputazione in evidenza.imputazioni:
            imputate.setdefault(imputazione.indicatore, []).append((evidenza, imputazione))
    return Materia(
        dal=scheda.dal,
        al=scheda.al,
        richiede_contributo=scheda.richiede_contributo,
        riuso=scheda.riuso,
        aderenti=scheda.aderenti,
        azioni=tuple(_azioni(scheda)),
        imputate=imputate,
    )


def _azioni(scheda: Scheda) -> Iterable[Azione[Riga]]:
    # A compulsory line is an action by itself: its weight is spent once, among the actions.
    for riga in scheda.obbligatorie:
        yield Azione(riga.codice, True, riga.peso, (riga,))
    for progettualita in scheda.progettualita:
        yield Azione(progettualita.codice, False, progettualita.peso, progettualita.indicatori)
