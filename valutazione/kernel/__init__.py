"""The scoring kernel: pure functions from a scheda to its evaluation (contract: "The values", "The result").

No ORM, no clock, no settings. ``valuta(scheda) -> Esito``; ``esito_json(esito, sha256) -> dict`` is
``esito-valutazione/1``; ``valuta_documento(documento) -> dict`` does both on a document.

The tree that pages, PDF and API show::

    esito.programma.valori.dichiarato / .riconosciuto / .prospettico     Fraction 0–100, None = non valutata
    esito.programma.obbligatorie, .progettualita                         Valori
    esito.programma.incompleta
    esito.azioni                                                         tuple[EsitoAzione]
    esito.azione("P1"), esito.azioni_per_codice, esito.righe["1.1"]
    azione.codice, .obbligatoria, .valori, .peso, .incompleta, .righe
    riga.codice, .valori, .peso, .massimo, .incompleta, .calcolo
    riga.conteggiate        .evidenza .stato .misura .misura_riconosciuta .dichiarato .riconosciuto (Decimal)
    riga.oltre_il_massimo   .evidenza .stato .misura
    riga.scartate           .evidenza .motivo (Motivo: .etichetta) .dettaglio .pianificata
    riga.manca              None, or .misura .possibile .frase

``valori(materia) -> ValoriScheda`` is the same evaluation without the explanation: equal values, the same
judgement of every imputazione. ``materia_di`` makes it of a scheda; who reads many brings leaner objects.

``evidenza`` is always the code of the evidence in the scheda.
"""

from valutazione.kernel.di_scheda import materia_di
from valutazione.kernel.esito import (
    NON_VALUTATA,
    Conteggiata,
    Esito,
    EsitoAzione,
    EsitoProgramma,
    EsitoRiga,
    Manca,
    Motivo,
    OltreIlMassimo,
    Scartata,
    Valori,
    ValoriAzione,
    ValoriRiga,
    ValoriScheda,
)
from valutazione.kernel.giudizio import credito
from valutazione.kernel.materia import Azione, Credito, Imputata, Materia
from valutazione.kernel.scrittura import FORMATO_ESITO, esito_json, valori_json, valuta_documento
from valutazione.kernel.valuta import valori, valuta

VERSIONE = "1"
"""Changes whenever the same scheda could give another result."""

__all__ = [
    "FORMATO_ESITO",
    "NON_VALUTATA",
    "VERSIONE",
    "Azione",
    "Conteggiata",
    "Credito",
    "Esito",
    "EsitoAzione",
    "EsitoProgramma",
    "EsitoRiga",
    "Imputata",
    "Manca",
    "Materia",
    "Motivo",
    "OltreIlMassimo",
    "Scartata",
    "Valori",
    "ValoriAzione",
    "ValoriRiga",
    "ValoriScheda",
    "credito",
    "esito_json",
    "materia_di",
    "valori",
    "valori_json",
    "valuta",
    "valuta_documento",
]
