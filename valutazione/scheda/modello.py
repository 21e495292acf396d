"""The scheda programma as plain data: frozen dataclasses, one for each object of the contract.

Instances are made by :mod:`valutazione.scheda.lettura`, which checks every rule of the contract, or by
the reading of the database; they are written back by :mod:`valutazione.scheda.scrittura`. Both ends of
every period are included. Texts that are absent are ``""``, lists that are absent are empty.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Literal

from distretti.parole import Natura, TipoDistretto
from programmi.contenuto.formato import FORMATO as FORMATO
from programmi.parole import Riuso
from programmi.regola import Regola, TipoEvidenza, Ufficio
from valutazione.parole import StatoImputazione
from valutazione.scheda.modello_atto import Atto as Atto
from valutazione.scheda.modello_atto import Attore as Attore
from valutazione.scheda.modello_atto import Canale as Canale
from valutazione.scheda.modello_atto import DatiDistretto as DatiDistretto
from valutazione.scheda.modello_atto import Fonte as Fonte
from valutazione.scheda.modello_atto import Passaggio as Passaggio

UNO = Fraction(1)

Testo = str | Literal[True]
"""A text; in the public form ``True`` stands for a text that is not blank."""


# --- measures of an imputazione ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MisuraUnita:
    """Of ``per_unita`` and ``fasce``: whole units ≥ 1."""

    unita: int


@dataclass(frozen=True, slots=True)
class MisuraOre:
    """Of ``quota_ore``: hours > 0."""

    ore: Fraction


@dataclass(frozen=True, slots=True)
class MisuraParti:
    """Of ``composta``: names of parts of the rule."""

    parti: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MisuraOrganizzazioni:
    """Of ``per_distinti``: codes of organisations of the evidence."""

    organizzazioni: tuple[str, ...]


Misura = MisuraUnita | MisuraOre | MisuraParti | MisuraOrganizzazioni


# --- the promise ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Distretto:
    codice: str
    denominazione: str
    tipo: TipoDistretto


@dataclass(frozen=True, slots=True)
class Organizzazione:
    codice: str
    denominazione: str
    alias: tuple[str, ...] = ()
    natura: Natura | None = None


@dataclass(frozen=True, slots=True)
class Aderente:
    """A membership: ``al`` is ``None`` while it lasts."""

    organizzazione: str
    dal: date
    al: date | None
    marchi: tuple[str, ...] = ()

    def nel_giorno(self, giorno: date) -> bool:
        return self.dal <= giorno and (self.al is None or giorno <= self.al)


@dataclass(frozen=True, slots=True)
class Riga:
    """A line: compulsory (``sezione`` is its heading) or of a progettualità (``sezione`` is empty)."""

    codice: str
    testo: str
    testo_regola: str
    regola: Regola | None
    sezione: str = ""
    testo_evidenze: str = ""
    peso: Fraction = UNO
    dal: date | None = None
    al: date | None = None


@dataclass(frozen=True, slots=True)
class Referente:
    """Who leads a progettualità, as printed, with the code of an organisation, of a district, or neither."""

    testo: str
    organizzazione: str | None = None
    distretto: str | None = None


@dataclass(frozen=True, slots=True)
class Classificazione:
    schema: str
    codice: str


@dataclass(frozen=True, slots=True)
class Progettualita:
    numero: int
    tipo_azione: str
    ambito: str
    obiettivo_generale: str
    obiettivo_specifico: str
    titolo: str
    azioni: str
    referenti: tuple[Referente, ...]
    altre_organizzazioni: str
    tempi: str
    indicatori_testo: tuple[str, ...]
    classificazioni: tuple[Classificazione, ...]
    indicatori: tuple[Riga, ...]
    peso: Fraction = UNO

    @property
    def codice(self) -> str:
        """The code of the action: ``P3``."""
        return f"P{self.numero}"


# --- the evidence -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Allegato:
    """A file: ``dimensione`` in bytes, ``sha256`` in hexadecimal."""

    nome: str
    tipo: str
    dimensione: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgettoFuoriProgramma:
    """A project that was not in the programme (rule 4 of the act): the fields of a progettualità, any of
    which may be missing, and ``percentuali``, what was carried out of it. Its lines are never scored."""

    numero: int | None = None
    tipo_azione: str = ""
    ambito: str = ""
    obiettivo_generale: str = ""
    obiettivo_specifico: str = ""
    titolo: str = ""
    azioni: str = ""
    referenti: tuple[Referente, ...] = ()
    altre_organizzazioni: str = ""
    tempi: str = ""
    indicatori_testo: tuple[str, ...] = ()
    classificazioni: tuple[Classificazione, ...] = ()
    indicatori: tuple[Riga, ...] = ()
    peso: Fraction = UNO
    percentuali: str = ""


@dataclass(frozen=True, slots=True)
class Imputazione:
    """Credits an evidence to a line. ``misura_riconosciuta`` ``None`` = the whole of ``misura``."""

    indicatore: str
    stato: StatoImputazione
    misura: Misura | None = None
    misura_riconosciuta: Misura | None = None
    motivazione: str = ""
    motivo: str = ""
    """The code of the authority's own reason, whose words ``motivazione`` begins with; "" for none."""


