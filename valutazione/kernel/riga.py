"""The evaluation of one line."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from distretti.basi.italiano import arrotonda
from programmi.regola import Regola, RegolaManuale
from valutazione.kernel.calcolo import calcolo
from valutazione.kernel.contesto import Contesto
from valutazione.kernel.esito import (
    NON_VALUTATA,
    Conteggiata,
    EsitoRiga,
    Motivo,
    OltreIlMassimo,
    Scartata,
    Valori,
)
from valutazione.kernel.giudizio import perche_no
from valutazione.kernel.mancante import manca
from valutazione.kernel.somma import Somma, ha_quote, in_sospeso, massimo_di
from valutazione.parole import StatoImputazione
from valutazione.scheda.misure import effettiva
from valutazione.scheda.modello import Evidenza, Imputazione, Misura, Riga

Gia = dict[str, str]
"""The evidences that already count, each with the line they count on."""


@dataclass(frozen=True, slots=True)
class Pezzo:
    """An imputazione with its evidence and its measure, defaults written out."""

    evidenza: Evidenza
    imputazione: Imputazione
    misura: Misura | None

    @property
    def accolta(self) -> bool:
        return self.imputazione.stato is StatoImputazione.ACCOLTA

    @property
    def riconosciuta(self) -> Misura | None:
        """The recognised measure: all of it unless less was written; ``None`` while it is not accolta."""
        if not self.accolta:
            return None
        return self.imputazione.misura_riconosciuta or self.misura


def valuta_riga(
    contesto: Contesto,
    riga: Riga,
    imputate: Sequence[tuple[Evidenza, Imputazione]],
    gia: Gia | None,
    *,
    obbligatoria: bool,
) -> EsitoRiga:
    """Evaluate a line. ``imputate``: in order of date and code; ``gia``: ``None`` where reuse is admitted."""
    regola = contesto.regola_di(riga, obbligatoria=obbligatoria)
    contate, scartate = _dividi(contesto, riga, regola, imputate, gia)
    if regola is None:
        perche = (
            "non valutata" if riga.regola is None else "non valutata: il programma non richiede il contributo"
        )
        return EsitoRiga(
            codice=riga.codice, valori=NON_VALUTATA, calcolo=perche, peso=riga.peso, scartate=scartate
        )
    fatte = [pezzo for pezzo in contate if not pezzo.evidenza.pianificata]
    libro = _Libro(contesto, regola)
    for pezzo in fatte:
        libro.registra(pezzo)
    prospettiva = libro.dichiarato.copia()
    for pezzo in contate:
        if pezzo.evidenza.pianificata:
            prospettiva.aggiungi(contesto.che_contano(regola, pezzo.misura, pezzo.evidenza.data))
    sospesa = in_sospeso(regola)
    return EsitoRiga(
        codice=riga.codice,
        valori=NON_VALUTATA
        if sospesa
        else Valori(libro.dichiarato.valore, libro.riconosciuto.valore, prospettiva.valore),
        calcolo=calcolo(libro.dichiarato),
        peso=riga.peso,
        massimo=None if sospesa else massimo_di(regola),
        incompleta=sospesa,
        conteggiate=tuple(libro.conteggiate),
        oltre_il_massimo=tuple(libro.oltre),
        scartate=scartate,
        manca=None
        if sospesa or isinstance(regola, RegolaManuale)
        else manca(contesto, riga, libro.dichiarato),
    )


def _dividi(
    contesto: Contesto,
    riga: Riga,
    regola: Regola | None,
    imputate: Sequence[tuple[Evidenza, Imputazione]],
    gia: Gia | None,
) -> tuple[list[Pezzo], tuple[Scartata, ...]]:
    """Who counts and who does not, planned evidence included. Who counts is written in ``gia``."""
    contate: list[Pezzo] = []
    scartate: list[Scartata] = []
    for evidenza, imputazione in imputate:
        misura = effettiva(regola, imputazione.misura, evidenza.organizzazioni)
        giudizio = perche_no(contesto, riga, regola, evidenza, imputazione, misura)
        if giudizio is None and gia is not None:
            if evidenza.codice in gia:
                giudizio = Motivo.GIA_IMPUTATA, f"conta già sulla riga {gia[evidenza.codice]}"
            else:
                gia[evidenza.codice] = riga.codice
        if giudizio is None:
            contate.append(Pezzo(evidenza, imputazione, misura))
        else:
            scartate.append(Scartata(evidenza.codice, *giudizio, pianificata=evidenza.pianificata))
    return contate, tuple(scartate)


class _Libro:
    """The ledger of a line: what each imputazione brings to the declared and to the recognised value."""

    def __init__(self, contesto: Contesto, regola: Regola) -> None:
        self.contesto = contesto
        self.regola = regola
        self.dichiarato = Somma(regola)
        self.riconosciuto = Somma(regola)
        self.conteggiate: list[Conteggiata] = []
        self.oltre: list[OltreIlMassimo] = []
        self._quote = ha_quote(regola)

    def registra(self, pezzo: Pezzo) -> None:
        prima_dichiarato, prima_riconosciuto = self.dichiarato.valore, self.riconosciuto.valore
        era_al_massimo = self.dichiarato.al_massimo
        giorno = pezzo.evidenza.data
        self.dichiarato.aggiungi(self.contesto.che_contano(self.regola, pezzo.misura, giorno))
        if pezzo.accolta:
            self.riconosciuto.aggiungi(self.contesto.che_contano(self.regola, pezzo.riconosciuta, giorno))
        if not self._quote:
            self._conteggia(pezzo, None, None)
        elif era_al_massimo and self.riconosciuto.valore == prima_riconosciuto:
            self.oltre.append(OltreIlMassimo(pezzo.evidenza.codice, pezzo.imputazione.stato, pezzo.misura))
        else:
            self._conteggia(
                pezzo,
                _quota(prima_dichiarato, self.dichiarato.valore),
                _quota(prima_riconosciuto, self.riconosciuto.valore),
            )

    def _conteggia(self, pezzo: Pezzo, dichiarato: Decimal | None, riconosciuto: Decimal | None) -> None:
        self.conteggiate.append(
            Conteggiata(
                evidenza=pezzo.evidenza.codice,
                stato=pezzo.imputazione.stato,
                misura=pezzo.misura,
                misura_riconosciuta=pezzo.riconosciuta,
                dichiarato=dichiarato,
                riconosciuto=riconosciuto,
            )
        )


def _quota(prima: Fraction, dopo: Fraction) -> Decimal:
    """The difference between two rounded running values."""
    return arrotonda(dopo) - arrotonda(prima)
