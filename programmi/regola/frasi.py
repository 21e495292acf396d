"""The Italian sentence of a rule, as an official would write it in the act."""

from typing import assert_never

from distretti.basi.italiano import al_percento, conta, elenco, il_giorno, il_percento, numero, percentuale
from programmi.regola.forme import (
    Regola,
    RegolaComposta,
    RegolaComune,
    RegolaFasce,
    RegolaManuale,
    RegolaPerDistinti,
    RegolaPerUnita,
    RegolaQuotaOre,
    RegolaUnica,
)
from programmi.regola.tipi import Distinti, LetturaOre, TipoEvidenza


def tipi_singolare(tipi: tuple[TipoEvidenza, ...]) -> str:
    """ "post o mail" """
    return elenco([tipo.singolare for tipo in tipi], "o")


def tipi_plurale(tipi: tuple[TipoEvidenza, ...]) -> str:
    """ "post, mail o newsletter" """
    return elenco([tipo.plurale for tipo in tipi], "o")


def conta_tipi(quanti: int, tipi: tuple[TipoEvidenza, ...]) -> str:
    """ "1 incontro", "4 post o mail" """
    return conta(quanti, tipi_singolare(tipi), tipi_plurale(tipi))


def un_tipo(tipo: TipoEvidenza) -> str:
    """With the indeterminate article: "un incontro", "una relazione", "un'evidenza di altro tipo"."""
    nome = tipo.singolare
    if tipo.parola.femminile:
        return f"un'{nome}" if nome[0] in "aeiou" else f"una {nome}"
    return f"un {nome}"


def il_tipo(tipo: TipoEvidenza) -> str:
    """With the determinate article: "l'incontro", "la relazione", "il post"."""
    nome = tipo.singolare
    if nome[0] in "aeiou":
        return f"l'{nome}"
    return f"la {nome}" if tipo.parola.femminile else f"il {nome}"


def nessun_tipo(tipi: tuple[TipoEvidenza, ...]) -> str:
    """ "nessun incontro", "nessuna relazione", "nessun'attività di formazione", "nessun post o mail" """
    nomi = tipi_singolare(tipi)
    if not tipi[0].parola.femminile:
        return f"nessun {nomi}"
    return f"nessun'{nomi}" if nomi[0] in "aeiou" else f"nessuna {nomi}"


def frase(regola: Regola) -> str:
    """The rule in one Italian sentence: "20% per ogni incontro, fino al 100%"."""
    pezzi = [_nucleo(regola)]
    if _mostra_massimo(regola):
        pezzi.append(f"fino {al_percento(regola.massimo)}")
    pezzi += _condizioni(regola)
    return ", ".join(pezzi)


def _nucleo(regola: Regola) -> str:
    match regola:
        case RegolaUnica():
            tipi = elenco([un_tipo(tipo) for tipo in regola.evidenze], "o")
            return f"{percentuale(regola.percentuale)} con almeno {tipi}"
        case RegolaPerUnita():
            return f"{percentuale(regola.percentuale)} per ogni {tipi_singolare(regola.evidenze)}"
        case RegolaFasce():
            return elenco(
                [
                    f"{percentuale(f.percentuale)} con almeno {conta_tipi(f.da, regola.evidenze)}"
                    for f in regola.fasce
                ]
            )
        case RegolaPerDistinti():
            return _nucleo_per_distinti(regola)
        case RegolaComposta():
            return _nucleo_composta(regola)
        case RegolaQuotaOre():
            return _nucleo_quota_ore(regola)
        case RegolaManuale():
            if regola.assegnata is None:
                return "percentuale assegnata con motivazione, ancora da assegnare"
            return f"percentuale assegnata con motivazione: {percentuale(regola.assegnata)}"
        case _:
            assert_never(regola)


def _nucleo_per_distinti(regola: RegolaPerDistinti) -> str:
    chi = regola.distinti.parola.singolare
    quando = (
        " (aderente nel giorno dell'evidenza)" if regola.distinti is Distinti.ORGANIZZAZIONE_ADERENTE else ""
    )
    dove = elenco([tipo.plurale for tipo in regola.evidenze], "o")
    return f"{percentuale(regola.percentuale)} per ogni diversa {chi} coinvolta in {dove}{quando}"


def _nucleo_composta(regola: RegolaComposta) -> str:
    parti = elenco([f"{parte.nome} ({percentuale(parte.percentuale)})" for parte in regola.parti])
    fonte = elenco([tipo.plurale for tipo in regola.evidenze], "o")
    totale = percentuale(sum(parte.percentuale for parte in regola.parti))
    if len(regola.parti) == 1:
        return (
            f"{percentuale(regola.parti[0].percentuale)} per {regola.parti[0].nome}, documentato da {fonte}"
        )
    if regola.tutte:
        return f"{totale} con tutte le parti: {parti}, documentate da {fonte}"
    return f"per ogni parte la sua percentuale: {parti}, documentate da {fonte}"


def _nucleo_quota_ore(regola: RegolaQuotaOre) -> str:
    soglia = il_percento(regola.soglia)
    if regola.ore_previste is None or regola.ore_dovute is None:
        ore = "delle ore previste (ancora da comunicare)"
    else:
        dovute = numero(regola.ore_dovute)
        previste = numero(regola.ore_previste)
        ore = "dell'unica ora prevista" if previste == "1" else f"delle {previste} ore previste"
        ore += f" ({'dovuta 1 ora' if dovute == '1' else f'dovute {dovute} ore'})"
    dove = elenco([tipo.plurale for tipo in regola.evidenze], "o")
    if regola.lettura is LetturaOre.SOGLIA:
        return f"100% con almeno {soglia} {ore} in {dove}"
    return f"in proporzione alle ore di {dove}, 100% con {soglia} {ore}"


def _mostra_massimo(regola: Regola) -> bool:
    """Where the form can go over the cap, or the cap was lowered."""
    return isinstance(regola, RegolaPerUnita | RegolaPerDistinti) or regola.massimo != 100


def _condizioni(regola: RegolaComune) -> list[str]:
    condizioni = [testo for testo in (presenze_richieste(regola), campi_richiesti(regola)) if testo]
    if regola.entro is not None:
        condizioni.append(f"entro {il_giorno(regola.entro)}")
    if regola.obiettivo is not None:
        condizioni.append(f"obiettivo dell'atto: {regola.obiettivo}")
    return condizioni


def presenze_richieste(regola: RegolaComune) -> str:
    """ "con la presenza del Manager territoriale", "" when nobody has to be there."""
    uffici = [ufficio.del_ufficio for ufficio in regola.presenze]
    return f"con la presenza {elenco(uffici)}" if uffici else ""


def campi_richiesti(regola: RegolaComune) -> str:
    """ "indicando l'argomento e le persone o le organizzazioni", "" when nothing is required."""
    campi = [elenco([campo.con_articolo for campo in gruppo], "o") for gruppo in regola.campi]
    return f"indicando {elenco(campi)}" if campi else ""
