"""Le proprietà che valgono per ogni scheda possibile."""

import copy
from decimal import Decimal
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from programmi.regola import TIPI_A_UNITA, TipoEvidenza
from tests.kernel.costruzione import ADERENTI, Json, riga_di
from tests.kernel.strategie import schede
from tests.kernel.test_casi import senza_testi
from valutazione.kernel import (
    Conteggiata,
    Esito,
    EsitoRiga,
    OltreIlMassimo,
    Valori,
    esito_json,
    valuta,
    valuta_documento,
)
from valutazione.kernel.somma import massimo_di
from valutazione.scheda import forma_pubblica, leggi_scheda, scheda_json

ZERO = Decimal("0.00")


def esito_di(documento: Json) -> Esito:
    return valuta(leggi_scheda(documento))


def tutti_i_valori(esito: Esito) -> dict[str, Valori]:
    """Every value of the tree by its name: lines, actions, programme."""
    programma = esito.programma
    return {
        **{f"azione {azione.codice}": azione.valori for azione in esito.azioni},
        **{f"riga {riga.codice}": riga.valori for riga in esito.righe.values()},
        "programma": programma.valori,
        "obbligatorie": programma.obbligatorie,
        "progettualita": programma.progettualita,
    }


@given(schede())
def test_le_quote_si_sommano_alla_riga(documento: Json) -> None:
    esito = valuta_documento(documento)
    for riga in (riga for azione in esito["azioni"] for riga in azione["righe"]):
        for valore in ("dichiarato", "riconosciuto"):
            quote = [conteggiata[valore] for conteggiata in riga["conteggiate"]]
            if senza_quote(documento, riga):
                assert set(quote) <= {None}
                assert riga["oltre_il_massimo"] == []
            else:
                assert sum(map(Decimal, quote), ZERO) == Decimal(riga[valore])
                assert all(Decimal(quota) >= 0 for quota in quote)


def senza_quote(documento: Json, riga: Json) -> bool:
    """The contract: "``quota_ore`` by soglia, ``composta`` with ``tutte``, any line that is not scored"."""
    regola = riga_di(documento, riga["codice"])["regola"]
    if riga["dichiarato"] is None or regola["tipo"] == "manuale":
        return True
    return (regola["tipo"] == "quota_ore" and regola.get("lettura", "soglia") == "soglia") or (
        regola["tipo"] == "composta" and bool(regola.get("tutte", True))
    )


@given(schede())
def test_mai_oltre_il_massimo(documento: Json) -> None:
    scheda = leggi_scheda(documento)
    for codice, riga in valuta(scheda).righe.items():
        regola = scheda.righe[codice].regola
        if riga.valori.prospettico is not None and regola is not None:
            assert 0 <= riga.valori.prospettico <= massimo_di(regola) <= regola.massimo <= 100


@given(schede())
def test_prospettico_non_meno_di_dichiarato_non_meno_di_riconosciuto(documento: Json) -> None:
    for valori in tutti_i_valori(esito_di(documento)).values():
        if valori.dichiarato is None or valori.riconosciuto is None or valori.prospettico is None:
            assert valori == Valori(None, None, None)
        else:
            assert 0 <= valori.riconosciuto <= valori.dichiarato <= valori.prospettico <= 100


@given(schede(), st.randoms(use_true_random=False))
def test_l_ordine_in_cui_si_registra_non_conta(documento: Json, caso: Any) -> None:
    mescolata = copy.deepcopy(documento)
    caso.shuffle(mescolata["evidenze"])
    caso.shuffle(mescolata["organizzazioni"])
    caso.shuffle(mescolata["aderenti"])
    for evidenza in mescolata["evidenze"]:
        caso.shuffle(evidenza["imputazioni"])
    assert esito_json(esito_di(mescolata), "") == esito_json(esito_di(documento), "")


@given(schede(), st.data())
def test_togliere_un_evidenza_non_alza_mai_un_valore(documento: Json, dati: st.DataObject) -> None:
    assume(documento["evidenze"])
    tolta = dati.draw(st.integers(0, len(documento["evidenze"]) - 1))
    senza = {**documento, "evidenze": [e for n, e in enumerate(documento["evidenze"]) if n != tolta]}
    prima, dopo = tutti_i_valori(esito_di(documento)), tutti_i_valori(esito_di(senza))
    for nome, valori in dopo.items():
        for valore in ("dichiarato", "riconosciuto", "prospettico"):
            con = getattr(prima[nome], valore)
            assert (con is None) == (getattr(valori, valore) is None)
            assert con is None or getattr(valori, valore) <= con


@given(schede())
def test_la_forma_pubblica_da_gli_stessi_valori_e_non_dice_di_piu(documento: Json) -> None:
    pubblica = forma_pubblica(documento)
    assert forma_pubblica(pubblica) == pubblica
    assert senza_testi(valuta_documento(pubblica)) == senza_testi(valuta_documento(documento))
    testo = str(pubblica)
    vietate = (
        "Un titolo",
        "Un argomento",
        "Coordinatore",
        "motivazione",
        "riservat",
        "telefono",
        "progetto'",
    )
    assert all(parola not in testo for parola in vietate)


