"""La trascrizione del programma 2025 dice tutte e sole le frasi dell'atto.

`fixtures/fonti/programma-2025-frasi.txt` holds the sentences of the published act, one a line after
the place where they stand, in the order of the act (see docs/trascrizione.md). Each place is rebuilt
from the fixtures and must be equal to its sentences: nothing lost, nothing added, nothing moved.
"""

import csv
import json
import re
from collections import defaultdict
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from valutazione.scheda.lettura import leggi_scheda
from valutazione.scheda.scrittura import scheda_json

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
MESI = {"lug": 7, "dic": 12}
CAMPI = {
    "obiettivo generale": "obiettivo_generale",
    "obiettivo specifico": "obiettivo_specifico",
    "titolo": "titolo",
    "azioni": "azioni",
    "altre organizzazioni": "altre_organizzazioni",
    "tempi": "tempi",
}


@cache
def leggi_json(nome: str) -> Any:
    return json.loads((FIXTURES / nome).read_text("utf-8"))


def scheda() -> Any:
    return leggi_json("programmi/dfa-alta-valsugana-2025.json")


def determinazione() -> Any:
    return leggi_json("atti/determinazione-6607-2025.json")


@cache
def frasi() -> dict[str, list[str]]:
    """The sentences of the act by place, in the order of the act."""
    per_posto: dict[str, list[str]] = defaultdict(list)
    for riga in (FIXTURES / "fonti/programma-2025-frasi.txt").read_text("utf-8").splitlines():
        posto, frase = riga.split("\t")
        per_posto[posto].append(frase)
    return dict(per_posto)


def senza_markdown(testo: str) -> str:
    """The words of a restricted Markdown text: no heading, list or emphasis marks."""
    testo = re.sub(r"^#{1,3} ", "", testo, flags=re.MULTILINE)
    righe = re.sub(r"^- ", "", testo, flags=re.MULTILINE).split("\n")
    # "1. Governance …" alone in its block is a heading of the act; a numbered list has no blank lines.
    elenco = {i for i, r in enumerate(righe) if re.match(r"\d\. ", r) and _vicine_numerate(righe, i)}
    righe = [re.sub(r"^\d\. ", "", r) if i in elenco else r for i, r in enumerate(righe)]
    return " ".join(" ".join(righe).replace("*", "").split())


def _vicine_numerate(righe: list[str], i: int) -> bool:
    vicine = righe[max(i - 1, 0) : i] + righe[i + 1 : i + 2]
    return any(re.match(r"\d\. ", r) for r in vicine)


def elenco_italiano(parti: list[str]) -> str:
    """Joins as the act does: "A, B e C"."""
    return parti[0] if len(parti) == 1 else f"{', '.join(parti[:-1])} e {parti[-1]}"


@cache
def voci_classificazione() -> dict[tuple[str, str], str]:
    with (FIXTURES / "registro/classificazione.tsv").open(encoding="utf-8", newline="") as file:
        return {(r["schema"], r["codice"]): r["voce"] for r in csv.DictReader(file, delimiter="\t")}


def parole_della_determinazione() -> list[str]:
    atto = determinazione()
    return [
        *atto["copertina"],
        atto["struttura"]["denominazione"],
        atto["intestazione"],
        atto["etichetta_oggetto"],
        atto["oggetto"],
        *atto["premesse"],
        atto["chiusura_premesse"],
        atto["organo"],
        *atto["visti"],
        atto["verbo"],
        *atto["determina"],
        atto["titolo_allegati"],
        *(f"{a['numero']} {a['titolo']}" for a in atto["allegati"]),
        atto["firma"],
        atto["clausola_firma"],
    ]


def riga_aderente(numero: int, adesione: Any, denominazione: str) -> str:
    """A row of the act's table of members; both columns of the marks print "Family"."""
    dal = date.fromisoformat(adesione["dal"])
    mese = next(m for m, n in MESI.items() if n == dal.month)
    marchi = ["Family" if m in adesione["marchi"] else "" for m in ("family_in_trentino", "family_audit")]
    return " | ".join([str(numero), denominazione, f"{dal.day}-{mese}-{dal:%y}", *marchi])


