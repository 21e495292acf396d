"""A document on its way into the database, and what is said of it at the end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from distretti.basi.lettore import Errore
from programmi.models import Programma

Documento = Mapping[str, Any]


class EsitoImportazione(StrEnum):
    CREATO = "creato"
    SOSTITUITO = "sostituito"
    INVARIATO = "invariato"


@dataclass(frozen=True)
class Importato:
    """What an import did with one document, for the person who asked."""

    nome: str
    riferimento: str
    esito: EsitoImportazione
    distretto_nuovo: str = ""
    organizzazioni_nuove: tuple[str, ...] = ()
    distretti_da_completare: tuple[str, ...] = ()
    """Districts that the register now knows only because a referent names them."""
    conservato: tuple[Errore, ...] = ()
    """Where the programme keeps what its scheda says otherwise than the register."""
    installazione_segnata: bool = False
    """The import marked the installation, which was empty, as a demonstration."""


class ImportazioneRifiutata(Exception):
    """Nothing was written. ``errori``: name of the document, and what is wrong in it."""

    def __init__(self, errori: Sequence[tuple[str, Errore]]) -> None:
        self.errori = list(errori)
        super().__init__("\n".join(f"{nome}: {errore}" for nome, errore in self.errori))


@dataclass
class Ingresso:
    """``scheda`` may be looked into only once it is ``leggibile``."""

    nome: str
    scheda: Documento
    errori: list[Errore] = field(default_factory=list)
    leggibile: bool = False
    esistente: Programma | None = None
    distretto_nuovo: bool = False
    organizzazioni_nuove: list[str] = field(default_factory=list)
    distretti_da_completare: list[str] = field(default_factory=list)
    conservato: list[Errore] = field(default_factory=list)
    esito: EsitoImportazione = EsitoImportazione.CREATO

    @property
    def distretto(self) -> str:
        codice: str = self.scheda["distretto"]["codice"]
        return codice

    @property
    def anno(self) -> int:
        return int(self.scheda["dal"][:4])

    @property
    def riferimento(self) -> str:
        return f"{self.distretto}/{self.anno}"

    @property
    def ambito(self) -> str:
        """What makes a code of this programme its own."""
        return f"{self.distretto}-{self.anno}"

    @property
    def importato(self) -> Importato:
        return Importato(
            self.nome,
            self.riferimento,
            self.esito,
            self.distretto if self.distretto_nuovo else "",
            tuple(self.organizzazioni_nuove),
            tuple(self.distretti_da_completare),
            tuple(self.conservato),
        )

    def rifiuta(self, percorso: str, messaggio: str) -> None:
        self.errori.append(Errore(percorso, messaggio))
