"""The evaluation of one line, with its explanation."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from distretti.basi.italiano import arrotonda
from programmi.regola import Regola, RegolaManuale
from valutazione.kernel.calcolo import calcolo
from valutazione.kernel.contesto import Contesto
from valutazione.kernel.conto import Conto, Gia, giudica
from valutazione.kernel.dettaglio import dettaglio
from valutazione.kernel.di_scheda import Fonte
from valutazione.kernel.esito import (
    NON_VALUTATA,
    Conteggiata,
    EsitoRiga,
    OltreIlMassimo,
    Scartata,
)
from valutazione.kernel.mancante import manca
from valutazione.kernel.materia import Credito, Imputata
from valutazione.kernel.somma import ha_quote, massimo_di
from valutazione.scheda.modello import Riga


def valuta_riga(
    contesto: Contesto,
    riga: Riga,
    regola: Regola | None,
    imputate: Sequence[Imputata[Fonte]],
    gia: Gia | None,
) -> EsitoRiga:
    """Evaluate a line by ``regola``, ``None`` where it is as if it had none.

    ``imputate``: in order of date and code; ``gia``: ``None`` where reuse is admitted.
    """
    libro = None if regola is None else _Libro(Conto(contesto, regola))
    scartate: list[Scartata] = []
    for codice, giorno, credito, motivo in giudica(contesto, riga, regola, imputate, gia):
        if motivo is not None:
            evidenza, imputazione = credito.fonte
            gia_su = "" if gia is None else gia.get(codice, "")
            frase = dettaglio(motivo, contesto, riga, regola, evidenza, imputazione, credito.misura, gia_su)
            scartate.append(Scartata(evidenza.codice, motivo, frase, pianificata=evidenza.pianificata))
        elif libro is not None:
            libro.registra(giorno, credito)
    if libro is None or regola is None:
        return _senza_regola(riga, scartate)
    return _con_regola(contesto, riga, regola, libro, scartate)


def _senza_regola(riga: Riga, scartate: Sequence[Scartata]) -> EsitoRiga:
    perche = (
        "non valutata" if riga.regola is None else "non valutata: il programma non richiede il contributo"
    )
    return EsitoRiga(
        codice=riga.codice, valori=NON_VALUTATA, calcolo=perche, peso=riga.peso, scartate=tuple(scartate)
    )


def _con_regola(
    contesto: Contesto, riga: Riga, regola: Regola, libro: "_Libro", scartate: Sequence[Scartata]
) -> EsitoRiga:
    conto = libro.conto
    sospesa = conto.sospeso
    manuale = isinstance(regola, RegolaManuale)
    return EsitoRiga(
        codice=riga.codice,
        valori=conto.valori,
        calcolo=calcolo(conto.dichiarato),
        peso=riga.peso,
        massimo=None if sospesa else massimo_di(regola),
        incompleta=sospesa,
        conteggiate=tuple(libro.conteggiate),
        oltre_il_massimo=tuple(libro.oltre),
        scartate=tuple(scartate),
        manca=None if sospesa or manuale else manca(contesto, riga, conto.dichiarato),
    )


class _Libro:
    """The ledger of a line: what each imputazione brings to the declared and to the recognised value."""

    def __init__(self, conto: Conto) -> None:
        self.conto = conto
        self.conteggiate: list[Conteggiata] = []
        self.oltre: list[OltreIlMassimo] = []
        self._quote = ha_quote(conto.regola)

    def registra(self, giorno: date, credito: Credito[Fonte]) -> None:
        """Enter one that counts."""
        conto = self.conto
        evidenza, imputazione = credito.fonte
        if credito.pianificata or not self._quote:
            conto.aggiungi(giorno, credito)
            if not credito.pianificata:
                self._conteggia(credito, None, None)
            return
        prima_dichiarato, prima_riconosciuto = conto.dichiarato.valore, conto.riconosciuto.valore
        era_al_massimo = conto.dichiarato.al_massimo
        conto.aggiungi(giorno, credito)
        if era_al_massimo and conto.riconosciuto.valore == prima_riconosciuto:
            self.oltre.append(OltreIlMassimo(evidenza.codice, imputazione.stato, credito.misura))
            return
        dichiarato = _quota(prima_dichiarato, conto.dichiarato.valore)
        riconosciuto = _quota(prima_riconosciuto, conto.riconosciuto.valore)
        self._conteggia(credito, dichiarato, riconosciuto)

    def _conteggia(
        self, credito: Credito[Fonte], dichiarato: Decimal | None, riconosciuto: Decimal | None
    ) -> None:
        evidenza, imputazione = credito.fonte
        self.conteggiate.append(
            Conteggiata(
                evidenza=evidenza.codice,
                stato=imputazione.stato,
                misura=credito.misura,
                misura_riconosciuta=credito.riconosciuta if credito.accolta else None,
                dichiarato=dichiarato,
                riconosciuto=riconosciuto,
            )
        )


def _quota(prima: Fraction, dopo: Fraction) -> Decimal:
    """The difference between two rounded running values."""
    return arrotonda(dopo) - arrotonda(prima)