def parole_comuni() -> dict[str, list[str]]:
    documento = scheda()
    nomi = {o["codice"]: o["denominazione"] for o in documento["organizzazioni"]}
    dati = documento["dati"]
    return {
        "determinazione": parole_della_determinazione(),
        "determinazione pagine": determinazione()["piedi_di_pagina"],
        "titolo": [documento["titolo"]],
        "premessa": [senza_markdown(documento["premessa"])],
        "dati": [str(dati["anno_nascita"]), dati["approvazione"], dati["accordo"]],
        "attori": [
            a[c] for a in documento["attori"] for c in ("nome", "qualifica", "mail", "telefono") if a[c]
        ],
        "canali": [f"{c['etichetta']} | {c['valore']}" for c in documento["canali"]],
        "aderenti": [
            riga_aderente(n, a, nomi[a["organizzazione"]]) for n, a in enumerate(documento["aderenti"], 1)
        ],
    }


def parole_delle_obbligatorie() -> dict[str, list[str]]:
    documento = scheda()
    righe = documento["obbligatorie"]
    return {
        "obbligatorie": [documento["testo_obbligatorie"]],
        "obbligatorie sezione": list(dict.fromkeys(r["sezione"] for r in righe)),
        "obbligatorie azione": [r["testo"] for r in righe],
        "obbligatorie regola": [r["testo_regola"] for r in righe],
        "obbligatorie evidenze": [r["testo_evidenze"] for r in righe if "testo_evidenze" in r],
    }


def parole_della_progettualita(progettualita: Any) -> dict[str, list[str]]:
    voci = voci_classificazione()
    p = f"P{progettualita['numero']}"
    testi = {f"{p} {posto}": [progettualita[chiave]] for posto, chiave in CAMPI.items()}
    testi[f"{p} ambito"] = [" - ".join(filter(None, [progettualita["tipo_azione"], progettualita["ambito"]]))]
    testi[f"{p} referenti"] = [elenco_italiano([r["testo"] for r in progettualita["referenti"]])]
    testi[f"{p} indicatori"] = progettualita["indicatori_testo"]
    testi[f"{p} classificazione"] = [
        f"{c['codice']} {voci[c['schema'], c['codice']]}" for c in progettualita["classificazioni"]
    ]
    if progettualita["indicatori"]:
        testi[f"{p} percentuali"] = [r["testo_regola"] for r in progettualita["indicatori"]]
    return testi


@cache
def parole() -> dict[str, list[str]]:
    """The texts of the fixtures, by the place where the act prints them."""
    insieme = {**parole_comuni(), **parole_delle_obbligatorie()}
    for progettualita in scheda()["progettualita"]:
        insieme |= parole_della_progettualita(progettualita)
    return insieme


def test_ogni_posto_dell_atto_ha_il_suo_testo() -> None:
    assert set(parole()) == set(frasi()) - {"etichetta"}


@pytest.mark.parametrize("posto", sorted(set(frasi()) - {"etichetta"}))
def test_il_testo_trascritto_e_le_frasi_dell_atto_sono_uguali(posto: str) -> None:
    trascritto = " ".join(" ".join(t.split()) for t in parole()[posto])
    assert trascritto == " ".join(" ".join(frasi()[posto]).split())


def test_le_etichette_dell_atto_corrispondono_alla_struttura() -> None:
    etichette = frasi()["etichetta"]
    numeri = [int(m[1]) for e in etichette if (m := re.match(r"PROGETTUALIT[ÀA] (\d+)$", e))]
    assert numeri == [p["numero"] for p in scheda()["progettualita"]] == list(range(1, 11))
    assert "ORGANIZZAZIONI ADERENTI AL 31 MARZO 2025" in etichette
    assert scheda()["aderenti_al"] == "2025-03-31"


def test_le_righe_sono_ventiquattro_e_ogni_progettualita_ha_le_sue() -> None:
    assert [r["codice"] for r in scheda()["obbligatorie"]] == [f"obb.{n}" for n in range(1, 10)]
    righe_per_progettualita = [len(p["indicatori"]) for p in scheda()["progettualita"]]
    assert righe_per_progettualita == [3, 3, 3, 2, 2, 1, 1, 0, 0, 0]


def righe_con_regola() -> list[Any]:
    return [*scheda()["obbligatorie"], *(r for p in scheda()["progettualita"] for r in p["indicatori"])]


@pytest.mark.parametrize("riga", righe_con_regola(), ids=lambda r: r["codice"])
def test_la_percentuale_della_regola_e_quella_scritta_nell_atto(riga: Any) -> None:
    scritta = re.match(r"(\d+)%", riga["testo_regola"])
    regola = riga["regola"]
    assert scritta is not None
    if regola["tipo"] == "composta":
        assert sum(Fraction(p["percentuale"]) for p in regola["parti"]) == int(scritta[1])
    else:
        assert regola.get("percentuale", regola.get("soglia")) == scritta[1]


