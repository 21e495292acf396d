"""Ground floor: WHO. Authorities, districts, organisations, memberships, marks, people, acts."""

from distretti.parole import Natura, TipoAtto, TipoDistretto

from .annotazione import AnnotazioneDistretto, AttoAnnotato, CampoAnnotato
from .atto import Atto
from .autorita import Autorita, DatoDichiarato, Installazione, Struttura
from .congelata import Congelata, CongelataQuerySet, RigaCongelata
from .distretto import Adesione, Distretto, StatoDistretto
from .evento import Annotabile, DatiEvento, Evento, OggettoEvento, TestaRegistro
from .importazione import ImportazioneRegistro
from .invito import GenereInvito, Invito
from .marchio import Certificazione, Marchio
from .organizzazione import AliasOrganizzazione, CodicePrecedente, Organizzazione, codici_attuali
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
    "Annotabile",
    "AnnotazioneDistretto",
    "Atto",
    "AttoAnnotato",
    "Autorita",
    "CampoAnnotato",
    "Certificazione",
    "CodicePrecedente",
    "Congelata",
    "CongelataQuerySet",
    "DatiEvento",
    "DatoDichiarato",
    "Distretto",
    "Evento",
    "GenereInvito",
    "Identita",
    "ImportazioneRegistro",
    "Incarico",
    "Installazione",
    "Invito",
    "Marchio",
    "Natura",
    "OggettoEvento",
    "Organizzazione",
    "Parte",
    "ParteQuerySet",
    "RigaCongelata",
    "Ritiro",
    "Ruolo",
    "StatoDistretto",
    "Struttura",
    "TestaRegistro",
    "TipoAtto",
    "TipoDistretto",
    "TokenLettura",
    "Tracciato",
    "TracciatoQuerySet",
    "Utente",
    "codici_attuali",
    "indice_modificato",
]
