"""Annex 001: the Esito line by line, in Italian words."""

from collections.abc import Iterable
from fractions import Fraction
from itertools import groupby

from distretti.basi.italiano import al_giorno, dal_giorno, numero, percento
from programmi.regola import RegolaManuale, frase
from valutazione.kernel import Esito, EsitoAzione, EsitoRiga
from valutazione.kernel import Valori as ValoriEsatti
from valutazione.relazione.avvertenze import avvertenze
from valutazione.relazione.evidenze import Registro
from valutazione.relazione.modello import (
    NON_VALUTATA,
    AllegatoValutazione,
    AzioneRelazione,
    RigaRelazione,
    Sezione,
    Sintesi,
    Valori,
    VoceSintesi,
)
from valutazione.scheda.modello import UNO, Riga, Scheda


def allegato(scheda: Scheda, esito: Esito, titolo: str) -> AllegatoValutazione:
    """The annex of ``esito``, which must come from ``scheda``."""
    registro = Registro(scheda)
    azioni = {a.codice: _azione(scheda, registro, a) for a in esito.azioni}
    obbligatorie = [(riga.sezione, azioni[riga.codice]) for riga in scheda.obbligatorie]
    return AllegatoValutazione(
        titolo=titolo,
        sintesi=_sintesi(esito, [azione for _, azione in obbligatorie], azioni),
        avvertenze=tuple(avvertenze(scheda)),
        testo_obbligatorie=tuple(filter(None, map(str.strip, scheda.testo_obbligatorie.splitlines()))),
        obbligatorie=tuple(
            Sezione(sezione, tuple(azione for _, azione in gruppo))
            for sezione, gruppo in groupby(obbligatorie, key=lambda voce: voce[0])
        ),
        progettualita=tuple(azioni[p.codice] for p in scheda.progettualita),
    )


def valori(esatti: ValoriEsatti, *, incompleta: bool = False, peso: Fraction = UNO) -> Valori:
    """As printed: two decimals, or "non valutata"."""
    if esatti.dichiarato is None or esatti.riconosciuto is None:
        return Valori(NON_VALUTATA, NON_VALUTATA, incompleta, _peso(peso))
    return Valori(percento(esatti.dichiarato), percento(esatti.riconosciuto), incompleta, _peso(peso))


def _peso(peso: Fraction) -> str:
    """ "" where it is 1; a fraction that has no short decimal is written as a fraction."""
    if peso == 1:
        return ""
    return numero(peso) if (peso * 100).denominator == 1 else f"{peso.numerator}/{peso.denominator}"


def _sintesi(
    esito: Esito, obbligatorie: Iterable[AzioneRelazione], azioni: dict[str, AzioneRelazione]
) -> Sintesi:
    programma = esito.programma
    incomplete = {
        obbligatoria: any(a.incompleta for a in esito.azioni if a.obbligatoria is obbligatoria)
        for obbligatoria in (True, False)
    }
    return Sintesi(
        programma=VoceSintesi("", "Programma", valori(programma.valori, incompleta=programma.incompleta)),
        obbligatorie=VoceSintesi(
            "", "Azioni obbligatorie", valori(programma.obbligatorie, incompleta=incomplete[True])
        ),
        azioni_obbligatorie=tuple(VoceSintesi(a.codice, a.titolo, a.valori) for a in obbligatorie),
        progettualita=VoceSintesi(
            "", "Progettualità", valori(programma.progettualita, incompleta=incomplete[False])
        ),
        azioni_progettualita=tuple(
            VoceSintesi(a.codice, a.titolo, a.valori)
            for codice, a in azioni.items()
            if not esito.azione(codice).obbligatoria
        ),
    )


def _azione(scheda: Scheda, registro: Registro, azione: EsitoAzione) -> AzioneRelazione:
    progettualita = next((p for p in scheda.progettualita if p.codice == azione.codice), None)
    return AzioneRelazione(
        codice=azione.codice,
        titolo=progettualita.titolo if progettualita else scheda.righe[azione.codice].testo,
        valori=valori(azione.valori, incompleta=azione.incompleta, peso=azione.peso),
        righe=tuple(_riga(scheda.righe[riga.codice], registro, riga) for riga in azione.righe),
        indicatori=tuple(i.strip().rstrip(".;") for i in progettualita.indicatori_testo)
        if progettualita
        else (),
    )


def _riga(riga: Riga, registro: Registro, esito: EsitoRiga) -> RigaRelazione:
    return RigaRelazione(
        codice=riga.codice,
        testo=riga.testo,
        parole=riga.testo_regola.strip(),
        evidenze_richieste=riga.testo_evidenze.strip(),
        regola=_regola(riga, registro),
        calcolo=esito.calcolo,
        manca=esito.manca.frase if esito.manca else "",
        in_vigore=_in_vigore(riga),
        valori=valori(esito.valori, incompleta=esito.incompleta, peso=esito.peso),
        conteggiate=registro.contate(esito),
        escluse=registro.escluse(esito),
    )


def _regola(riga: Riga, registro: Registro) -> str:
    if riga.regola is None:
        return ""
    testo = frase(riga.regola)
    if isinstance(riga.regola, RegolaManuale) and riga.regola.motivazione:
        testo += f" ({registro.senza_nomi(riga.regola.motivazione)})"
    return testo


def _in_vigore(riga: Riga) -> str:
    if riga.dal is None and riga.al is None:
        return ""
    dal = f" {dal_giorno(riga.dal)}" if riga.dal else ""
    al = f" fino {al_giorno(riga.al)}" if riga.al else ""
    return f"Riga in vigore{dal}{al}."