@pytest.mark.parametrize(
    "riga", [r for r in righe_con_regola() if "obiettivo" in r["regola"]], ids=lambda r: r["codice"]
)
def test_l_obiettivo_scritto_nell_indicatore_vale_cento(riga: Any) -> None:
    scritto = re.search(r"\b(\d+)\b", riga["testo"])
    assert scritto is not None
    assert riga["regola"]["obiettivo"] == int(scritto[1])
    assert riga["regola"]["obiettivo"] * Fraction(riga["regola"]["percentuale"]) == 100


def test_ogni_riga_misura_un_indicatore_scritto_nella_progettualita() -> None:
    for progettualita in scheda()["progettualita"]:
        misurati = [r["testo"] for r in progettualita["indicatori"]]
        assert misurati in ([], progettualita["indicatori_testo"])


def test_le_ore_di_formazione_non_sono_dette_dall_atto() -> None:
    assert scheda()["obbligatorie"][8]["regola"]["ore_previste"] is None


def test_atti_e_passaggi_hanno_le_date_dell_atto() -> None:
    per_codice = {a["codice"]: a for a in scheda()["atti"]}
    passi = [(p["azione"], p["il"], per_codice[p["atto"]]["numero"]) for p in scheda()["passaggi"]]
    assert passi == [("trasmissione", "2025-04-23", "99"), ("approvazione", "2025-06-19", "6607")]
    assert scheda()["passaggi"][0]["protocollo_ricevente"] == "324973"
    testo = " ".join(determinazione()["premesse"])
    assert "in data 23 aprile 2025 prot. 324973" in testo
    assert per_codice["determinazione-6607-2025"]["oggetto"] == determinazione()["oggetto"]


def test_i_codici_di_referenti_e_distretti_sono_nel_registro() -> None:
    with (FIXTURES / "registro/distretti.tsv").open(encoding="utf-8", newline="") as file:
        distretti = {r["codice"] for r in csv.DictReader(file, delimiter="\t")}
    organizzazioni = {o["codice"] for o in scheda()["organizzazioni"]}
    for progettualita in scheda()["progettualita"]:
        for referente in progettualita["referenti"]:
            assert (
                referente.get("distretto") in distretti or referente.get("organizzazione") in organizzazioni
            )


def test_i_dati_dichiarati_sono_quelli_delle_fonti() -> None:
    dichiarati = leggi_json("registro/autorita.json")["dati_dichiarati"]
    premesse = " ".join(determinazione()["premesse"])
    del_territorio = {d["voce"]: d for d in dichiarati if "autorita" in d}
    assert [d["valore"] for d in del_territorio.values()] == [16, 1, 3, 1119]
    assert "16 Distretti famiglia territoriali, 1 Distretto famiglia tematico e 3 Distretti" in premesse
    assert "oltre 1119 organizzazioni" in premesse
    assert [d["voce"] for d in dichiarati if d["almeno"]] == ["organizzazioni pubbliche e private coinvolte"]
    with (FIXTURES / "registro/distretti.tsv").open(encoding="utf-8", newline="") as file:
        righe = [r for r in csv.DictReader(file, delimiter="\t") if r["aderenti"]]
    attesi = [(r["codice"], int(r["aderenti"]), r["aderenti_al"]) for r in righe]
    assert [(d["distretto"], d["valore"], d["al"]) for d in dichiarati if "distretto" in d] == attesi


def test_il_modello_ha_le_righe_e_i_visti_dell_atto() -> None:
    modello = leggi_json("modelli/pat-acs-2025.json")
    chiavi = ("sezione", "testo", "testo_regola", "testo_evidenze", "regola")
    assert modello["righe"] == [{c: r.get(c, "") for c in chiavi} for r in scheda()["obbligatorie"]]
    assert modello["testo_obbligatorie"] == scheda()["testo_obbligatorie"]
    relazione = modello["relazione"]
    assert relazione["clausola_firma"] == determinazione()["clausola_firma"]
    assert relazione["visti"][:-1] == determinazione()["visti"][:-1]
    # The act does not make it agree ("visto la proposta"); the model does (docs/confronto-atto.md).
    ultimo = relazione["visti"][-1].replace("vista la proposta", "visto la proposta").rstrip(";")
    assert determinazione()["visti"][-1].startswith(ultimo)
    segnaposto = {s for p in relazione["premesse"] for s in re.findall(r"\{(\w+)\}", p)}
    assert segnaposto == set(relazione["segnaposto"])


def test_il_programma_trascritto_e_una_scheda_valida_in_forma_normale() -> None:
    assert scheda_json(leggi_scheda(scheda())) == scheda()
