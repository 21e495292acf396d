"""The ways of giving a page that are compared, and the ratios that have to hold between them."""

import statistics
from collections.abc import Iterable
from dataclasses import dataclass, field

ANNO, DISTRETTO, VOCE = 2020, "prova-distretto-00500", "A0301"
FILTRI = {
    "per anno": f"anno={ANNO}",
    "per distretto": f"distretto={DISTRETTO}",
    "per anno e classificazione": f"anno={ANNO}&classificazione={VOCE}",
}
NOSTRA, NUDA, ORDINARIA = "nostra", "nuda", "ordinaria"
PRIMA, PROFONDA = "prima pagina", "dopo 90.000 righe"


@dataclass(slots=True)
class Via:
    """One way of giving a page, and what each round measured of it."""

    chi: str
    che_cosa: str
    percorso: str
    al_secondo: list[float] = field(default_factory=list)
    processore: list[float] = field(default_factory=list)
    """Milliseconds of processor of the two workers for each request."""
    database: list[float] = field(default_factory=list)
    """Milliseconds of processor of PostgreSQL for each request."""

    @property
    def mediana(self) -> float:
        return statistics.median(self.al_secondo)


@dataclass(frozen=True, slots=True)
class Rapporto:
    """How many times as fast as the other one a way has to be."""

    che_cosa: str
    sopra: Via
    sotto: Via
    almeno: float

    @property
    def valore(self) -> float:
        """The median of the ratios of each round: what slows a whole round down does not count."""
        coppie = zip(self.sopra.al_secondo, self.sotto.al_secondo, strict=True)
        return statistics.median(sopra / sotto for sopra, sotto in coppie)

    @property
    def raggiunto(self) -> bool:
        return self.valore >= self.almeno


def vie(profonda: str, *, con_nuda: bool) -> list[Via]:
    """Every way; ``profonda`` is the address of the deep page. The bare view needs PostgreSQL."""
    elenco = [Via(NUDA, "vuota", "/nuda/vuota")]
    for che_cosa, filtro in FILTRI.items():
        elenco.append(Via(NOSTRA, che_cosa, f"/api/v1/progettualita?{filtro}"))
        if con_nuda:
            elenco.append(Via(NUDA, che_cosa, f"/nuda/progettualita?{filtro}"))
        elenco.append(Via(ORDINARIA, che_cosa, f"/ordinaria/progettualita?{filtro}"))
    elenco.append(Via(NOSTRA, PRIMA, "/api/v1/progettualita"))
    elenco.append(Via(NOSTRA, PROFONDA, profonda))
    return elenco


def rapporti(elenco: Iterable[Via]) -> list[Rapporto]:
    """The ratios asked of these ways."""
    per = {(via.chi, via.che_cosa): via for via in elenco}
    trovati = [Rapporto("pagina profonda / prima", per[NOSTRA, PROFONDA], per[NOSTRA, PRIMA], 0.9)]
    for che_cosa in FILTRI:
        nostra = per[NOSTRA, che_cosa]
        trovati.append(Rapporto(f"nostra / ordinaria, {che_cosa}", nostra, per[ORDINARIA, che_cosa], 2.0))
        if (NUDA, che_cosa) in per:
            trovati.append(Rapporto(f"nostra / nuda, {che_cosa}", nostra, per[NUDA, che_cosa], 0.45))
    return trovati
