"""The report reads like the act it is, and says every number of the Esito, no more and no less."""

import hashlib
import io
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache

import pikepdf
import pytest
from django.conf import settings
from pypdf import PdfReader

from distretti.basi.canonico import sha256_di
from distretti.basi.italiano import percento
from distretti.errori import ErroreDominio
from tests.pdf.documenti import pdf
from tests.pdf.lettura import (
    GIORNO,
    documento,
    esito_pieno,
    in_testo,
    leggi_pdf,
    pagine,
    relazione,
    scheda_piena,
)
from valutazione.kernel import VERSIONE, Valori
from valutazione.relazione.documento import in_pdf
from valutazione.relazione.modello import Estremi
from valutazione.relazione.testi import leggi_testi, riempi
from valutazione.scheda.lettura import leggi_scheda
from valutazione.scheda.modello import Scheda
from valutazione.scheda.pubblica import forma_pubblica

DIMOSTRAZIONE = "DIMOSTRAZIONE – dati inventati"


@cache
def pdf_pieno() -> bytes:
    return in_pdf(relazione(scheda_piena()))


@cache
def pdf_dimostrativo() -> bytes:
    return in_pdf(
        relazione(scheda_piena(), dimostrazione=True, estremi=Estremi("777", date(2026, 1, 1), "RIF-9"))
    )


def scheda_vuota() -> Scheda:
    return replace(scheda_piena(), evidenze=())


def percentuali() -> Iterator[str]:
    """Every percentage of the Esito that an act prints."""
    esito = esito_pieno()
    gruppi: list[Valori] = [
        esito.programma.valori,
        esito.programma.obbligatorie,
        esito.programma.progettualita,
        *(azione.valori for azione in esito.azioni),
        *(riga.valori for riga in esito.righe.values()),
    ]
    for valori in gruppi:
        for valore in (valori.dichiarato, valori.riconosciuto):
            yield "non valutata" if valore is None else percento(valore)
    for riga in esito.righe.values():
        for contata in riga.conteggiate:
            for quota in (contata.dichiarato, contata.riconosciuto):
                if quota is not None:
                    yield percento(quota)


def test_ogni_percentuale_dell_esito_e_stampata() -> None:
    stampato = leggi_pdf(pdf_pieno())
    for percentuale in percentuali():
        assert percentuale in stampato


def test_ogni_azione_ha_nella_sintesi_le_sue_percentuali() -> None:
    stampato = " ".join(pagine(pdf_pieno())[4:6])
    scheda = scheda_piena()
    for azione in esito_pieno().azioni:
        progettualita = {p.codice: p.titolo for p in scheda.progettualita}
        titolo = progettualita.get(azione.codice) or scheda.righe[azione.codice].testo
        nota = " (incompleta)" if azione.incompleta else ""
        valori = [
            "non valutata" if v is None else percento(v)
            for v in (azione.valori.dichiarato, azione.valori.riconosciuto)
        ]
        assert f"{azione.codice} {titolo}{nota} {valori[0]} {valori[1]}" in stampato


def test_ogni_riga_ha_parole_regola_calcolo_e_cio_che_manca() -> None:
    stampato = leggi_pdf(pdf_pieno())
    for codice, riga in scheda_piena().righe.items():
        esito = esito_pieno().righe[codice]
        assert " ".join(riga.testo_regola.split()) in stampato
        assert f"Calcolo: {esito.calcolo}." in stampato
        if esito.manca:
            assert f"Per il massimo {esito.manca.frase}." in stampato


def test_le_evidenze_respinte_hanno_il_motivo() -> None:
    stampato = leggi_pdf(pdf_pieno())
    assert "Respinta nella verifica: Non era presente il Referente amministrativo." in stampato
    assert "Misura riconosciuta: 1 post. Motivo: Il secondo collegamento non si apre." in stampato


def test_cio_che_non_e_valutato_non_e_zero() -> None:
    stampato = leggi_pdf(pdf_pieno())
    assert "P8 CENTRO FAMIGLIE non valutata non valutata" in stampato
    assert "obb.9 Partecipazione agli incontri formativi (incompleta) non valutata non valutata" in stampato
    assert "le seguenti azioni: P8, P9 e P10;" in stampato


def test_ha_la_forma_di_una_determinazione() -> None:
    stampato = leggi_pdf(pdf_pieno())
    parti = [
        "DETERMINAZIONE DEL DIRIGENTE N.",
        "OGGETTO:",
        "RIFERIMENTO:",
        "Tutto ciò premesso,",
        "IL DIRIGENTE",
        "vista la legge provinciale 2 marzo 2011",
        "DETERMINA 1) di prendere atto",
        "2) di riconoscere",
        "Elenco degli allegati parte integrante",
        "La firma autografa è sostituita",
        "ALLEGATO 001",
        "1. Quadro di sintesi",
        "2. Azioni obbligatorie",
        "3. Progettualità",
        "4. Dati incorporati e versione del calcolo",
    ]
    posizioni = [stampato.index(parte) for parte in parti]
    assert posizioni == sorted(posizioni)


