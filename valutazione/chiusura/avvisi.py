"""Telling who comes next in the closing of a year, who gets it back, how it ended."""

from distretti.basi.italiano import al_giorno
from distretti.models import RUOLI_DI_DISTRETTO
from programmi.avvisi import Notizia, avvisa, nome_di, persone_con
from programmi.models import GenereAvviso
from programmi.tabella import DELL_AGENZIA
from valutazione.chiusura.indirizzi import pagina_chiusura
from valutazione.models import AzioneChiusura, PassaggioChiusura
from valutazione.tabella import DICHIARANO, VERIFICANO

_A, _G = AzioneChiusura, GenereAvviso

NOTIZIE: dict[AzioneChiusura, tuple[Notizia, ...]] = {
    _A.TRASMISSIONE_AUTOVALUTAZIONE: (
        Notizia(_G.DA_FARE, VERIFICANO, "l'autovalutazione è trasmessa e aspetta la verifica"),
    ),
    _A.RESTITUZIONE_AUTOVALUTAZIONE: (
        Notizia(_G.RESTITUZIONE, DICHIARANO, "l'Agenzia restituisce l'autovalutazione"),
    ),
    _A.CONCLUSIONE_VERIFICA: (
        Notizia(
            _G.DA_FARE,
            DICHIARANO,
            "la verifica è conclusa: alle decisioni contrarie si può replicare fino {entro}",
        ),
    ),
    _A.DEFINIZIONE_RISULTATO: (
        Notizia(_G.ESITO, RUOLI_DI_DISTRETTO, "il risultato dell'anno è definito"),
        Notizia(_G.DA_FARE, DELL_AGENZIA, "il risultato è definito e aspetta la pubblicazione"),
    ),
    _A.PUBBLICAZIONE_RISULTATO: (
        Notizia(_G.ESITO, RUOLI_DI_DISTRETTO, "il risultato dell'anno è pubblicato"),
    ),
    _A.RIAPERTURA_VERIFICA: (
        Notizia(_G.DA_FARE, VERIFICANO, "la verifica è riaperta per correggere il risultato"),
        Notizia(_G.RESTITUZIONE, DICHIARANO, "la verifica è riaperta per correggere il risultato"),
    ),
}


def avvisa_chiusura(passaggio: PassaggioChiusura) -> None:
    """Tell of a step just taken; to be called in its transaction."""
    chiusura = passaggio.chiusura
    programma, entro = chiusura.programma, chiusura.repliche_entro
    for notizia in NOTIZIE[AzioneChiusura(passaggio.azione)]:
        frase = notizia.frase.format(entro="" if entro is None else al_giorno(entro))
        avvisa(
            genere=notizia.genere,
            programma=programma,
            a=persone_con(programma, notizia.ruoli),
            testo=f"{nome_di(programma)}: {frase}.",
            chiave=f"chiusura/{passaggio.pk}/{notizia.genere}",
            autore=passaggio.utente,
            percorso=pagina_chiusura(programma),
        )
