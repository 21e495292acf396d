"""The declared table of the closing: which action, from which state, by whom, on what conditions, to where.

From it come the buttons, the checks of pages and services, the refusals in words, the actions the API says
are allowed, and the table and the diagram of ``docs/chiusura.md`` (``valutazione.diagramma``).
"""

from dataclasses import dataclass

from distretti.models import Ruolo
from programmi.azione_dichiarata import AzioneDichiarata
from programmi.models import Programma
from programmi.tabella import DELL_AGENZIA, FIRMANO
from valutazione.parole import MOTIVATE, AltraAzioneChiusura, AzioneChiusura, StatoChiusura

_S, _P, _A = StatoChiusura, AzioneChiusura, AltraAzioneChiusura

VERIFICANO = (Ruolo.REFERENTE_ATTIVITA, Ruolo.VERIFICATORE)
DICHIARANO = (Ruolo.MANAGER,)

_AVANTI = (
    _P.TRASMISSIONE_AUTOVALUTAZIONE,
    _P.CONCLUSIONE_VERIFICA,
    _P.DEFINIZIONE_RISULTATO,
    _P.PUBBLICAZIONE_RISULTATO,
)


@dataclass(frozen=True, slots=True)
class Azione(AzioneDichiarata[StatoChiusura, AzioneChiusura | AltraAzioneChiusura]):
    """A row of the table of the closing: of a programme of the year (no variazione) that is approved."""

    @property
    def motivata(self) -> bool:
        """Does the step say why?"""
        return self.codice in MOTIVATE

    @property
    def avanti(self) -> bool:
        """Does it take the closing a step nearer to the published result? (The button that stands out.)"""
        return self.codice in _AVANTI

    def ammessa_da(self, programma: Programma, stato: StatoChiusura) -> bool:
        """Does the state of the closing allow it? The recording of evidence waits for no approval."""
        if programma.variazione or (self.a is not None and not programma.approvato):
            return False
        return stato in self.da

    def rifiuto(self, programma: Programma, stato: StatoChiusura) -> str:
        """Why the state does not allow it, as the person reads it."""
        if programma.variazione:
            return "L'anno si chiude sul programma dell'anno, non su una sua variazione."
        if self.a is not None and not programma.approvato:
            return f"Il programma non è approvato: non si può {self.verbo}."
        return f"L'anno {programma.anno} è nello stato «{stato.etichetta}»: non si può {self.verbo}."


TRASMISSIONE_AUTOVALUTAZIONE = Azione(
    _P.TRASMISSIONE_AUTOVALUTAZIONE,
    (_S.IN_CORSO,),
    _S.AUTOVALUTATA,
    DICHIARANO,
    "Trasmetti l'autovalutazione",
    "trasmettere l'autovalutazione",
    (
        "programma dell'anno, approvato o in attuazione",
        "dall'ultimo giorno dell'esercizio",
        "nessuna evidenza pianificata il cui giorno è arrivato",
        "un commento a ogni azione non valutata",
    ),
)
RESTITUZIONE_AUTOVALUTAZIONE = Azione(
    _P.RESTITUZIONE_AUTOVALUTAZIONE,
    (_S.AUTOVALUTATA,),
    _S.IN_CORSO,
    VERIFICANO,
    "Restituisci l'autovalutazione",
    "restituire l'autovalutazione",
    ("nota", "mai dopo una riapertura: le evidenze restano quelle del risultato"),
)
CONCLUSIONE_VERIFICA = Azione(
    _P.CONCLUSIONE_VERIFICA,
    (_S.AUTOVALUTATA,),
    _S.VERIFICATA,
    VERIFICANO,
    "Concludi la verifica",
    "concludere la verifica",
    ("ogni imputazione è decisa", "l'autorità ha stabilito per l'anno i giorni per le repliche"),
)
DEFINIZIONE_RISULTATO = Azione(
    _P.DEFINIZIONE_RISULTATO,
    (_S.VERIFICATA,),
    _S.DEFINITA,
    DELL_AGENZIA,
    "Definisci il risultato",
    "definire il risultato",
    (
        "i giorni per le repliche sono passati, o a ogni decisione contraria si è replicato o rinunciato "
        "(dopo una riapertura contano quelle prese da allora)",
        "ogni imputazione è decisa e ogni replica ha la sua risposta",
        "mai chi ne ha registrato le evidenze, trasmesso l'autovalutazione o replicato alla verifica",
    ),
)
PUBBLICAZIONE_RISULTATO = Azione(
    _P.PUBBLICAZIONE_RISULTATO,
    (_S.DEFINITA,),
    _S.PUBBLICATA,
    DELL_AGENZIA,
    "Pubblica il risultato",
    "pubblicare il risultato",
    ("atto dal registro degli atti, se c'è",),
)
RIAPERTURA_VERIFICA = Azione(
    _P.RIAPERTURA_VERIFICA,
    (_S.DEFINITA, _S.PUBBLICATA),
    _S.AUTOVALUTATA,
    FIRMANO,
    "Riapri la verifica",
    "riaprire la verifica",
    ("nota", "finché non si pubblica il nuovo risultato, il pubblico legge l'ultimo pubblicato"),
)
TRANSIZIONI = (
    TRASMISSIONE_AUTOVALUTAZIONE,
    CONCLUSIONE_VERIFICA,
    RESTITUZIONE_AUTOVALUTAZIONE,
    DEFINIZIONE_RISULTATO,
    PUBBLICAZIONE_RISULTATO,
    RIAPERTURA_VERIFICA,
)
"""What moves the closing from a state to another, in the order of the buttons."""

REGISTRAZIONE = Azione(
    _A.REGISTRAZIONE,
    (_S.IN_CORSO,),
    None,
    DICHIARANO,
    "Registra un'evidenza",
    "registrare, cambiare o ritirare evidenze",
    ("anche i loro file",),
)
COMMENTO = Azione(
    _A.COMMENTO, (_S.IN_CORSO,), None, DICHIARANO, "Scrivi l'autovalutazione", "scrivere l'autovalutazione"
)
COMPLETAMENTO = Azione(
    _A.COMPLETAMENTO,
    (_S.IN_CORSO, _S.AUTOVALUTATA),
    None,
    VERIFICANO,
    "Completa le regole",
    "completare le regole",
    (
        "solo ciò che la regola lascia all'autorità",
        "mai chi ha registrato le evidenze dell'anno, trasmesso l'autovalutazione o replicato alla verifica",
    ),
)
DECISIONE = Azione(
    _A.DECISIONE,
    (_S.IN_CORSO, _S.AUTOVALUTATA, _S.VERIFICATA),
    None,
    VERIFICANO,
    "Verifica le evidenze",
    "decidere sulle evidenze",
    (
        "mai le proprie",
        "a verifica conclusa, solo rispondendo a una replica di questo giro",
    ),
)
REPLICA = Azione(
    _A.REPLICA,
    (_S.VERIFICATA,),
    None,
    DICHIARANO,
    "Replica alle decisioni",
    "replicare alle decisioni",
    (
        "fino all'ultimo giorno per le repliche, compreso",
        "anche chi era manager l'ultimo giorno dell'esercizio o alla trasmissione e ha poi finito l'incarico",
    ),
)
AZIONI = (*TRANSIZIONI, REGISTRAZIONE, COMMENTO, COMPLETAMENTO, DECISIONE, REPLICA)
"""The whole table."""

PER_CODICE = {azione.codice.value: azione for azione in AZIONI}
