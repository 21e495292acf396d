"""What the evaluation returns: values and their explanation, in one tree of frozen dataclasses.

Values are exact percentages (``Fraction`` from 0 to 100, ``None`` = *non valutata*): round them only where
they are shown. Shares are already rounded (``Decimal`` with two decimals), because they are differences of
rounded values and so add up to the rounded line. All lists are in order of ``data``, then ``codice``.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import Any, NamedTuple

from programmi.regola import numero_testo
from valutazione.parole import StatoImputazione
from valutazione.scheda.modello import Misura


class Motivo(StrEnum):
    """Why an imputazione does not count, in the order of the contract: the first that applies is given."""

    RESPINTA = "respinta"
    NON_VALUTATA = "non_valutata"
    FUORI_PERIODO = "fuori_periodo"
    RIGA_NON_IN_VIGORE = "riga_non_in_vigore"
    FUORI_TERMINE = "fuori_termine"
    TIPO_NON_AMMESSO = "tipo_non_ammesso"
    PRESENZA_MANCANTE = "presenza_mancante"
    CAMPI_MANCANTI = "campi_mancanti"
    MISURA_MANCANTE = "misura_mancante"
    NON_ADERENTE = "non_aderente"
    GIA_IMPUTATA = "gia_imputata"

    @property
    def etichetta(self) -> str:
        """As a manager reads it."""
        return _ETICHETTE[self]


_ETICHETTE: dict[Motivo, str] = {
    Motivo.RESPINTA: "Respinta nella verifica",
    Motivo.NON_VALUTATA: "La riga non si valuta con le evidenze",
    Motivo.FUORI_PERIODO: "La data è fuori dall'esercizio",
    Motivo.RIGA_NON_IN_VIGORE: "In quella data la riga non era in vigore",
    Motivo.FUORI_TERMINE: "La data è dopo il termine della riga",
    Motivo.TIPO_NON_AMMESSO: "Il tipo di evidenza non è ammesso per questa riga",
    Motivo.PRESENZA_MANCANTE: "Manca una presenza richiesta",
    Motivo.CAMPI_MANCANTI: "Mancano dati richiesti",
    Motivo.MISURA_MANCANTE: "Manca la misura",
    Motivo.NON_ADERENTE: "Nessuna organizzazione era aderente in quella data",
    Motivo.GIA_IMPUTATA: "Già contata su un'altra riga",
}


class Valori(NamedTuple):
    """The three values of a line, an action or the programme; all ``None`` when *non valutata*."""

    dichiarato: Fraction | None
    riconosciuto: Fraction | None
    prospettico: Fraction | None

    @property
    def valutata(self) -> bool:
        return self.dichiarato is not None


NON_VALUTATA = Valori(None, None, None)


@dataclass(frozen=True, slots=True)
class Conteggiata:
    """An imputazione that counts for ``dichiarato``, with what it brings (``None``: no sensible share)."""

    evidenza: str
    stato: StatoImputazione
    misura: Misura | None
    misura_riconosciuta: Misura | None
    dichiarato: Decimal | None
    riconosciuto: Decimal | None


@dataclass(frozen=True, slots=True)
class OltreIlMassimo:
    """An imputazione that counts but brings nothing: the line was already at the highest it can give."""

    evidenza: str
    stato: StatoImputazione
    misura: Misura | None


@dataclass(frozen=True, slots=True)
class Scartata:
    """An imputazione that does not count, and why. ``pianificata``: it would not count."""

    evidenza: str
    motivo: Motivo
    dettaglio: str
    pianificata: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Manca:
    """What would bring ``dichiarato`` to the highest the rule can give: at most one measure is set."""

    frase: str
    possibile: bool = True
    unita: int | None = None
    parti: tuple[str, ...] | None = None
    ore: Fraction | None = None
    organizzazioni: int | None = None

    @property
    def misura(self) -> dict[str, Any]:
        """As the contract writes it; ``{}`` for ``unica``."""
        if self.unita is not None:
            return {"unita": self.unita}
        if self.parti is not None:
            return {"parti": list(self.parti)}
        if self.ore is not None:
            return {"ore": numero_testo(self.ore)}
        return {} if self.organizzazioni is None else {"organizzazioni": self.organizzazioni}


@dataclass(frozen=True, slots=True, kw_only=True)
class EsitoRiga:
    """A line. ``massimo`` is the highest its rule can give, ``None`` when it is not scored."""

    codice: str
    valori: Valori
    calcolo: str
    peso: Fraction
    massimo: Fraction | None = None
    incompleta: bool = False
    conteggiate: tuple[Conteggiata, ...] = ()
    oltre_il_massimo: tuple[OltreIlMassimo, ...] = ()
    scartate: tuple[Scartata, ...] = ()
    manca: Manca | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EsitoAzione:
    """A compulsory line (same code) or a progettualità (``PK``)."""

    codice: str
    obbligatoria: bool
    valori: Valori
    peso: Fraction
    incompleta: bool
    righe: tuple[EsitoRiga, ...]


@dataclass(frozen=True, slots=True)
class EsitoProgramma:
    """The programme as a whole, and its two halves apart."""

    valori: Valori
    obbligatorie: Valori
    progettualita: Valori
    incompleta: bool


class ValoriRiga(NamedTuple):
    """A line, without its explanation."""

    codice: str
    valori: Valori
    peso: Fraction
    incompleta: bool


class ValoriAzione(NamedTuple):
    """A compulsory line (same code) or a progettualità (``PK``), without its explanation."""

    codice: str
    obbligatoria: bool
    valori: Valori
    peso: Fraction
    incompleta: bool
    righe: tuple[ValoriRiga, ...]


@dataclass(frozen=True, slots=True)
class ValoriScheda:
    """The values of a whole evaluation, equal to those of its :class:`Esito`."""

    programma: EsitoProgramma
    azioni: tuple[ValoriAzione, ...]


@dataclass(frozen=True)
class Esito:
    """The whole evaluation of a scheda."""

    programma: EsitoProgramma
    azioni: tuple[EsitoAzione, ...]

    @cached_property
    def righe(self) -> dict[str, EsitoRiga]:
        """Every line by its code, in the order of the scheda."""
        return {riga.codice: riga for azione in self.azioni for riga in azione.righe}

    @cached_property
    def azioni_per_codice(self) -> dict[str, EsitoAzione]:
        return {azione.codice: azione for azione in self.azioni}

    def azione(self, codice: str) -> EsitoAzione:
        """Raises ``KeyError`` for an unknown code."""
        return self.azioni_per_codice[codice]
