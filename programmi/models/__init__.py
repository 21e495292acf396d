"""Middle floor: what was PROMISED and how it was approved."""

from programmi.parole import AzionePassaggio, Riuso, RuoloAttore, TipoCanale

from .atto_citato import AttoCitato
from .attori import Attore, Canale
from .avviso import Avviso, GenereAvviso, PreferenzaAvvisi
from .classificazione import SchemaClassificazione, VoceClassificazione
from .modello import ModelloAnnuale, RigaModello
from .osservazione import Osservazione, Replica, StatoOsservazione
from .passaggio import Passaggio
from .progettualita import ClassificazioneProgettualita, Indicatore, Progettualita, Referente
from .programma import Programma
from .scadenza import Scadenza
from .stati import STATI_APPROVATI, STATI_CHIUSI, STATI_MODIFICABILI, StatoProgramma, pubblici
from .versione import GenereVersione, Versione

__all__ = [
    "STATI_APPROVATI",
    "STATI_CHIUSI",
    "STATI_MODIFICABILI",
    "AttoCitato",
    "Attore",
    "Avviso",
    "AzionePassaggio",
    "Canale",
    "ClassificazioneProgettualita",
    "GenereAvviso",
    "GenereVersione",
    "Indicatore",
    "ModelloAnnuale",
    "Osservazione",
    "Passaggio",
    "PreferenzaAvvisi",
    "Progettualita",
    "Programma",
    "Referente",
    "Replica",
    "RigaModello",
    "Riuso",
    "RuoloAttore",
    "Scadenza",
    "SchemaClassificazione",
    "StatoOsservazione",
    "StatoProgramma",
    "TipoCanale",
    "Versione",
    "VoceClassificazione",
    "pubblici",
]
