"""What a random scheda really reaches: without it, an agreement over 5,000 schede may say nothing."""

from collections.abc import Iterator

from programmi.regola import TipoRegola
from tests.kernel.costruzione import Json
from tests.verificatore.strategie import imputazioni_di, righe_di
from valutazione.kernel import Motivo

ATTESI = {
    *(f"scarto {motivo.value}" for motivo in Motivo),
    *(f"conta {tipo.value}" for tipo in TipoRegola if tipo is not TipoRegola.MANUALE),
    *(f"manca {misura}" for misura in ("{}", "unita", "ore", "organizzazioni", "parti")),
    *(f"riuso {riuso}" for riuso in ("ammesso", "una_volta_per_azione", "una_volta")),
    "manuale assegnata",
    "senza regola",
    "senza contributo",
    "incompleta",
    "non valutato",
    "frazione",
    "pesi di riga",
    "pesi di azione",
    "composta senza tutte",
    "ore in proporzione",
    "massimo sotto 100",
    "entro",
    "date di riga",
    "pianificata che conta",
    "pianificata scartata",
    "accolta in parte",
    "oltre il massimo",
    "non aderente fra aderenti",
    "non possibile",
    "quota zero",
}


def tratti(documento: Json, esito: Json) -> set[str]:
    """The features that appear in a scheda and in its evaluation."""
    return {*_del_programma(documento, esito), *_delle_regole(documento), *_delle_righe(documento, esito)}


def _del_programma(documento: Json, esito: Json) -> Iterator[str]:
    yield f"riuso {documento.get('riuso', 'ammesso')}"
    if not documento["richiede_contributo"]:
        yield "senza contributo"
    if esito["programma"]["incompleta"]:
        yield "incompleta"
    if esito["programma"]["dichiarato"] is None:
        yield "non valutato"
    if any("misura_riconosciuta" in imputazione for imputazione in imputazioni_di(documento)):
        yield "accolta in parte"
    if any("peso" in progettualita for progettualita in documento["progettualita"]):
        yield "pesi di azione"


def _delle_regole(documento: Json) -> Iterator[str]:
    for riga in righe_di(documento):
        regola = riga["regola"] or {}
        condizioni = {
            "senza regola": not regola,
            "pesi di riga": "peso" in riga,
            "date di riga": "dal" in riga or "al" in riga,
            "frazione": "/" in str(regola.get("percentuale")),
            "composta senza tutte": regola.get("tutte") is False,
            "ore in proporzione": regola.get("lettura") == "proporzionale",
            "massimo sotto 100": regola.get("massimo", "100") != "100",
            "entro": "entro" in regola,
            "manuale assegnata": regola.get("assegnata") is not None,
        }
        yield from (tratto for tratto, vale in condizioni.items() if vale)


def _delle_righe(documento: Json, esito: Json) -> Iterator[str]:
    regole = {riga["codice"]: riga["regola"] for riga in righe_di(documento)}
    pianificate = {e["codice"] for e in documento["evidenze"] if e.get("pianificata")}
    for riga in (riga for azione in esito["azioni"] for riga in azione["righe"]):
        regola, manca = regole[riga["codice"]], riga["manca"]
        yield from (f"scarto {scartata['motivo']}" for scartata in riga["scartate"])
        if manca is not None:
            yield f"manca {next(iter(manca['misura']), '{}')}"
        condizioni = {
            f"conta {regola and regola['tipo']}": riga["conteggiate"] != [],
            "pianificata che conta": riga["prospettico"] != riga["dichiarato"],
            "pianificata scartata": any(s["evidenza"] in pianificate for s in riga["scartate"]),
            "oltre il massimo": riga["oltre_il_massimo"] != [],
            "non possibile": manca is not None and not manca["possibile"],
            "quota zero": any(c["dichiarato"] == "0.00" for c in riga["conteggiate"]),
            "non aderente fra aderenti": _conta_meno_di_quante_ne_nomina(documento, riga, regola),
        }
        yield from (tratto for tratto, vale in condizioni.items() if vale)


def _conta_meno_di_quante_ne_nomina(documento: Json, riga: Json, regola: Json | None) -> bool:
    """Does an imputazione that counts name also an organisation that was never a member?"""
    if regola is None or regola.get("distinti") != "organizzazione_aderente":
        return False
    aderenti = {aderente["organizzazione"] for aderente in documento["aderenti"]}
    return any(set(c["misura"]["organizzazioni"]) - aderenti for c in riga["conteggiate"])