@pytest.mark.parametrize("nome", ["relazione", "relazione-non-approvata", "relazione-senza-contributo"])
def test_la_firma_non_sta_mai_sola_sulla_pagina(nome: str) -> None:
    (foglio,) = (testo for testo in pagine(pdf(nome)) if "La firma autografa è sostituita" in testo)
    assert "di dare atto che il presente provvedimento" in foglio
    assert "Elenco degli allegati parte integrante" in foglio


def test_le_premesse_dicono_i_fatti_della_procedura() -> None:
    stampato = " ".join(relazione(scheda_piena()).atto.premesse)
    assert "approvato con determinazione del dirigente n. 6607 di data 19 giugno 2025" in stampato
    assert "ha trasmesso in data 23 aprile 2025 prot. 324973" in stampato
    assert "deliberazione della Giunta comunale n. 99 di data 22 aprile 2025" in stampato
    assert "Alla data del 31 marzo 2025 risultavano aderenti al Distretto 6 organizzazioni." in stampato
    assert "10 azioni da realizzarsi entro il 31 dicembre 2025" in stampato
    assert "{" not in stampato


def test_le_pagine_sono_numerate_con_il_riferimento() -> None:
    fogli = pagine(
        in_pdf(relazione(scheda_piena(), estremi=Estremi("12", date(2026, 1, 20), "2026-I090-00001")))
    )
    for numero, foglio in enumerate(fogli, start=1):
        assert f"Pag {numero} di {len(fogli)}" in foglio
        assert "RIFERIMENTO: 2026-I090-00001" in foglio
    assert "DETERMINAZIONE DEL DIRIGENTE N. 12 DI DATA 20 GENNAIO 2026" in fogli[0]


def test_la_dimostrazione_si_dice_su_ogni_pagina_e_solo_allora() -> None:
    assert all(DIMOSTRAZIONE in foglio for foglio in pagine(pdf_dimostrativo()))
    assert not any("DIMOSTRAZIONE" in foglio for foglio in pagine(pdf_pieno()))


def test_la_dimostrazione_non_porta_mai_gli_estremi_di_un_atto() -> None:
    stampato = leggi_pdf(pdf_dimostrativo())
    assert "DETERMINAZIONE DEL DIRIGENTE N. DI DATA OGGETTO:" in stampato
    for estremo in ("777", "1º gennaio 2026", "RIF-9"):
        assert estremo not in stampato


def test_nessun_nome_di_partecipante() -> None:
    dati = documento()
    for evidenza in dati["evidenze"]:
        evidenza["persone"] = ["Ermenegilda Zanfragnini", "dott.ssa Quintavalle", "adalberto brugnoli"]
        evidenza |= {campo: f"{campo} con Zanfragnini" for campo in ("argomento", "descrizione", "luogo")}
        evidenza["titolo"] = "Titolo riservato con Zanfragnini"
        for imputazione in evidenza["imputazioni"]:
            if imputazione.get("motivazione"):
                imputazione["motivazione"] = "ZANFRAGNINI e la Quintavalle assenti; Brugnoli in ritardo."
    stampato = in_testo(relazione(leggi_scheda(dati))).lower()
    for nome in ("zanfragnini", "ermenegilda", "quintavalle", "brugnoli", "titolo riservato"):
        assert nome not in stampato
    assert (
        "respinta nella verifica: [nome omesso] e la [nome omesso] assenti; [nome omesso] in ritardo."
        in stampato
    )


def test_il_titolo_pubblico_si_stampa_e_quello_interno_no() -> None:
    stampato = leggi_pdf(pdf_pieno())
    for evidenza in scheda_piena().evidenze:
        if not evidenza.titolo_pubblico:
            assert str(evidenza.titolo) not in stampato
    assert "Incontro: Incontro di avvio dell'anno" in stampato


def test_cio_che_le_persone_scrivono_resta_testo() -> None:
    dati = documento()
    dati["progettualita"][0]["titolo"] = '<b>Grassetto</b> & "virgolette" <img src="file:///etc/passwd">'
    stampato = in_testo(relazione(leggi_scheda(dati)))
    assert '<b>Grassetto</b> & "virgolette" <img src="file:///etc/passwd">' in stampato


def test_i_pesi_stanno_accanto_alle_percentuali() -> None:
    dati = documento()
    dati["progettualita"][0]["peso"] = "2.5"
    dati["progettualita"][0]["indicatori"][1]["peso"] = "1/3"
    stampato = in_testo(relazione(leggi_scheda(dati)))
    assert "E BERSNTOL (peso 2,5)" in stampato
    assert stampato.count("peso 1/3") == 2
    assert "Le medie sono ponderate" in stampato
    assert "peso " not in leggi_pdf(pdf_pieno()).replace("stesso peso", "")


