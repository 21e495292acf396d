"""The sum of a line in an Italian sentence: "3 incontri × 20% = 60%"."""

from fractions import Fraction
from typing import assert_never

from distretti.basi.italiano import conta, elenco, numeri_distinti, numero, percentuale
from programmi.regola import (
    LetturaOre,
    RegolaComposta,
    RegolaFasce,
    RegolaManuale,
    RegolaPerDistinti,
    RegolaPerUnita,
    RegolaQuotaOre,
    RegolaUnica,
    conta_tipi,
    nessun_tipo,
)
from valutazione.kernel.somma import ZERO, Somma


def calcolo(somma: Somma) -> str:
    """How ``dichiarato`` comes about, for a line that has a rule."""
    regola = somma.regola
    match regola:
        case RegolaUnica():
            return _unica(regola, somma)
        case RegolaPerUnita():
            if not somma.unita:
                return nessun_tipo(regola.evidenze)
            return _prodotto(conta_tipi(somma.unita, regola.evidenze), regola.percentuale, somma)
        case RegolaFasce():
            return _fasce(regola, somma)
        case RegolaPerDistinti():
            return _per_distinti(regola, somma)
        case RegolaComposta():
            return _composta(regola, somma)
        case RegolaQuotaOre():
            return _quota_ore(regola, somma)
        case RegolaManuale():
            return _manuale(regola, somma)
        case _:
            assert_never(regola)


def ore(cifre: str) -> str:
    """ "1 ora", "8,5 ore" """
    return "1 ora" if cifre == "1" else f"{cifre} ore"


def _al_massimo(somma: Somma) -> str:
    tetto = somma.regola.massimo
    return f", al massimo {percentuale(tetto)}" if somma.grezzo > tetto else ""


def _prodotto(quanti: str, ciascuno: Fraction, somma: Somma) -> str:
    return f"{quanti} × {percentuale(ciascuno)} = {percentuale(somma.grezzo)}{_al_massimo(somma)}"


def _unica(regola: RegolaUnica, somma: Somma) -> str:
    if not somma.quante:
        return nessun_tipo(regola.evidenze)
    basta = (
        ""
        if somma.quante == 1
        else ", ne basta una"
        if regola.evidenze[0].parola.femminile
        else ", ne basta uno"
    )
    quanti = conta_tipi(somma.quante, regola.evidenze)
    return f"{quanti}{basta}: {percentuale(regola.percentuale)}{_al_massimo(somma)}"


def _fasce(regola: RegolaFasce, somma: Somma) -> str:
    if not somma.unita:
        return nessun_tipo(regola.evidenze)
    quanti = conta_tipi(somma.unita, regola.evidenze)
    raggiunte = [fascia for fascia in regola.fasce if fascia.da <= somma.unita]
    if not raggiunte:
        return f"{quanti}: ne servono almeno {regola.fasce[0].da}"
    return f"{quanti}, almeno {raggiunte[-1].da}: {percentuale(somma.grezzo)}{_al_massimo(somma)}"


def _per_distinti(regola: RegolaPerDistinti, somma: Somma) -> str:
    parola = regola.distinti.parola
    quante = len(somma.insieme)
    if not quante:
        return f"nessuna {parola.singolare}"
    return _prodotto(conta(quante, parola.singolare, parola.plurale), regola.percentuale, somma)


def _composta(regola: RegolaComposta, somma: Somma) -> str:
    coperte = [parte for parte in regola.parti if parte.nome in somma.insieme]
    mancanti = [parte.nome for parte in regola.parti if parte.nome not in somma.insieme]
    quante = "nessuna parte" if not coperte else conta(len(coperte), "parte", "parti")
    testo = f"{quante} su {len(regola.parti)}"
    if coperte and (not regola.tutte or not mancanti):
        addendi = " + ".join(f"{parte.nome} {percentuale(parte.percentuale)}" for parte in coperte)
        testo += f": {addendi} = {percentuale(somma.grezzo)}{_al_massimo(somma)}"
    if not mancanti:
        return testo
    separatore = "; " if coperte and not regola.tutte else ": "
    return f"{testo}{separatore}{'manca' if len(mancanti) == 1 else 'mancano'} {elenco(mancanti)}"


def _quota_ore(regola: RegolaQuotaOre, somma: Somma) -> str:
    dovute = regola.ore_dovute
    if dovute is None or regola.ore_previste is None:
        finora = f" (finora {ore(_cifre(somma.ore))})" if somma.ore else ""
        return f"non valutata: le ore previste non sono ancora note{finora}"
    # Hours that are not enough are never written as if they were: "7,999 ore su 8".
    bastano = not somma.ore or somma.ore >= dovute
    fatte_cifre, cifre = (_cifre(somma.ore), numero(dovute)) if bastano else _distinte(somma.ore, dovute)
    fatte = ore(fatte_cifre) if somma.ore else "nessuna ora"
    testo = f"{fatte} su {cifre} {'dovuta' if cifre == '1' else 'dovute'}"
    testo += f" ({percentuale(regola.soglia)} di {numero(regola.ore_previste)})"
    if regola.lettura is LetturaOre.PROPORZIONALE:
        return f"{testo} = {percentuale(somma.grezzo)}{_al_massimo(somma)}" if somma.ore else testo
    if somma.ore < dovute:
        return f"{testo}: soglia non raggiunta"
    return f"{testo}: soglia raggiunta{_al_massimo(somma)}"


def _cifre(quante: Fraction) -> str:
    """Hours > 0 are never written as none."""
    cifre = numero(quante)
    return numeri_distinti(ZERO, quante)[1] if cifre == "0" and quante else cifre


def _distinte(fatte: Fraction, dovute: Fraction) -> tuple[str, str]:
    cifre, cifre_dovute = numeri_distinti(fatte, dovute)
    return (cifre if cifre != "0" else _cifre(fatte)), cifre_dovute


def _manuale(regola: RegolaManuale, somma: Somma) -> str:
    if regola.assegnata is None:
        return "non valutata: la percentuale è ancora da assegnare"
    motivazione = f": {regola.motivazione.strip()}" if regola.motivazione.strip() else ""
    return f"{percentuale(regola.assegnata)} assegnato{_al_massimo(somma)}{motivazione}"
