"""How the percentages grew along the year, month by month: the kernel on the evidence up to each day.

An evidence belongs to its day (``data``): the curve says what had been done by then, with the decisions of
the Agenzia as they are now.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from distretti.basi.italiano import MESI
from valutazione.kernel import materia_di, valori
from valutazione.kernel.esito import EsitoProgramma, Valori
from valutazione.scheda.modello import Scheda

PARTI = (
    ("valori", "Programma"),
    ("obbligatorie", "Azioni obbligatorie"),
    ("progettualita", "Progettualità"),
)
"""Of the programme: attribute of ``EsitoProgramma``, name."""


@dataclass(frozen=True, slots=True)
class Momento:
    """The programme at the end of ``giorno``, ``posto`` of the way along the year (0 to 1).

    ``avvenuto``: it is not after today. After today only *prospettico* means something.
    """

    nome: str
    giorno: date
    posto: Fraction
    avvenuto: bool
    fine_mese: bool
    esito: EsitoProgramma

    def di(self, parte: str) -> Valori:
        trovati: Valori = getattr(self.esito, parte)
        return trovati


def momenti(scheda: Scheda, oggi: date) -> list[Momento]:
    """Before the first day, the end of each month and today, in order."""
    mesi = list(_mesi(scheda.dal, scheda.al))
    inizio = scheda.dal - timedelta(days=1)
    giorni = {inizio: ("inizio", Fraction(0))}
    for posto, (primo, fine) in enumerate(mesi):
        if primo <= oggi < fine:
            passati = Fraction((oggi - primo).days + 1, (fine - primo).days + 1)
            giorni[oggi] = ("oggi", (posto + passati) / len(mesi))
        piu_anni = scheda.dal.year != scheda.al.year
        nome = MESI[primo.month - 1]
        giorni[fine] = (f"{nome} {primo.year}" if piu_anni else nome, Fraction(posto + 1, len(mesi)))
    return [
        Momento(
            nome=nome,
            giorno=giorno,
            posto=posto,
            avvenuto=giorno <= oggi,
            fine_mese=nome not in ("inizio", "oggi"),
            esito=_fino(scheda, giorno),
        )
        for giorno, (nome, posto) in sorted(giorni.items())
    ]


def _fino(scheda: Scheda, giorno: date) -> EsitoProgramma:
    evidenze = tuple(evidenza for evidenza in scheda.evidenze if evidenza.data <= giorno)
    return valori(materia_di(replace(scheda, evidenze=evidenze))).programma


def _mesi(dal: date, al: date) -> Iterator[tuple[date, date]]:
    """First and last day of each month of the esercizio."""
    primo = dal
    while primo <= al:
        seguente = date(primo.year + primo.month // 12, primo.month % 12 + 1, 1)
        yield primo, min(seguente - timedelta(days=1), al)
        primo = seguente
