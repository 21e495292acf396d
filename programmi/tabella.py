"""The declared table of the procedure: which action, from which state, by whom, on what conditions, to where.

From it come the buttons, the checks of pages and services, the refusals in words, the actions the API says
are allowed, and the table and the diagram of ``docs/procedura.md`` (``programmi.diagramma``).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from distretti.models import Ruolo
from programmi.azione_dichiarata import AzioneDichiarata
from programmi.models.programma import Programma
from programmi.models.stati import STATI_APPROVATI, STATI_MODIFICABILI, StatoProgramma
from programmi.parole import MOTIVATI, AltraAzione, AzionePassaggio

_S, _P, _A = StatoProgramma, AzionePassaggio, AltraAzione

DEL_DISTRETTO = (Ruolo.MANAGER, Ruolo.REFERENTE_AMMINISTRATIVO)
FIRMANO = (Ruolo.DIRIGENTE, Ruolo.SOSTITUTO)
DELL_AGENZIA = (Ruolo.REFERENTE_ATTIVITA, *FIRMANO)

_ESAME = (_S.IN_ESAME, _S.PROPOSTO, _S.ALLA_FIRMA)
_AVANTI = (
    _P.TRASMISSIONE,
    _P.PRESA_IN_CARICO,
    _P.PROPOSTA,
    _P.MESSA_ALLA_FIRMA,
    _P.APPROVAZIONE,
    _P.PUBBLICAZIONE,
)
_NON_LO_STESSO = "nessuno approva ciò che ha scritto, integrato, trasmesso o proposto"


@dataclass(frozen=True, slots=True)
class Azione(AzioneDichiarata[StatoProgramma, AzionePassaggio | AltraAzione]):
    """A row of the table of the procedure."""

    solo_annuali: bool = False

    @property
    def motivata(self) -> bool:
        """Does the step say why?"""
        return self.codice in MOTIVATI

    @property
    def avanti(self) -> bool:
        """Does it take the programme a step nearer to its realisation? (The button that stands out.)"""
        return self.codice in _AVANTI

    def ammessa_da(self, programma: Programma) -> bool:
        """Does the state of ``programma`` allow it?"""
        return programma.stato in self.da and not (self.solo_annuali and programma.variazione)

    def rifiuto(self, programma: Programma) -> str:
        """Why the state does not allow it, as the person reads it."""
        return f"Il programma è nello stato «{programma.get_stato_display()}»: non si può {self.verbo}."


TRASMISSIONE = Azione(
    _P.TRASMISSIONE,
    STATI_MODIFICABILI,
    _S.TRASMESSO,
    (Ruolo.REFERENTE_AMMINISTRATIVO,),
    "Trasmetti all'Agenzia",
    "trasmettere",
    ("programma completo", "delibera sullo Schema", "protocollo del mittente"),
)
PRESA_IN_CARICO = Azione(
    _P.PRESA_IN_CARICO,
    (_S.TRASMESSO,),
    _S.IN_ESAME,
    (Ruolo.REFERENTE_ATTIVITA,),
    "Prendi in carico",
    "prendere in carico",
    ("protocollo del ricevente, se non è già nella trasmissione",),
)
RINVIO = Azione(
    _P.RINVIO,
    (_S.IN_ESAME,),
    _S.INTEGRAZIONI_RICHIESTE,
    (Ruolo.REFERENTE_ATTIVITA,),
    "Chiedi integrazioni",
    "rinviare al distretto",
    ("dice che cosa correggere: una nota o almeno un'osservazione aperta",),
)
PROPOSTA = Azione(
    _P.PROPOSTA,
    (_S.IN_ESAME,),
    _S.PROPOSTO,
    (Ruolo.REFERENTE_ATTIVITA,),
    "Proponi al dirigente",
    "proporre al dirigente",
    ("nessuna osservazione aperta",),
)
RESTITUZIONE = Azione(
    _P.RESTITUZIONE,
    (_S.PROPOSTO, _S.ALLA_FIRMA),
    _S.IN_ESAME,
    FIRMANO,
    "Restituisci all'esame",
    "restituire all'esame",
    ("nota",),
)
MESSA_ALLA_FIRMA = Azione(
    _P.MESSA_ALLA_FIRMA,
    (_S.PROPOSTO,),
    _S.ALLA_FIRMA,
    FIRMANO,
    "Metti alla firma",
    "mettere alla firma",
)
APPROVAZIONE = Azione(
    _P.APPROVAZIONE,
    (_S.ALLA_FIRMA,),
    _S.APPROVATO,
    FIRMANO,
    "Registra l'approvazione",
    "approvare",
    ("numero, data, riferimento e file firmato dal registro degli atti", _NON_LO_STESSO),
)
PUBBLICAZIONE = Azione(
    _P.PUBBLICAZIONE,
    (_S.APPROVATO,),
    _S.IN_ATTUAZIONE,
    DELL_AGENZIA,
    "Registra la pubblicazione",
    "registrare la pubblicazione",
)
RITIRO = Azione(
    _P.RITIRO,
    (_S.TRASMESSO, _S.IN_ESAME, _S.INTEGRAZIONI_RICHIESTE, _S.PROPOSTO),
    _S.RITIRATO,
    (Ruolo.REFERENTE_AMMINISTRATIVO,),
    "Ritira il programma",
    "ritirare",
    ("nota",),
)
RESPINGIMENTO = Azione(
    _P.RESPINGIMENTO,
    (_S.PROPOSTO, _S.ALLA_FIRMA),
    _S.RESPINTO,
    FIRMANO,
    "Respingi il programma",
    "respingere",
    ("numero, data e file firmato dell'atto", "nota"),
)
RIAPERTURA = Azione(
    _P.RIAPERTURA,
    (_S.RITIRATO, _S.RESPINTO),
    _S.BOZZA,
    DEL_DISTRETTO,
    "Riapri la bozza",
    "riaprire la bozza",
    ("le date ripartono da capo, i passaggi restano",),
)
TRANSIZIONI = (
    TRASMISSIONE,
    PRESA_IN_CARICO,
    PROPOSTA,
    RINVIO,
    MESSA_ALLA_FIRMA,
    APPROVAZIONE,
    RESTITUZIONE,
    RESPINGIMENTO,
    PUBBLICAZIONE,
    RITIRO,
    RIAPERTURA,
)
"""What moves the programme from a state to another, in the order of the buttons."""

SCRITTURA = Azione(
    _A.SCRITTURA, STATI_MODIFICABILI, None, DEL_DISTRETTO, "Modifica il programma", "modificare"
)
INTEGRAZIONE = Azione(
    _A.INTEGRAZIONE,
    (_S.IN_ESAME,),
    None,
    (Ruolo.REFERENTE_ATTIVITA,),
    "Integra i dati dell'Agenzia",
    "integrare",
    ("solo i dati, gli elenchi e i testi in capo all'Agenzia",),
)
OSSERVAZIONE = Azione(
    _A.OSSERVAZIONE, _ESAME, None, DELL_AGENZIA, "Aggiungi un'osservazione", "aggiungere osservazioni"
)
REPLICA = Azione(
    _A.REPLICA,
    (_S.INTEGRAZIONI_RICHIESTE,),
    None,
    DEL_DISTRETTO,
    "Replica alle osservazioni",
    "replicare alle osservazioni",
    (
        "a un'osservazione aperta",
        "anche chi era manager o referente alla trasmissione e ha poi finito l'incarico",
    ),
)
CHIUSURA = Azione(_A.CHIUSURA, _ESAME, None, DELL_AGENZIA, "Chiudi le osservazioni", "chiudere osservazioni")
APERTURA_VARIAZIONE = Azione(
    _A.APERTURA_VARIAZIONE,
    STATI_APPROVATI,
    None,
    DEL_DISTRETTO,
    "Apri una variazione",
    "aprire una variazione",
    ("di un programma annuale senza una variazione in corso",),
    solo_annuali=True,
)
AZIONI = (
    *TRANSIZIONI,
    SCRITTURA,
    INTEGRAZIONE,
    OSSERVAZIONE,
    REPLICA,
    CHIUSURA,
    APERTURA_VARIAZIONE,
)
"""The whole table."""

PER_CODICE = {azione.codice.value: azione for azione in AZIONI}

_CAMMINO = (_S.TRASMESSO, _S.IN_ESAME, _S.PROPOSTO, _S.ALLA_FIRMA)
_SALTANO = (_P.RINVIO, _P.PROPOSTA, _P.MESSA_ALLA_FIRMA, _P.APPROVAZIONE, _P.RESPINGIMENTO)


def da_trascrivere(azione: AzionePassaggio) -> tuple[StatoProgramma, ...]:
    """The states from which a *transcribed* step may come.

    The inner steps of an old act are unknown and are never invented: a step of the Agenzia may follow any
    earlier state of the examination (the real programme of 2025 goes from the transmission to its act).
    """
    if azione is _P.VARIAZIONE:
        return STATI_APPROVATI
    da = PER_CODICE[azione.value].da
    return _fino_a(da) if azione in _SALTANO else da


def _fino_a(stati: Iterable[StatoProgramma]) -> tuple[StatoProgramma, ...]:
    ultimo = max(_CAMMINO.index(stato) for stato in stati)
    return _CAMMINO[: ultimo + 1]
