"""Ground floor: WHO. Authorities, districts, organisations, memberships, marks, people, acts."""

from distretti.parole import Natura, TipoAtto, TipoDistretto

from .atto import Atto
from .autorita import Autorita, DatoDichiarato, Installazione, Struttura
from .distretto import Adesione, Distretto, StatoDistretto
from .marchio import Certificazione, Marchio
from .organizzazione import AliasOrganizzazione, Organizzazione
from .token import DURATA_MASSIMA, DURATA_PREDEFINITA, TokenLettura
from .tracciato import Identita, Parte, ParteQuerySet, Ritiro, Tracciato, TracciatoQuerySet, indice_modificato
from .utente import RUOLI_DI_AUTORITA, RUOLI_DI_DISTRETTO, Incarico, Ruolo, Utente

__all__ = [
    "DURATA_MASSIMA",
    "DURATA_PREDEFINITA",
    "RUOLI_DI_AUTORITA",
    "RUOLI_DI_DISTRETTO",
    "Adesione",
    "AliasOrganizzazione",
    "Atto",
    "Autorita",
    "Certificazione",
    "DatoDichiarato",
    "Distretto",
    "Identita",
    "Incarico",
    "Installazione",
    "Marchio",
    "Natura",
    "Organizzazione",
    "Parte",
    "ParteQuerySet",
    "Ritiro",
    "Ruolo",
    "StatoDistretto",
    "Struttura",
    "TipoAtto",
    "TipoDistretto",
    "TokenLettura",
    "Tracciato",
    "TracciatoQuerySet",
    "Utente",
    "indice_modificato",
]
