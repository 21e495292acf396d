"""The writes of the ground floor: the register and its acts."""

from .adesioni import cancella_adesione, registra_adesione
from .atti import DatiAtto, registra_atto
from .distretti import cambia_capofila, chiudi, costituisci, crea_distretto, rinomina
from .marchi import (
    DatiCertificazione,
    modifica_certificazione,
    registra_certificazione,
    revoca_certificazione,
    rinnova_certificazione,
)
from .organizzazioni import (
    DatiOrganizzazione,
    OrganizzazioniSimili,
    crea_organizzazione,
    modifica_organizzazione,
)
from .unione import SceltaAdesioni, unisci_organizzazioni

__all__ = [
    "DatiAtto",
    "DatiCertificazione",
    "DatiOrganizzazione",
    "OrganizzazioniSimili",
    "SceltaAdesioni",
    "cambia_capofila",
    "cancella_adesione",
    "chiudi",
    "costituisci",
    "crea_distretto",
    "crea_organizzazione",
    "modifica_certificazione",
    "modifica_organizzazione",
    "registra_adesione",
    "registra_atto",
    "registra_certificazione",
    "revoca_certificazione",
    "rinnova_certificazione",
    "rinomina",
    "unisci_organizzazioni",
]
