"""Ogni risultato conservato, ricalcolato oggi, è identico: valori, calcoli, motivi, parole."""

from typing import Any

import pytest

from tests.risultati.conservati import FILE, leggi
from valutazione.kernel.scrittura import esito_json, valuta_documento
from valutazione.risultati.differenze import ASSENTE, Differenza, differenze
from valutazione.risultati.pacchetto import (
    FORMATO_PACCHETTO,
    Pacchetto,
    ValoriDiversi,
    da_pubblicare,
    pacchetto_di,
    ricalcolato,
)
from valutazione.scheda.errori import SchedaNonValida
from valutazione.scheda.pubblica import forma_pubblica

NOMI = [file.stem for file in FILE]


def conservato(nome: str) -> Pacchetto:
    dato = leggi(nome)
    return Pacchetto(dato["scheda"], dato["esito"])


def test_ce_ne_sono_di_ogni_specie() -> None:
    tipi: set[str] = set()
    riusi: set[str] = set()
    for nome in NOMI:
        scheda = leggi(nome)["scheda"]
        riusi.add(scheda["riuso"])
        righe = [*scheda["obbligatorie"], *(r for p in scheda["progettualita"] for r in p["indicatori"])]
        tipi |= {riga["regola"]["tipo"] for riga in righe if riga["regola"]}
    assert tipi == {
        "unica", "per_unita", "fasce", "per_distinti", "composta", "quota_ore", "manuale",
    }  # fmt: skip
    assert riusi == {"ammesso", "una_volta", "una_volta_per_azione"}


@pytest.mark.parametrize("nome", NOMI)
def test_ricalcolato_oggi_e_identico(nome: str) -> None:
    pacchetto = conservato(nome)
    assert leggi(nome)["formato"] == FORMATO_PACCHETTO
    assert valuta_documento(pacchetto.scheda) == pacchetto.esito
    assert ricalcolato(pacchetto)


@pytest.mark.parametrize("nome", NOMI)
def test_riletto_dice_le_stesse_cose(nome: str) -> None:
    """L'albero che pagine e documenti mostrano è quello scritto, senza ricalcolare niente."""
    pacchetto = conservato(nome)
    assert esito_json(pacchetto.esito_letto, pacchetto.esito["sha256_scheda"]) == pacchetto.esito
    letto, vivo = pacchetto.esito_letto, pacchetto.scheda_letta
    assert {a.codice: a.peso for a in letto.azioni if not a.obbligatoria} == {
        p.codice: p.peso for p in vivo.progettualita
    }


@pytest.mark.parametrize("nome", NOMI)
def test_e_gia_in_forma_pubblica(nome: str) -> None:
    scheda = leggi(nome)["scheda"]
    assert scheda["forma"] == "pubblica"
    assert forma_pubblica(scheda) == scheda == da_pubblicare(scheda)


def test_un_valore_cambiato_si_vede() -> None:
    dato = leggi("esempio-del-contratto")
    dato["esito"]["azioni"][0]["riconosciuto"] = "99.00"
    assert not ricalcolato(Pacchetto(dato["scheda"], dato["esito"]))


def test_se_la_forma_pubblica_desse_altri_valori_non_si_conserva(monkeypatch: pytest.MonkeyPatch) -> None:
    def guasta(documento: object) -> object:
        pubblica = forma_pubblica(documento)
        return {**pubblica, "evidenze": pubblica["evidenze"][:-1]}

    scheda = leggi("tutte-le-forme")["scheda"]
    monkeypatch.setattr("valutazione.risultati.pacchetto.forma_pubblica", guasta)
    with pytest.raises(ValoriDiversi):
        pacchetto_di(scheda)


def test_una_scheda_sbagliata_non_ha_un_pacchetto() -> None:
    with pytest.raises(SchedaNonValida):
        pacchetto_di({**leggi("tutte-le-forme")["scheda"], "dal": "mai"})


