"""What is missing for a line to reach the highest its rule can give."""

from fractions import Fraction
from typing import assert_never

from distretti.basi.italiano import conta, elenco, il_giorno, numero_per_eccesso
from programmi.regola import (
    CENTO,
    Distinti,
    LetturaOre,
    RegolaComposta,
    RegolaFasce,
    RegolaManuale,
    RegolaPerDistinti,
    RegolaPerUnita,
    RegolaQuotaOre,
    RegolaUnica,
    TipoEvidenza,
    conta_tipi,
    il_tipo,
    un_tipo,
)
from valutazione.kernel.calcolo import ore
from valutazione.kernel.contesto import Contesto
from valutazione.kernel.esito import Manca
from valutazione.kernel.somma import ZERO, Somma, massimo_di
from valutazione.scheda.modello import Riga


def manca(contesto: Contesto, riga: Riga, somma: Somma) -> Manca | None:
    """``None`` when nothing is missing, or when no evidence could bring anything."""
    regola = somma.regola
    obiettivo = massimo_di(regola)
    if somma.valore >= obiettivo:
        return None
    possibile = contesto.ultimo_giorno(riga, regola) is not None
    match regola:
        case RegolaUnica():
            return Manca(frase=_manca_tipo(regola.evidenze), possibile=possibile)
        case RegolaPerUnita():
            unita = _quanti(obiettivo, regola.percentuale) - somma.unita
            return Manca(frase=_mancano_tipi(unita, regola.evidenze), possibile=possibile, unita=unita)
        case RegolaFasce():
            unita = min(f.da for f in regola.fasce if f.percentuale >= obiettivo) - somma.unita
            return Manca(frase=_mancano_tipi(unita, regola.evidenze), possibile=possibile, unita=unita)
        case RegolaPerDistinti():
            return _manca_distinti(contesto, riga, regola, somma)
        case RegolaComposta():
            parti = _parti_mancanti(regola, somma, obiettivo)
            return Manca(frase=_mancano_parti(parti), possibile=possibile, parti=parti)
        case RegolaQuotaOre():
            return _manca_ore(regola, somma, obiettivo, possibile)
        case RegolaManuale():
            return None
        case _:
            assert_never(regola)


def _quanti(obiettivo: Fraction, ciascuno: Fraction) -> int:
    """How many of them reach it: the quotient, rounded up."""
    return -(-obiettivo // ciascuno)


def _manca_tipo(tipi: tuple[TipoEvidenza, ...]) -> str:
    if len(tipi) == 1:
        return f"manca {il_tipo(tipi[0])}"
    return f"manca {elenco([un_tipo(tipo) for tipo in tipi], 'o')}"


def _mancano(quanti: int) -> str:
    return "manca" if quanti == 1 else "mancano"


def _mancano_tipi(quanti: int, tipi: tuple[TipoEvidenza, ...]) -> str:
    return f"{_mancano(quanti)} {conta_tipi(quanti, tipi)}"


def _manca_distinti(contesto: Contesto, riga: Riga, regola: RegolaPerDistinti, somma: Somma) -> Manca:
    quante = _quanti(massimo_di(regola), regola.percentuale) - len(somma.insieme)
    parola = regola.distinti.parola
    frase = f"{_mancano(quante)} {conta(quante, parola.singolare, parola.plurale)}"
    ultimo = contesto.ultimo_giorno(riga, regola)
    if ultimo is None:
        return Manca(frase=frase, possibile=False, organizzazioni=quante)
    if regola.distinti is Distinti.ORGANIZZAZIONE_ADERENTE:
        libere = contesto.aderenti_ancora_liberi(somma.insieme, ultimo)
        if libere < quante:
            restano = {0: "non ne resta nessuna", 1: "ne resta una sola"}.get(
                libere, f"ne restano solo {libere}"
            )
            frase += f", ma {il_giorno(ultimo)} {restano}"
            return Manca(frase=frase, possibile=False, organizzazioni=quante)
    return Manca(frase=frase, organizzazioni=quante)


def _parti_mancanti(regola: RegolaComposta, somma: Somma, obiettivo: Fraction) -> tuple[str, ...]:
    """The fewest parts that are enough; with ``tutte``, all that are not covered."""
    scoperte = [parte for parte in regola.parti if parte.nome not in somma.insieme]
    if regola.tutte:
        return tuple(parte.nome for parte in scoperte)
    raggiunto = sum((parte.percentuale for parte in regola.parti if parte.nome in somma.insieme), ZERO)
    scelte: set[str] = set()
    for parte in sorted(scoperte, key=lambda parte: -parte.percentuale):
        if raggiunto >= obiettivo:
            break
        raggiunto += parte.percentuale
        scelte.add(parte.nome)
    return tuple(parte.nome for parte in scoperte if parte.nome in scelte)


def _mancano_parti(parti: tuple[str, ...]) -> str:
    """The parts as the act names them: a label, so that no article has to be guessed."""
    return f"{_mancano(len(parti))}: {elenco(parti)}"


def _manca_ore(regola: RegolaQuotaOre, somma: Somma, obiettivo: Fraction, possibile: bool) -> Manca | None:
    dovute = regola.ore_dovute
    if dovute is None:
        return None
    if regola.lettura is LetturaOre.PROPORZIONALE:
        dovute = dovute * obiettivo / CENTO
    quante = dovute - somma.ore
    cifre = numero_per_eccesso(quante)
    return Manca(
        frase=f"{'manca' if cifre == '1' else 'mancano'} {ore(cifre)}", possibile=possibile, ore=quante
    )
