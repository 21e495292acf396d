"""Invented words: long and varied like those of a real programme, with accents, and naming no person."""

from random import Random

TIPI_AZIONE = (
    "AZIONI DI GOVERNANCE",
    "ATTIVITÀ INTERDISTRETTUALI",
    "IBRIDAZIONE DELLE POLITICHE",
    "PROGETTO STRATEGICO",
    "",
)
AMBITI = (
    "conciliazione",
    "comunità educante",
    "comunicazione",
    "welfare aziendale",
    "mobilità sostenibile",
    "",
)
COSE = (
    "Guida ai servizi",
    "Festa delle famiglie",
    "Tavolo della conciliazione",
    "Bilancio di comunità",
    "Rete dei doposcuola",
    "Percorso sulla genitorialità",
    "Mappa dell'accessibilità",
    "Sportello di prossimità",
)
LUOGHI = (
    "Valle Alta",
    "Piana del Larice",
    "Ponte Novo",
    "Conca d'Oro",
    "Riva dei Salici",
    "Sélva",
    "Pré Lungo",
    "Monte Perché",
)
SPECIE = (
    "Comune di",
    "Cooperativa sociale",
    "Associazione",
    "Azienda per il turismo",
    "Istituto comprensivo",
    "Cassa rurale",
)
FRASI = (
    "Si raccolgono i bisogni delle famiglie e si confrontano con i servizi già attivi sul territorio.",
    "Le organizzazioni aderenti mettono a disposizione spazi, tempi e competenze.",
    "Il gruppo di lavoro si riunisce ogni due mesi e tiene un verbale di ciò che decide.",
    "Si diffonde il materiale informativo nei luoghi più frequentati, anche in forma accessibile.",
    "Al termine si pubblica una relazione con i risultati raggiunti e le difficoltà incontrate.",
    "Si promuove la partecipazione delle nuove generazioni alla vita della comunità.",
)
TEMPI = ("entro dicembre", "da marzo a giugno", "tutto l'anno", "secondo semestre", "")


def frasi(caso: Random, quante: int) -> str:
    """``quante`` sentences, about ninety characters each."""
    return " ".join(caso.choices(FRASI, k=quante))


def titolo(caso: Random, numero: int) -> str:
    return f"{caso.choice(COSE)} di {caso.choice(LUOGHI)} ({numero})"


def organizzazione(caso: Random, numero: int) -> str:
    return f"{caso.choice(SPECIE)} {caso.choice(LUOGHI)} {numero}"
