"""I casi svolti: file di dati che un giurista può leggere, con il risultato atteso calcolato a mano."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.kernel.costruzione import scheda_con, scheda_del_caso
from valutazione.kernel import valuta_documento
from valutazione.scheda import forma_pubblica

CASI = Path(__file__).with_name("casi")
Json = dict[str, Any]


def leggi(nome: str) -> Json:
    dato: Json = json.loads((CASI / nome).read_text(encoding="utf-8"))
    return dato


def casi() -> list[Any]:
    nomi = ["motivi", "riuso", "forme", "medie"]
    return [
        pytest.param(archivio["regole"], caso, id=f"{nome}: {caso['descrizione']}")
        for nome in nomi
        for archivio in [leggi(f"{nome}.json")]
        for caso in archivio["casi"]
    ]


def per_codice(esito: Json) -> Json:
    """Lines, actions and programme by the name a case calls them by (a compulsory line hides its action)."""
    azioni = {azione["codice"]: azione for azione in esito["azioni"]}
    righe = {riga["codice"]: riga for azione in esito["azioni"] for riga in azione["righe"]}
    programma = esito["programma"]
    meta = {chiave: programma[chiave] for chiave in ("obbligatorie", "progettualita")}
    return {**azioni, **righe, "programma": programma, **meta}


def in_breve(voce: Json) -> Json:
    """A line with the short keys of the cases."""
    if "conteggiate" not in voce:
        return voce
    conteggiate = {c["evidenza"]: [c["dichiarato"], c["riconosciuto"]] for c in voce["conteggiate"]}
    ultima = list(conteggiate.items())[-1:]
    return {
        **voce,
        "conteggiate": conteggiate,
        "ordine": list(conteggiate),
        "ultima": [ultima[0][0], *ultima[0][1]] if ultima else None,
        "oltre": [oltre["evidenza"] for oltre in voce["oltre_il_massimo"]],
        "scartate": {s["evidenza"]: s["motivo"] for s in voce["scartate"]},
        "dettagli": {s["evidenza"]: s["dettaglio"] for s in voce["scartate"]},
    }


@pytest.mark.parametrize(("regole", "caso"), casi())
def test_il_caso_da_il_risultato_scritto(regole: Json, caso: Json) -> None:
    trovato = per_codice(valuta_documento(scheda_del_caso(regole, caso)))
    for codice, atteso in caso["atteso"].items():
        voce = in_breve(trovato[codice])
        assert {chiave: voce[chiave] for chiave in atteso} == atteso, codice


@pytest.mark.parametrize(("regole", "caso"), casi())
def test_la_forma_pubblica_del_caso_da_gli_stessi_valori(regole: Json, caso: Json) -> None:
    scheda = scheda_del_caso(regole, caso)
    piena, pubblica = valuta_documento(scheda), valuta_documento(forma_pubblica(scheda))
    assert senza_testi(pubblica) == senza_testi(piena)


def senza_testi(esito: Any) -> Any:
    """The result without its hash and its sentences."""
    if isinstance(esito, dict):
        testi = ("sha256_scheda", "calcolo", "dettaglio", "frase")
        return {chiave: senza_testi(valore) for chiave, valore in esito.items() if chiave not in testi}
    return [senza_testi(voce) for voce in esito] if isinstance(esito, list) else esito


def test_l_esempio_del_contratto_da_il_suo_esito_parola_per_parola() -> None:
    assert valuta_documento(leggi("esempio-scheda.json")) == leggi("esempio-esito.json")


def regole_dell_atto() -> list[Any]:
    regole = leggi("regole-dell-atto-2025.json")["regole"]
    return [pytest.param(r, id=f"{r['n']} {r['riga']} {r.get('variante', '')}".strip()) for r in regole]


@pytest.mark.parametrize("regola", regole_dell_atto())
def test_ogni_regola_dell_atto_fino_al_massimo_e_oltre(regola: Json) -> None:
    evidenze: list[Json] = []
    valori, esito = [], {}
    for numero in range(len(regola["serie"]) + 1):
        if numero:
            differenze = regola["serie"][numero - 1]
            evidenze.append(
                {
                    "codice": f"e{numero}",
                    "riga": "1.1",
                    "stato": "accolta",
                    **regola["evidenza"],
                    **differenze,
                }
            )
        esito = valuta_documento(scheda_con({"1.1": regola["regola"]}, evidenze))["azioni"][0]["righe"][0]
        assert esito["riconosciuto"] == esito["prospettico"] == esito["dichiarato"]
        assert esito["scartate"] == []
        valori.append(esito["dichiarato"])
    assert valori == regola["valori"]
    assert esito["incompleta"] == regola.get("incompleta", False)
    assert len(esito["conteggiate"]) + len(esito["oltre_il_massimo"]) == len(evidenze)


def test_i_casi_coprono_tutte_le_righe_del_programma_2025_con_le_loro_regole() -> None:
    radice = Path(__file__).parents[2]
    programma = json.loads(
        (radice / "fixtures/programmi/dfa-alta-valsugana-2025.json").read_text(encoding="utf-8")
    )
    righe = [*programma["obbligatorie"], *(r for p in programma["progettualita"] for r in p["indicatori"])]
    dell_atto = {r["codice"]: (r["testo_regola"], r["regola"]) for r in righe}
    casi = [r for r in leggi("regole-dell-atto-2025.json")["regole"] if "variante" not in r]
    assert {r["riga"]: (r["testo_regola"], r["regola"]) for r in casi} == dell_atto
    assert [r["n"] for r in casi] == list(range(1, 25))


def test_i_casi_mostrano_ogni_motivo_e_ogni_forma() -> None:
    from programmi.regola import TipoRegola
    from valutazione.kernel import Motivo

    archivi = [leggi(f"{nome}.json") for nome in ("motivi", "riuso", "forme", "medie")]
    attesi = [riga for a in archivi for caso in a["casi"] for riga in caso["atteso"].values()]
    motivi = {motivo for riga in attesi for motivo in riga.get("scartate", {}).values()}
    assert motivi == set(Motivo)
    regole = [r for a in archivi for r in a["regole"].values()]
    regole += [r for a in archivi for caso in a["casi"] for r in caso.get("regole", {}).values()]
    assert {regola["tipo"] for regola in regole if regola} == set(TipoRegola)
