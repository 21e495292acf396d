"""Middle floor: what was PROMISED and how it was approved."""

from programmi.parole import AzionePassaggio, Riuso, RuoloAttore, TipoCanale

from .atto_citato import AttoCitato
from .classificazione import SchemaClassificazione, VoceClassificazione
from .modello import ModelloAnnuale, RigaModello
from .passaggio import Passaggio
from .progettualita import ClassificazioneProgettualita, Indicatore, Progettualita, Referente
from .programma import Attore, Canale, Programma, StatoProgramma

__all__ = [
    "AttoCitato",
    "Attore",
    "AzionePassaggio",
    "Canale",
    "ClassificazioneProgettualita",
    "Indicatore",
    "ModelloAnnuale",
    "Passaggio",
    "Progettualita",
    "Programma",
    "Referente",
    "RigaModello",
    "Riuso",
    "RuoloAttore",
    "SchemaClassificazione",
    "StatoProgramma",
    "TipoCanale",
    "VoceClassificazione",
]
