"""The evaluation of a whole scheda: lines, actions, programme. With its explanation, or the values alone."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Protocol, TypeVar

from programmi.parole import Riuso
from programmi.regola import Regola
from valutazione.kernel.contesto import Contesto
from valutazione.kernel.conto import Conto, Gia, giudica
from valutazione.kernel.di_scheda import materia_di
from valutazione.kernel.esito import (
    NON_VALUTATA,
    Esito,
    EsitoAzione,
    EsitoProgramma,
    Valori,
    ValoriAzione,
    ValoriRiga,
    ValoriScheda,
)
from valutazione.kernel.materia import Azione, FonteT, Imputata, Materia, RigaGiudicata, RigaT
from valutazione.kernel.media import media
from valutazione.kernel.riga import valuta_riga
from valutazione.scheda.modello import UNO, Scheda


class RigaValutata(Protocol):
    """What a line weighs in its action."""

    @property
    def valori(self) -> Valori: ...
    @property
    def peso(self) -> Fraction: ...
    @property
    def incompleta(self) -> bool: ...


class AzioneValutata(RigaValutata, Protocol):
    """What an action weighs in the programme."""

    @property
    def obbligatoria(self) -> bool: ...


ValutataT = TypeVar("ValutataT", bound=RigaValutata)
ValutaRiga = Callable[[Contesto, RigaT, Regola | None, Sequence[Imputata[FonteT]], Gia | None], ValutataT]


def valuta(scheda: Scheda) -> Esito:
    """The three values of every line, action and of the programme, with their explanation.

    Pure: the same scheda gives the same result whatever the order its evidence was written in.
    """
    materia = materia_di(scheda)
    contesto = Contesto(materia, scheda.nomi_organizzazioni)
    azioni = tuple(
        EsitoAzione(
            codice=azione.codice,
            obbligatoria=azione.obbligatoria,
            valori=_media_delle_righe(azione.obbligatoria, righe),
            peso=azione.peso,
            incompleta=any(riga.incompleta for riga in righe),
            righe=righe,
        )
        for azione, righe in _per_azione(materia, contesto, valuta_riga)
    )
    return Esito(_programma(azioni), azioni)


def valori(materia: Materia[RigaGiudicata, object]) -> ValoriScheda:
    """The values of ``valuta``, without the explanation: for many programmes at once."""
    contesto = Contesto(materia, {})
    azioni = tuple(
        ValoriAzione(
            azione.codice,
            azione.obbligatoria,
            _media_delle_righe(azione.obbligatoria, righe),
            azione.peso,
            any(riga.incompleta for riga in righe),
            righe,
        )
        for azione, righe in _per_azione(materia, contesto, _valori_riga)
    )
    return ValoriScheda(_programma(azioni), azioni)


def _valori_riga(
    contesto: Contesto,
    riga: RigaGiudicata,
    regola: Regola | None,
    imputate: Sequence[Imputata[object]],
    gia: Gia | None,
) -> ValoriRiga:
    if regola is None:
        return ValoriRiga(riga.codice, NON_VALUTATA, riga.peso, False)
    conto = Conto(contesto, regola)
    for _, giorno, credito, motivo in giudica(contesto, riga, regola, imputate, gia):
        if motivo is None:
            conto.aggiungi(giorno, credito)
    return ValoriRiga(riga.codice, conto.valori, riga.peso, conto.sospeso)


def _per_azione(
    materia: Materia[RigaT, FonteT],
    contesto: Contesto,
    valuta_una: ValutaRiga[RigaT, FonteT, ValutataT],
) -> Iterator[tuple[Azione[RigaT], tuple[ValutataT, ...]]]:
    """Every action in the order of the scheda, with its lines evaluated: reuse is followed along them."""
    gia: Gia | None = None if materia.riuso is Riuso.AMMESSO else {}
    for azione in materia.azioni:
        if materia.riuso is Riuso.UNA_VOLTA_PER_AZIONE:
            gia = {}
        valutate = []
        for riga in azione.righe:
            regola = contesto.regola_di(riga, obbligatoria=azione.obbligatoria)
            imputate = materia.imputate.get(riga.codice, ())
            valutate.append(valuta_una(contesto, riga, regola, imputate, gia))
        yield azione, tuple(valutate)


def _media_delle_righe(obbligatoria: bool, righe: Sequence[RigaValutata]) -> Valori:
    # A compulsory line is an action by itself: its weight is spent once, among the actions.
    if len(righe) == 1:
        return righe[0].valori
    return media((UNO if obbligatoria else riga.peso, riga.valori) for riga in righe)


def _programma(azioni: Sequence[AzioneValutata]) -> EsitoProgramma:
    tutte = [(azione.obbligatoria, (azione.peso, azione.valori)) for azione in azioni]
    return EsitoProgramma(
        valori=media(pesata for _, pesata in tutte),
        obbligatorie=media(pesata for obbligatoria, pesata in tutte if obbligatoria),
        progettualita=media(pesata for obbligatoria, pesata in tutte if not obbligatoria),
        incompleta=any(azione.incompleta for azione in azioni),
    )
