"""The running total of a line and its value, form by form. Exact arithmetic, no rounding."""

from fractions import Fraction
from typing import assert_never

from programmi.regola import (
    CENTO,
    LetturaOre,
    Regola,
    RegolaComposta,
    RegolaFasce,
    RegolaManuale,
    RegolaPerDistinti,
    RegolaPerUnita,
    RegolaQuotaOre,
    RegolaUnica,
)
from valutazione.scheda.modello import Misura, MisuraOre, MisuraOrganizzazioni, MisuraParti, MisuraUnita

ZERO = Fraction(0)


class Somma:
    """What the counted imputazioni of a line add up to. The value is computed when it is asked for; adding
    never lowers it, so that once it is at the highest the rule can give it is not computed again."""

    __slots__ = ("_fermo", "_valore", "insieme", "ore", "quante", "regola", "unita")

    def __init__(self, regola: Regola) -> None:
        self.regola = regola
        self.quante = 0
        self.unita = 0
        self.ore = ZERO
        self.insieme: set[str] = set()
        self._valore: Fraction | None = None
        self._fermo = False

    def copia(self) -> "Somma":
        altra = Somma(self.regola)
        altra.quante, altra.unita, altra.ore = self.quante, self.unita, self.ore
        altra.insieme = set(self.insieme)
        altra._valore, altra._fermo = self._valore, self._fermo
        return altra

    def aggiungi(self, misura: Misura | None) -> None:
        """Add one imputazione with its effective measure (organisations: only those that count)."""
        self.quante += 1
        match misura:
            case None:
                pass
            case MisuraUnita():
                self.unita += misura.unita
            case MisuraOre():
                self.ore += misura.ore
            case MisuraParti():
                self.insieme.update(misura.parti)
            case MisuraOrganizzazioni():
                self.insieme.update(misura.organizzazioni)
            case _:
                assert_never(misura)
        if not self._fermo:
            self._valore = None

    @property
    def grezzo(self) -> Fraction:
        """The value before the cap; 0 for what is not scored."""
        return valore_grezzo(self.regola, self)

    @property
    def valore(self) -> Fraction:
        """The value of the line: min(value, ``massimo``)."""
        if self._valore is None:
            self._valore = _al_piu(self.regola, self)
        return self._valore

    @property
    def al_massimo(self) -> bool:
        """Is it the highest the rule can give?"""
        if not self._fermo:
            self._fermo = self.valore >= massimo_di(self.regola)
        return self._fermo


def _al_piu(regola: Regola, somma: Somma) -> Fraction:
    """min(value, ``massimo``), on whole numbers: comparing fractions takes twice as long."""
    massimo = regola.massimo
    m, e = massimo.as_integer_ratio()
    if isinstance(regola, RegolaPerUnita):  # by far the most: a product is made only below the cap
        n, d = regola.percentuale.as_integer_ratio()
        return massimo if somma.unita * n * e >= m * d else valore_grezzo(regola, somma)
    valore = valore_grezzo(regola, somma)
    n, d = valore.as_integer_ratio()
    return massimo if n * e > m * d else valore


def valore_grezzo(regola: Regola, somma: Somma) -> Fraction:
    """The table "value of the line" of the contract."""
    match regola:
        case RegolaUnica():
            return regola.percentuale if somma.quante else ZERO
        case RegolaPerUnita():
            return regola.percentuale * somma.unita
        case RegolaFasce():
            return max((f.percentuale for f in regola.fasce if f.da <= somma.unita), default=ZERO)
        case RegolaPerDistinti():
            return regola.percentuale * len(somma.insieme)
        case RegolaComposta():
            coperte = [parte.percentuale for parte in regola.parti if parte.nome in somma.insieme]
            if regola.tutte and len(coperte) < len(regola.parti):
                return ZERO
            return sum(coperte, ZERO)
        case RegolaQuotaOre():
            return _valore_ore(regola, somma.ore)
        case RegolaManuale():
            return ZERO if regola.assegnata is None else regola.assegnata
        case _:
            assert_never(regola)


def _valore_ore(regola: RegolaQuotaOre, ore: Fraction) -> Fraction:
    dovute = regola.ore_dovute
    if dovute is None:
        return ZERO
    if regola.lettura is LetturaOre.PROPORZIONALE:
        return CENTO * ore / dovute
    return CENTO if ore >= dovute else ZERO


def massimo_di(regola: Regola) -> Fraction:
    """The highest the rule can give: the cap, or less."""
    match regola:
        case RegolaUnica():
            proprio = regola.percentuale
        case RegolaFasce():
            proprio = regola.fasce[-1].percentuale
        case RegolaComposta():
            proprio = sum((parte.percentuale for parte in regola.parti), ZERO)
        case RegolaManuale():
            proprio = CENTO if regola.assegnata is None else regola.assegnata
        case RegolaPerUnita() | RegolaPerDistinti() | RegolaQuotaOre():
            proprio = CENTO
        case _:
            assert_never(regola)
    return min(proprio, regola.massimo)


def ha_quote(regola: Regola) -> bool:
    """Does it make sense to say what each evidence brings?"""
    match regola:
        case RegolaQuotaOre():
            return regola.lettura is LetturaOre.PROPORZIONALE and regola.ore_previste is not None
        case RegolaComposta():
            return not regola.tutte
        case RegolaManuale():
            return False
        case RegolaUnica() | RegolaPerUnita() | RegolaFasce() | RegolaPerDistinti():
            return True
        case _:
            assert_never(regola)


def in_sospeso(regola: Regola) -> bool:
    """A scored form that still waits for a datum of the authority: *non valutata* and ``incompleta``."""
    match regola:
        case RegolaQuotaOre():
            return regola.ore_previste is None
        case RegolaManuale():
            return regola.assegnata is None
        case RegolaUnica() | RegolaPerUnita() | RegolaFasce() | RegolaPerDistinti() | RegolaComposta():
            return False
        case _:
            assert_never(regola)