@dataclass(frozen=True, slots=True)
class Evidenza:
    """Something done. It belongs to its first day, ``data``.

    In the public form texts are ``True`` when not blank, ``persone`` and ``allegati`` are numbers.
    """

    codice: str
    tipo: TipoEvidenza
    data: date
    titolo: Testo
    imputazioni: tuple[Imputazione, ...]
    data_fine: date | None = None
    argomento: Testo = ""
    descrizione: Testo = ""
    luogo: Testo = ""
    persone: tuple[str, ...] | int = ()
    organizzazioni: tuple[str, ...] = ()
    presenze: tuple[Ufficio, ...] = ()
    url: Testo = ""
    allegati: tuple[Allegato, ...] | int = ()
    titolo_pubblico: str = ""
    pianificata: bool = False
    progetto: ProgettoFuoriProgramma | None = None


@dataclass(frozen=True)
class Scheda:
    """One programme of one district in one esercizio: the promise and the evidence recorded."""

    autorita: str
    distretto: Distretto
    dal: date
    al: date
    richiede_contributo: bool
    organizzazioni: tuple[Organizzazione, ...]
    aderenti: tuple[Aderente, ...]
    obbligatorie: tuple[Riga, ...]
    progettualita: tuple[Progettualita, ...]
    evidenze: tuple[Evidenza, ...]
    riuso: Riuso = Riuso.AMMESSO
    pubblica: bool = False
    dimostrazione: bool = False
    fonte: Fonte | None = None
    titolo: str = ""
    premessa: str = ""
    dati: DatiDistretto | None = None
    attori: tuple[Attore, ...] = ()
    canali: tuple[Canale, ...] = ()
    testo_obbligatorie: str = ""
    aderenti_al: date | None = None
    atti: tuple[Atto, ...] = ()
    passaggi: tuple[Passaggio, ...] = ()

    @property
    def anno(self) -> int:
        """The year the programme is named by: that of its first day."""
        return self.dal.year

    @cached_property
    def righe(self) -> dict[str, Riga]:
        """Every line by its code, in the order of the scheda: compulsory first."""
        tutte = [*self.obbligatorie, *(riga for p in self.progettualita for riga in p.indicatori)]
        return {riga.codice: riga for riga in tutte}

    @cached_property
    def nomi_organizzazioni(self) -> dict[str, str]:
        return {organizzazione.codice: organizzazione.denominazione for organizzazione in self.organizzazioni}

    def aderenti_nel_giorno(self, giorno: date) -> frozenset[str]:
        """The codes of the members on a day."""
        return frozenset(a.organizzazione for a in self.aderenti if a.nel_giorno(giorno))
