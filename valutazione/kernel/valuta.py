"""The evaluation of a whole scheda: lines, actions, programme."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from programmi.parole import Riuso
from valutazione.kernel.contesto import Contesto
from valutazione.kernel.esito import NON_VALUTATA, Esito, EsitoAzione, EsitoProgramma, EsitoRiga, Valori
from valutazione.kernel.riga import Gia, valuta_riga
from valutazione.scheda.modello import UNO, Evidenza, Imputazione, Riga, Scheda

Imputate = dict[str, list[tuple[Evidenza, Imputazione]]]


def valuta(scheda: Scheda) -> Esito:
    """The three values of every line, action and of the programme, with their explanation.

    Pure: the same scheda gives the same result whatever the order its evidence was written in.
    """
    contesto = Contesto(scheda)
    imputate = _per_riga(scheda)
    gia: Gia = {}
    azioni: list[EsitoAzione] = []
    for codice, obbligatoria, peso, righe in _azioni(scheda):
        if scheda.riuso is Riuso.UNA_VOLTA_PER_AZIONE:
            gia = {}
        esiti = tuple(
            valuta_riga(
                contesto,
                riga,
                imputate.get(riga.codice, ()),
                None if scheda.riuso is Riuso.AMMESSO else gia,
                obbligatoria=obbligatoria,
            )
            for riga in righe
        )
        azioni.append(_azione(codice, obbligatoria, peso, esiti))
    return Esito(_programma(azioni), tuple(azioni))


def _azioni(scheda: Scheda) -> Iterable[tuple[str, bool, Fraction, Sequence[Riga]]]:
    """Every action in the order of the scheda: code, is it compulsory, weight, lines."""
    for riga in scheda.obbligatorie:
        yield riga.codice, True, riga.peso, (riga,)
    for progettualita in scheda.progettualita:
        yield progettualita.codice, False, progettualita.peso, progettualita.indicatori


def _per_riga(scheda: Scheda) -> Imputate:
    """The imputazioni of each line, in order of date and then of code of their evidence."""
    imputate: Imputate = {}
    for evidenza in sorted(scheda.evidenze, key=lambda e: (e.data, e.codice)):
        for imputazione in evidenza.imputazioni:
            imputate.setdefault(imputazione.indicatore, []).append((evidenza, imputazione))
    return imputate


def _azione(codice: str, obbligatoria: bool, peso: Fraction, righe: tuple[EsitoRiga, ...]) -> EsitoAzione:
    # A compulsory line is an action by itself: its weight is spent once, among the actions.
    pesate = [(UNO if obbligatoria else riga.peso, riga.valori) for riga in righe]
    return EsitoAzione(
        codice=codice,
        obbligatoria=obbligatoria,
        valori=media(pesate),
        peso=peso,
        incompleta=any(riga.incompleta for riga in righe),
        righe=righe,
    )


def _programma(azioni: Sequence[EsitoAzione]) -> EsitoProgramma:
    return EsitoProgramma(
        valori=media((a.peso, a.valori) for a in azioni),
        obbligatorie=media((a.peso, a.valori) for a in azioni if a.obbligatoria),
        progettualita=media((a.peso, a.valori) for a in azioni if not a.obbligatoria),
        incompleta=any(azione.incompleta for azione in azioni),
    )


def media(pesati: Iterable[tuple[Fraction, Valori]]) -> Valori:
    """The weighted mean of what is scored; *non valutata* when nothing is."""
    totale = dichiarato = riconosciuto = prospettico = Fraction(0)
    for peso, valori in pesati:
        if valori.dichiarato is None or valori.riconosciuto is None or valori.prospettico is None:
            continue
        totale += peso
        dichiarato += peso * valori.dichiarato
        riconosciuto += peso * valori.riconosciuto
        prospettico += peso * valori.prospettico
    if not totale:
        return NON_VALUTATA
    return Valori(dichiarato / totale, riconosciuto / totale, prospettico / totale)
