"""Reading the imputazioni of an evidence and their measures."""

from dataclasses import dataclass
from fractions import Fraction
from typing import assert_never

from distretti.basi.lettore import Lettore, citazione, sotto
from programmi.regola import (
    Regola,
    RegolaComposta,
    RegolaFasce,
    RegolaManuale,
    RegolaPerDistinti,
    RegolaPerUnita,
    RegolaQuotaOre,
    RegolaUnica,
    TipoEvidenza,
    leggi_numero,
)
from valutazione.parole import StatoImputazione
from valutazione.scheda.lettura_righe import RigheNote
from valutazione.scheda.misure import effettiva, supera
from valutazione.scheda.modello import (
    Imputazione,
    Misura,
    MisuraOre,
    MisuraOrganizzazioni,
    MisuraParti,
    MisuraUnita,
)

_CHIAVI = frozenset({"indicatore", "stato"})
_FACOLTATIVE = frozenset({"misura", "misura_riconosciuta"})
_RISERVATE = frozenset({"motivazione", "motivo"})


@dataclass(frozen=True, slots=True)
class EvidenzaLetta:
    """What the imputazioni need to know of their evidence."""

    tipo: TipoEvidenza
    organizzazioni: tuple[str, ...]
    pianificata: bool


def leggi_imputazioni(evidenza: Lettore, letta: EvidenzaLetta, righe: RigheNote) -> tuple[Imputazione, ...]:
    viste: set[str] = set()
    lette = []
    for voce in evidenza.oggetti("imputazioni"):
        voce.chiavi(_CHIAVI, _FACOLTATIVE if righe.pubblica else _FACOLTATIVE | _RISERVATE)
        indicatore = voce.testo("indicatore", pieno=True)
        if indicatore and indicatore not in righe.regole:
            if righe.incerte:
                continue
            voce.errore("indicatore", f"{citazione(indicatore)} non è una riga della scheda")
        elif indicatore and indicatore in viste:
            voce.errore("indicatore", f"l'evidenza è già imputata alla riga {citazione(indicatore)}")
        viste.add(indicatore)
        lette.append(leggi_imputazione(voce, indicatore, letta, righe))
    return tuple(lette)


def leggi_imputazione(voce: Lettore, riga: str, letta: EvidenzaLetta, righe: RigheNote) -> Imputazione:
    """One imputazione to ``riga``; not to be used when errors were noted."""
    prima = len(voce.errori)
    stato = voce.scelta("stato", StatoImputazione, StatoImputazione.IN_ATTESA)
    stato_certo = len(voce.errori) == prima and voce.ha("stato")
    if letta.pianificata and stato is not StatoImputazione.IN_ATTESA:
        voce.errore("stato", "un'evidenza pianificata può avere solo imputazioni in_attesa")
    misura: Misura | None = None
    riconosciuta: Misura | None = None
    parziale = False
    if riga in righe.regole and riga not in righe.guaste:
        regola = righe.regole[riga]
        prima = len(voce.errori)
        misura = _leggi_misura(voce, "misura", regola, letta)
        certa = len(voce.errori) == prima
        riconosciuta = _leggi_misura(voce, "misura_riconosciuta", regola, letta)
        dichiarata = effettiva(regola, misura, letta.organizzazioni)
        if riconosciuta is not None and certa and len(voce.errori) == prima:
            parziale = _controlla_riconosciuta(voce, dichiarata, riconosciuta)
    if voce.ha("misura_riconosciuta") and voce.dato("misura_riconosciuta") is None:
        voce.errore("misura_riconosciuta", "non può essere null: se non c'è, la chiave si toglie")
    elif voce.ha("misura_riconosciuta") and stato_certo and stato is not StatoImputazione.ACCOLTA:
        voce.errore("misura_riconosciuta", "è ammessa solo se l'imputazione è accolta")
    motivazione = "" if righe.pubblica else _leggi_motivazione(voce, stato, parziale)
    motivo = "" if righe.pubblica else _leggi_motivo(voce, stato, motivazione)
    return Imputazione(riga, stato, misura, riconosciuta, motivazione, motivo)


def _controlla_riconosciuta(voce: Lettore, dichiarata: Misura | None, riconosciuta: Misura) -> bool:
    """Not more than declared; says whether it is less, that is a partial acceptance."""
    if dichiarata is None:
        voce.errore("misura_riconosciuta", "non c'è una misura dichiarata da riconoscere")
        return False
    if supera(riconosciuta, dichiarata):
        voce.errore("misura_riconosciuta", "è più della misura dichiarata")
        return False
    return supera(dichiarata, riconosciuta)