def test_un_programma_non_approvato_non_pare_approvato() -> None:
    scheda = replace(scheda_vuota(), passaggi=())
    foglio = pagine(in_pdf(relazione(scheda)))
    assert all("PROGRAMMA NON APPROVATO" in pagina for pagina in foglio)
    stampato = " ".join(relazione(scheda).atto.premesse)
    assert "non risulta approvato (stato: bozza)" in stampato
    assert "6607" not in stampato


def test_senza_evidenze_e_senza_contributo_si_dice() -> None:
    scheda = replace(scheda_piena(), evidenze=(), richiede_contributo=False)
    atto = relazione(scheda).atto
    assert "Alla data del 20 gennaio 2026 non risultano evidenze registrate." in atto.premesse
    assert any("non ha richiesto il contributo" in premessa for premessa in atto.premesse)
    assert "è pari al 0,00% (azioni obbligatorie: non valutate; progettualità: 0,00%)" in atto.determina[0]


def test_a_esercizio_in_corso_non_e_definitiva() -> None:
    premesse = relazione(scheda_piena(), giorno=date(2025, 9, 8)).atto.premesse
    assert "non è definitiva" in premesse[-1]
    assert "Alla data dell'8 settembre 2025" in premesse[-2]
    assert "non è definitiva" not in relazione(scheda_piena()).atto.premesse[-1]


def test_la_data_della_situazione_dice_da_dove_viene() -> None:
    con_atto = in_testo(relazione(scheda_piena(), estremi=Estremi("12", GIORNO, "RIF")))
    assert "Situazione alla data del 20 gennaio 2026, che è quella dell'atto." in con_atto
    senza = in_testo(relazione(scheda_piena()))
    assert "Situazione alla data del 20 gennaio 2026, ultima modifica dei dati riportati." in senza


def test_l_impronta_e_quella_della_forma_pubblica() -> None:
    stampato = leggi_pdf(pdf_pieno())
    assert sha256_di(forma_pubblica(documento())) in stampato
    assert f"Versione del calcolo: {VERSIONE}" in stampato


def test_metadati_lingua_segnalibri_e_caratteri() -> None:
    letto = PdfReader(io.BytesIO(pdf_pieno()))
    assert letto.metadata is not None
    assert letto.metadata.title == "Relazione di valutazione 2025 – Distretto Family Audit Alta Valsugana"
    assert letto.metadata.author == "Ente di prova – Autorità di prova"
    with pikepdf.open(io.BytesIO(pdf_pieno())) as pdf:
        assert str(pdf.Root.Lang) == "it"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert "/StructTreeRoot" in pdf.Root
        assert b'pdfaid:part="3"' in pdf.Root.Metadata.read_bytes()
        with pdf.open_outline() as segnalibri:
            titoli = [voce.title for voce in segnalibri.root]
    assert titoli[0].startswith("DETERMINAZIONE DEL DIRIGENTE")
    assert "ALLEGATO 001" in titoli
    caratteri = {str(f["/BaseFont"]) for p in letto.pages for f in _caratteri(p)}
    assert caratteri
    assert all("Titillium" in carattere or "Roboto-Mono" in carattere for carattere in caratteri), caratteri


def _caratteri(pagina: object) -> Iterator[dict[str, object]]:
    risorse = pagina["/Resources"].get_object()  # type: ignore[index]
    for carattere in risorse.get("/Font", {}).get_object().values():
        yield carattere.get_object()


PROGRAMMA = """
import django, hashlib
django.setup()
from tests.pdf.lettura import relazione, scheda_piena
from valutazione.relazione.documento import in_pdf
print(hashlib.sha256(in_pdf(relazione(scheda_piena()))).hexdigest())
"""


def test_stessi_byte_in_un_altro_processo_e_in_un_altro_fuso() -> None:
    ambiente = {
        **os.environ,
        "TZ": "Pacific/Kiritimati",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONHASHSEED": "7",
    }
    altro = subprocess.run(
        [sys.executable, "-c", PROGRAMMA],
        cwd=settings.BASE_DIR,
        env=ambiente,
        capture_output=True,
        text=True,
        check=True,
    )
    assert altro.stdout.strip() == hashlib.sha256(pdf_pieno()).hexdigest()


def test_i_testi_del_modello_si_controllano() -> None:
    with pytest.raises(ErroreDominio, match=r"\{presidente\}"):
        leggi_testi({"premesse": ["Firmato da {presidente}"]})
    with pytest.raises(ErroreDominio, match="non è un testo"):
        leggi_testi({"visti": [12]})
    assert riempi("Il {distretto} di {capofila}", {"distretto": "D", "capofila": ""}) is None


def test_un_testo_lunghissimo_non_si_perde() -> None:
    dati = documento()
    dati["progettualita"][0]["indicatori"][0]["testo_regola"] = "parola " * 1500 + "ULTIMA"
    stampato = leggi_pdf(in_pdf(relazione(leggi_scheda(dati))))
    assert "ULTIMA" in stampato
    assert stampato.count("parola ") >= 1500
