"""The account of a line: who counts, and the sums of the three values. Values and explanation share it."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TypeVar

from programmi.regola import Regola
from valutazione.kernel.contesto import Contesto
from valutazione.kernel.esito import NON_VALUTATA, Motivo, Valori
from valutazione.kernel.giudizio import perche_no
from valutazione.kernel.materia import Credito, Imputata, RigaGiudicata
from valutazione.kernel.somma import Somma, in_sospeso
from valutazione.scheda.modello import Misura

FonteT = TypeVar("FonteT")
Gia = dict[str | int, str]
"""The evidences that already count, each with the line they count on."""


def giudica(
    contesto: Contesto,
    riga: RigaGiudicata,
    regola: Regola | None,
    imputate: Iterable[Imputata[FonteT]],
    gia: Gia | None,
) -> Iterator[tuple[str | int, date, Credito[FonteT], Motivo | None]]:
    """Each imputazione with its day, what it is worth and why it does not count (None: it does).

    Planned evidence is judged as well. Who counts is written in ``gia``, None where reuse is admitted.
    """
    primo, ultimo = (contesto.al, contesto.dal) if regola is None else contesto.periodo(riga, regola)
    sceglie = contesto.sceglie(regola)
    for codice, giorno, credito in imputate:
        motivo = credito.motivo
        # Most count, and of them nothing else is asked.
        if motivo is not None or sceglie or not primo <= giorno <= ultimo:
            motivo = perche_no(contesto, riga, regola, giorno, credito)
        if motivo is None and gia is not None:
            if codice in gia:
                motivo = Motivo.GIA_IMPUTATA
            else:
                gia[codice] = riga.codice
        yield codice, giorno, credito, motivo


class Conto:
    """What the counted imputazioni of a line add up to, for each of the three values."""

    __slots__ = ("_pianificate", "_scelte", "contesto", "dichiarato", "regola", "riconosciuto", "sospeso")

    def __init__(self, contesto: Contesto, regola: Regola) -> None:
        self.contesto = contesto
        self.regola = regola
        self.dichiarato = Somma(regola)
        self.riconosciuto = Somma(regola)
        self.sospeso = in_sospeso(regola)
        self._pianificate: list[Misura | None] = []
        self._scelte = contesto.sceglie(regola)

    def aggiungi(self, giorno: date, credito: Credito[object]) -> None:
        """Add one that counts; planned evidence counts for nothing but *prospettico*."""
        misura, riconosciuta = credito.misura, credito.riconosciuta
        if self._scelte:
            misura = self.contesto.che_contano(misura, giorno)
            riconosciuta = self.contesto.che_contano(riconosciuta, giorno)
        if credito.pianificata:
            self._pianificate.append(misura)
            return
        self.dichiarato.aggiungi(misura)
        if credito.accolta:
            self.riconosciuto.aggiungi(riconosciuta)

    @property
    def valori(self) -> Valori:
        if self.sospeso:
            return NON_VALUTATA
        dichiarato = prospettico = self.dichiarato.valore
        if self._pianificate:
            prospettiva = self.dichiarato.copia()
            for misura in self._pianificate:
                prospettiva.aggiungi(misura)
            prospettico = prospettiva.valore
        return Valori(dichiarato, self.riconosciuto.valore, prospettico)