@given(schede())
def test_ogni_imputazione_compare_una_volta_sola(documento: Json) -> None:
    pianificate = {e["codice"] for e in documento["evidenze"] if e["pianificata"]}
    for codice, riga in esito_di(documento).righe.items():
        imputate = [
            e["codice"] for e in documento["evidenze"] for i in e["imputazioni"] if i["indicatore"] == codice
        ]
        scartate = [s.evidenza for s in riga.scartate]
        contate = [voce.evidenza for voce in contate_su(riga)]
        assert not pianificate.intersection(contate)
        nascoste = [c for c in imputate if c in pianificate and c not in scartate]
        assert sorted([*scartate, *contate, *nascoste]) == sorted(imputate)


@given(schede())
def test_leggere_scrivere_e_rileggere_e_l_identita(documento: Json) -> None:
    scheda = leggi_scheda(documento)
    scritta = scheda_json(scheda)
    assert leggi_scheda(scritta) == scheda
    assert scheda_json(leggi_scheda(scritta)) == scritta
    assert senza_testi(valuta_documento(scritta)) == senza_testi(valuta_documento(documento))


@given(schede())
def test_registrare_quello_che_manca_da_il_massimo(documento: Json) -> None:
    esito = esito_di(documento)
    scheda = leggi_scheda(documento)
    for codice, riga in esito.righe.items():
        regola = scheda.righe[codice].regola
        if riga.manca is None:
            assert regola is None or riga.massimo is None or riga.valori.dichiarato == massimo_di(regola)
            continue
        assert riga.valori.dichiarato != riga.massimo
        if riga.manca.possibile:
            completa = documento | {"evidenze": documento["evidenze"] + evidenze_mancanti(documento, riga)}
            nuova = esito_di(completa).righe[codice]
            assert nuova.valori.dichiarato == riga.massimo
            assert nuova.manca is None


def evidenze_mancanti(documento: Json, riga: EsitoRiga) -> list[Json]:
    """Evidence recorded on the last day that counts, with exactly the measure that ``manca`` says."""
    assert riga.manca is not None
    dato = riga_di(documento, riga.codice)
    regola = dato["regola"]
    giorno = min(g for g in (documento["al"], dato.get("al"), regola.get("entro")) if g)
    tipo = regola["evidenze"][0]
    misura = riga.manca.misura
    organizzazioni = ["comune"]
    if "organizzazioni" in misura:
        organizzazioni = libere(documento, riga, giorno, regola)[: misura["organizzazioni"]]
        misura = {"organizzazioni": organizzazioni}
        if len(organizzazioni) < riga.manca.misura["organizzazioni"]:
            return nuove_organizzazioni(documento, riga, giorno, tipo)
    misure = [misura or None]
    if "unita" in misura and TipoEvidenza(tipo) not in TIPI_A_UNITA:
        misure = [{"unita": 1}] * min(misura["unita"], 2000)
        assume(misura["unita"] <= 2000)
    return [nuova(f"z{n}", tipo, giorno, riga.codice, organizzazioni, m) for n, m in enumerate(misure)]


def nuova(codice: str, tipo: str, giorno: str, riga: str, organizzazioni: list[str], misura: Any) -> Json:
    return {
        "codice": codice,
        "tipo": tipo,
        "data": giorno,
        "titolo": "Quello che mancava",
        "argomento": "Un argomento",
        "persone": ["Chi c'era"],
        "url": "https://esempio.it/",
        "allegati": [{"nome": "a.pdf", "tipo": "application/pdf", "dimensione": 1, "sha256": "0" * 64}],
        "presenze": ["manager", "coordinatore", "referente_amministrativo", "agenzia"],
        "organizzazioni": organizzazioni,
        "imputazioni": [{"indicatore": riga, "stato": "in_attesa", "misura": misura}],
    }


def contate_su(riga: EsitoRiga) -> list[Conteggiata | OltreIlMassimo]:
    """Everything that counts on a line, over the cap or not."""
    return [*riga.conteggiate, *riga.oltre_il_massimo]


def gia_contate(documento: Json, riga: EsitoRiga) -> set[str]:
    """Organisations that a ``per_distinti`` line has already counted, members on the day or not."""
    contate: set[str] = set()
    for voce in contate_su(riga):
        data = next(e["data"] for e in documento["evidenze"] if e["codice"] == voce.evidenza)
        nomi = getattr(voce.misura, "organizzazioni", ())
        if riga_di(documento, riga.codice)["regola"]["distinti"] == "organizzazione":
            contate.update(nomi)
        else:
            contate.update(nome for nome in nomi if nome in aderenti(data))
    return contate


def aderenti(giorno: str) -> set[str]:
    return {codice for codice, dal, al in ADERENTI if dal <= giorno <= (al or "9999")}


def libere(documento: Json, riga: EsitoRiga, giorno: str, regola: Json) -> list[str]:
    tutte = {o["codice"] for o in documento["organizzazioni"]}
    candidate = tutte if regola["distinti"] == "organizzazione" else aderenti(giorno)
    return sorted(candidate - gia_contate(documento, riga))


def nuove_organizzazioni(documento: Json, riga: EsitoRiga, giorno: str, tipo: str) -> list[Json]:
    """Where any organisation counts there are always others: they are added to the scheda."""
    assert riga.manca is not None
    quante = riga.manca.misura["organizzazioni"]
    assume(quante <= 2000)
    nuovi = [f"nuova-{n}" for n in range(quante)]
    presenti = {o["codice"] for o in documento["organizzazioni"]}
    documento["organizzazioni"] += [
        {"codice": codice, "denominazione": codice, "alias": []} for codice in nuovi if codice not in presenti
    ]
    return [nuova("z0", tipo, giorno, riga.codice, nuovi, {"organizzazioni": nuovi})]
