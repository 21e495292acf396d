"""The parts of the scheda that come from the act and its procedure, as they are printed there."""

from dataclasses import dataclass
from datetime import date

from distretti.parole import TipoAtto
from programmi.parole import AzionePassaggio, RuoloAttore, TipoCanale


@dataclass(frozen=True, slots=True)
class Fonte:
    """The published act the document was transcribed from."""

    ente: str
    atto: str
    numero: str
    data: date
    nota: str = ""


@dataclass(frozen=True, slots=True)
class DatiDistretto:
    """ "DATI DEL DISTRETTO" as printed."""

    anno_nascita: int | None = None
    approvazione: str = ""
    accordo: str = ""


@dataclass(frozen=True, slots=True)
class Attore:
    ruolo: RuoloAttore
    nome: str = ""
    qualifica: str = ""
    mail: str = ""
    telefono: str = ""


@dataclass(frozen=True, slots=True)
class Canale:
    tipo: TipoCanale
    etichetta: str = ""
    valore: str = ""


@dataclass(frozen=True, slots=True)
class Atto:
    codice: str
    tipo: TipoAtto
    ente: str
    numero: str = ""
    data: date | None = None
    oggetto: str = ""
    riferimento: str = ""


@dataclass(frozen=True, slots=True)
class Passaggio:
    azione: AzionePassaggio
    il: date
    atto: str | None = None
    protocollo_mittente: str = ""
    protocollo_ricevente: str = ""
    nota: str = ""
