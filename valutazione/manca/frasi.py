"""The sentences of "cosa manca": the kernel's, made whole with what the rule asks and what it brings."""

from datetime import date
from fractions import Fraction

from distretti.basi.italiano import al_percento, conta, il_giorno, percentuale
from programmi.regola import (
    Regola,
    RegolaManuale,
    RegolaPerDistinti,
    RegolaQuotaOre,
    campi_richiesti,
    presenze_richieste,
    tipi_plurale,
    tipi_singolare,
)
from valutazione.kernel import EsitoRiga, Manca
from valutazione.parole import StatoImputazione

IN_ATTESA = StatoImputazione.IN_ATTESA


def maiuscola(testo: str) -> str:
    return f"{testo[:1].upper()}{testo[1:]}"


def intera(regola: Regola, manca: Manca, adesso: Fraction, poi: Fraction) -> str:
    """ "Mancano 2 incontri con la presenza del Coordinatore istituzionale: ora 60%, poi 100%." """
    pezzi = [f"{maiuscola(manca.frase)}{_di_che_cosa(regola, manca)}"]
    if presenze := presenze_richieste(regola):
        pezzi.append(f" {presenze}")
    if regola.entro is not None:
        pezzi.append(f", entro {il_giorno(regola.entro)}")
    quanto = f"ora {percentuale(adesso)}, poi {percentuale(poi)}"
    # "Manca: calendario editoriale" has its colon already.
    return f"{''.join(pezzi)} ({quanto})." if ":" in manca.frase else f"{''.join(pezzi)}: {quanto}."


def _di_che_cosa(regola: Regola, manca: Manca) -> str:
    """What the kernel's sentence leaves to the rule: hours of what, organisations involved in what."""
    if isinstance(regola, RegolaQuotaOre):
        return f" di {tipi_plurale(regola.evidenze)}"
    if isinstance(regola, RegolaPerDistinti):
        coinvolte = "coinvolta" if manca.organizzazioni == 1 else "coinvolte"
        return f", {coinvolte} in {tipi_plurale(regola.evidenze)}"
    return ""


def impossibile(manca: Manca, adesso: Fraction) -> str:
    return f"{maiuscola(manca.frase)}: resta {al_percento(adesso)}."


def campi(regola: Regola) -> str:
    """What each evidence must say, "" when the rule asks for nothing."""
    richiesti = campi_richiesti(regola)
    return f"Ogni evidenza si registra {richiesti}." if richiesti else ""


def termine(ultimo: date) -> str:
    return f"Il termine era {il_giorno(ultimo)}."


def previste(quante: int, fino: Fraction) -> str:
    avvengono = "evidenza pianificata avviene" if quante == 1 else "evidenze pianificate avvengono"
    quali = "l'" if quante == 1 else f"le {quante} "
    return f"Se {quali}{avvengono}, la riga arriva {al_percento(fino)}."


def sanate(quante: int, fino: Fraction, resta: Manca | None) -> str:
    """What is gained by completing what is there already, and what would lack after."""
    inizio = "Completando " + conta(quante, "evidenza che oggi non conta", "evidenze che oggi non contano")
    poi = "" if resta is None else f"; poi {resta.frase}"
    return f"{inizio}, la riga arriva {al_percento(fino)}{poi}."


def in_attesa(riga: EsitoRiga) -> str:
    """How much waits for the verification; "" when nothing does."""
    stati = [v.stato for v in riga.conteggiate] + [v.stato for v in riga.oltre_il_massimo]
    attendono = stati.count(IN_ATTESA)
    if not attendono or riga.valori.riconosciuto is None or riga.valori.dichiarato is None:
        return ""
    quante = conta(attendono, "evidenza aspetta", "evidenze aspettano")
    finora = f"riconosciuto finora {percentuale(riga.valori.riconosciuto)}"
    return f"{quante} la verifica dell'Agenzia: {finora}, dichiarato {percentuale(riga.valori.dichiarato)}."


def incompleta(regola: Regola) -> str:
    """What the Agenzia has not said yet."""
    if isinstance(regola, RegolaManuale):
        cosa = "non ha ancora assegnato la percentuale"
    else:
        cosa = f"non ha ancora comunicato le ore di {tipi_singolare(regola.evidenze)} previste"
    return f"L'Agenzia {cosa}: la riga non è valutata e non entra nelle medie."
