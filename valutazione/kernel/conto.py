"""The account of a line: who counts, and the sums of the three values. Values and explanation share it."""

from collections.abc import Iterable, Iterator

from programmi.regola import Regola
from valutazione.kernel.contesto import Contesto
from valutazione.kernel.esito import NON_VALUTATA, Motivo, Valori
from valutazione.kernel.giudizio import perche_no
from valutazione.kernel.materia import (
    EvidenzaGiudicata,
    EvidenzaT,
    ImputazioneGiudicata,
    ImputazioneT,
    RigaGiudicata,
)
from valutazione.kernel.somma import Somma, in_sospeso
from valutazione.parole import StatoImputazione
from valutazione.scheda.misure import effettiva
from valutazione.scheda.modello import Misura

Gia = dict[str, str]
"""The evidences that already count, each with the line they count on."""


def giudica(
    contesto: Contesto,
    riga: RigaGiudicata,
    regola: Regola | None,
    imputate: Iterable[tuple[EvidenzaT, ImputazioneT]],
    gia: Gia | None,
) -> Iterator[tuple[EvidenzaT, ImputazioneT, Misura | None, Motivo | None]]:
    """Each imputazione with its measure, defaults written out, and why it does not count (None: it does).

    Planned evidence is judged as well. Who counts is written in ``gia``, None where reuse is admitted.
    """
    for evidenza, imputazione in imputate:
        misura = imputazione.misura or effettiva(regola, None, evidenza.organizzazioni)
        motivo = perche_no(contesto, riga, regola, evidenza, imputazione.stato, misura)
        if motivo is None and gia is not None:
            if evidenza.codice in gia:
                motivo = Motivo.GIA_IMPUTATA
            else:
                gia[evidenza.codice] = riga.codice
        yield evidenza, imputazione, misura, motivo


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

    def aggiungi(
        self, evidenza: EvidenzaGiudicata, imputazione: ImputazioneGiudicata, misura: Misura | None
    ) -> None:
        """Add one that counts; planned evidence counts for nothing but *prospettico*."""
        contata = self._contata(misura, evidenza)
        if evidenza.pianificata:
            self._pianificate.append(contata)
            return
        self.dichiarato.aggiungi(contata)
        if imputazione.stato is StatoImputazione.ACCOLTA:
            parte = imputazione.misura_riconosciuta
            if parte is not None:
                contata = self._contata(parte, evidenza)
            self.riconosciuto.aggiungi(contata)

    def _contata(self, misura: Misura | None, evidenza: EvidenzaGiudicata) -> Misura | None:
        return self.contesto.che_contano(misura, evidenza.data) if self._scelte else misura

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