def test_le_differenze_sono_dette_valore_per_valore() -> None:
    prima = conservato("esempio-del-contratto")
    scheda = prima.scheda
    accolte = [
        {**evidenza, "imputazioni": [{**i, "stato": "accolta"} for i in evidenza["imputazioni"]]}
        for evidenza in scheda["evidenze"]
        if not evidenza.get("pianificata")
    ]
    dopo = pacchetto_di({**scheda, "evidenze": accolte})
    trovate = differenze(prima, dopo)
    assert [(d.voce, d.lettura) for d in trovate[:2]] == [
        ("programma", "dichiarato"),
        ("programma", "riconosciuto"),
    ]
    assert trovate[1].frase.startswith("Programma, riconosciuto: era 17,33%, ora è ")
    assert trovate[1].json == {
        "voce": "programma",
        "voce_prima": "programma",
        "lettura": "riconosciuto",
        "prima": "17.33",
        "dopo": trovate[1].dopo,
    }
    assert {"Progettualità 1", "Riga 1.1"} <= {d.nome for d in trovate}
    assert differenze(prima, prima) == []


def test_una_riga_che_non_c_era_e_una_non_valutata_si_dicono_diverse() -> None:
    prima, dopo = conservato("tutte-le-forme"), conservato("incompleta-con-pianificate")
    per_voce = {(d.voce, d.lettura): d for d in differenze(prima, dopo)}
    ore = per_voce["obb.5", "riconosciuto"]
    assert ore.dopo is None
    assert ore.frase.endswith("ora è non valutata.")
    nuova = next(d for d in differenze(pacchetto_di(_senza(prima.scheda, "P4")), dopo) if d.voce == "4.1")
    assert nuova == Differenza("4.1", None, "dichiarato", ASSENTE, nuova.dopo)
    assert nuova.nome == "Riga 4.1"


def test_cio_che_una_variazione_ha_rinumerato_si_confronta_con_se_stesso() -> None:
    """Tolta la prima progettualità, la seconda è la prima: non ha cambiato valore."""
    prima = conservato("programma-reale-2025")
    dopo = pacchetto_di(_senza(prima.scheda, "P1"))
    trovate = differenze(prima, dopo)
    azioni = {azione["codice"]: azione for azione in prima.esito["azioni"]}
    assert azioni["P1"]["dichiarato"] != azioni["P2"]["dichiarato"]
    assert {d.voce for d in trovate} - {"programma", "progettualita"} == {
        "P1", *(riga["codice"] for riga in azioni["P1"]["righe"])
    }  # fmt: skip
    tolta = next(d for d in trovate if d.voce == "P1" and d.lettura == "dichiarato")
    assert (tolta.voce_prima, tolta.prima, tolta.dopo) == ("P1", azioni["P1"]["dichiarato"], ASSENTE)
    di_ritorno = next(d for d in differenze(dopo, prima) if d.voce == "P1")
    assert (di_ritorno.voce_prima, di_ritorno.prima) == (None, ASSENTE)


def test_di_cio_che_e_rinumerato_e_cambia_si_dice_che_numero_aveva() -> None:
    prima = conservato("programma-reale-2025")
    scheda = _senza(prima.scheda, "P1")
    trovate = differenze(prima, pacchetto_di({**scheda, "evidenze": []}))
    frasi = [d.frase for d in trovate if d.voce_prima not in {None, d.voce} and d.lettura == "dichiarato"]
    assert any(frase.startswith("Progettualità 1 (prima 2), dichiarato: era ") for frase in frasi)
    assert any(frase.startswith("Riga 1.1 (prima 2.1), dichiarato: era ") for frase in frasi)


def _senza(scheda: dict[str, Any], azione: str) -> dict[str, Any]:
    """The scheda without a progettualità, as a variazione leaves it: those after it take its number."""
    tolta = int(azione.removeprefix("P"))

    def ora(codice: str) -> str | None:
        numero, punto, resto = codice.partition(".")
        if not punto or not numero.isdigit() or int(numero) < tolta:
            return codice
        return None if int(numero) == tolta else f"{int(numero) - 1}.{resto}"

    rimaste = [p for p in scheda["progettualita"] if p["numero"] != tolta]
    return {
        **scheda,
        "progettualita": [
            {**p, "numero": n, "indicatori": [{**r, "codice": ora(r["codice"])} for r in p["indicatori"]]}
            for n, p in enumerate(rimaste, start=1)
        ],
        "evidenze": [
            {
                **e,
                "imputazioni": [
                    {**i, "indicatore": ora(i["indicatore"])}
                    for i in e["imputazioni"]
                    if ora(i["indicatore"])
                ],
            }
            for e in scheda["evidenze"]
        ],
    }