def _leggi_motivazione(voce: Lettore, stato: StatoImputazione, parziale: bool) -> str:
    motivazione = voce.testo("motivazione")
    scritta = not isinstance(voce.dato("motivazione"), str) and voce.dato("motivazione") is not None
    if motivazione.strip() or scritta:
        return motivazione
    if stato is StatoImputazione.RESPINTA:
        voce.errore("motivazione", "manca la motivazione: chi respinge un'imputazione dice perché")
    elif parziale:
        voce.errore("motivazione", "manca la motivazione: chi riconosce solo una parte dice perché")
    return motivazione


def _leggi_motivo(voce: Lettore, stato: StatoImputazione, motivazione: str) -> str:
    """The code of the reason of a decision; its words stand in ``motivazione``."""
    if not voce.ha("motivo"):
        return ""
    motivo = voce.testo("motivo", pieno=True)
    if stato is StatoImputazione.IN_ATTESA:
        voce.errore("motivo", "è ammesso solo dove c'è una decisione")
    elif not motivazione.strip():
        voce.errore("motivo", "manca la motivazione, che dice le parole del motivo")
    return motivo


def _leggi_misura(voce: Lettore, chiave: str, regola: Regola | None, letta: EvidenzaLetta) -> Misura | None:
    """The measure under a key, ``None`` when absent, null or wrong (and then the errors are noted)."""
    if voce.dato(chiave) is None:
        return None
    if regola is None:
        voce.errore(chiave, "la riga non ha una regola: non c'è niente da misurare")
        return None
    misura = voce.oggetto(chiave)
    if not misura.leggibile:
        return None
    if not misura.dati:
        voce.errore(chiave, "è vuota: se non c'è una misura la chiave si toglie")
        return None
    prima = len(voce.errori)
    lettura = _leggi_misura_di(misura, regola, letta)
    return lettura if len(voce.errori) == prima else None


def _leggi_misura_di(misura: Lettore, regola: Regola, letta: EvidenzaLetta) -> Misura | None:
    match regola:
        case RegolaUnica() | RegolaManuale():
            misura.errore_in(misura.percorso, f"una regola {regola.tipo.value} non ha misura")
            return None
        case RegolaPerUnita() | RegolaFasce():
            return _leggi_unita(misura, letta)
        case RegolaPerDistinti():
            return _leggi_organizzazioni(misura, letta)
        case RegolaComposta():
            return _leggi_parti(misura, regola)
        case RegolaQuotaOre():
            misura.chiavi(frozenset({"ore"}))
            ore = (
                leggi_numero(misura.dato("ore"), sotto(misura.percorso, "ore"), misura.errori)
                if misura.ha("ore")
                else None
            )
            return MisuraOre(ore or Fraction(1))
        case _:
            assert_never(regola)


def _leggi_unita(misura: Lettore, letta: EvidenzaLetta) -> Misura:
    misura.chiavi(frozenset({"unita"}))
    unita = misura.intero("unita") or 1
    if unita > 1 and not letta.tipo.a_unita:
        misura.errore("unita", f"un'evidenza di tipo {letta.tipo.value} vale una sola unità")
    return MisuraUnita(unita)


def _leggi_organizzazioni(misura: Lettore, letta: EvidenzaLetta) -> Misura:
    misura.chiavi(frozenset({"organizzazioni"}))
    if misura.dato("organizzazioni") == []:
        misura.errore("organizzazioni", "serve almeno un'organizzazione")
    lette = misura.testi("organizzazioni", pieni=True, diversi=True)
    dell_evidenza = set(letta.organizzazioni)
    for percorso, dato in misura.elementi("organizzazioni") if not dell_evidenza.issuperset(lette) else ():
        if isinstance(dato, str) and dato in lette and dato not in dell_evidenza:
            misura.errore_in(percorso, f"{citazione(dato)} non è tra le organizzazioni dell'evidenza")
    return MisuraOrganizzazioni(lette)


def _leggi_parti(misura: Lettore, regola: RegolaComposta) -> Misura:
    misura.chiavi(frozenset({"parti"}))
    if misura.dato("parti") == []:
        misura.errore("parti", "serve almeno una parte")
    nomi = {parte.nome for parte in regola.parti}
    lette = misura.testi("parti", pieni=True, diversi=True)
    for percorso, dato in misura.elementi("parti") if not nomi.issuperset(lette) else ():
        if isinstance(dato, str) and dato in lette and dato not in nomi:
            misura.errore_in(percorso, f"{citazione(dato)} non è una parte della regola")
    return MisuraParti(lette)
