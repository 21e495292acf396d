"""``importa``: che cosa entra, che cosa si dice, che cosa resta com'era."""

import copy
import json

import pytest

from distretti.models import Adesione, Distretto, Incarico, Installazione, Organizzazione, Ruolo, Utente
from programmi.models import Programma, StatoProgramma
from programmi.services import crea_bozza
from tests.scheda.ingressi import Porta, con, contenuto, dimostrativa, esempio, reale, senza_programmi
from valutazione.models import Evidenza, Imputazione


def test_una_scheda_nuova_crea_distretto_e_organizzazioni_e_lo_dice(porta: Porta) -> None:
    detto = porta.importa(esempio())
    assert "esempio/2025: programma importato." in detto
    assert "Nuovo distretto nel registro: esempio." in detto
    assert "Nuove organizzazioni nel registro: comune, coop e scuola." in detto
    programma = Programma.objects.get(distretto__codice="esempio", anno=2025)
    assert programma.stato == StatoProgramma.BOZZA
    assert programma.evidenze.count() == 10
    assert [a.organizzazione.codice for a in programma.distretto.adesioni.all()] == ["comune", "coop"]


def test_la_stessa_scheda_di_nuovo_non_cambia_niente_e_lo_dice(porta: Porta) -> None:
    porta.importa(esempio())
    prima = contenuto()
    assert "già presente e uguale, niente da cambiare" in porta.importa(esempio())
    assert contenuto() == prima


def test_il_programma_reale_dei_dati_di_base_e_gia_presente_e_uguale(porta: Porta) -> None:
    prima = contenuto()
    assert "già presente e uguale" in porta.importa(reale())
    assert contenuto() == prima


def test_scritture_diverse_della_stessa_cosa_sono_la_stessa_scheda(porta: Porta) -> None:
    porta.importa(esempio())
    altra = con(esempio(), lambda s: s["evidenze"][3].update(persone=[], descrizione="", organizzazioni=[]))
    altra["aderenti"][0]["marchi"].reverse()
    altra["organizzazioni"].reverse()
    altra["obbligatorie"][1]["peso"] = "1"
    altra["titolo"] = ""
    del altra["riuso"]
    assert "già presente e uguale" in porta.importa(altra)


def test_lo_stato_segue_dai_passaggi(porta: Porta) -> None:
    senza_programmi()
    porta.importa(reale())
    programma = Programma.objects.get(distretto__codice="dfa-alta-valsugana", anno=2025)
    assert programma.stato == StatoProgramma.APPROVATO
    assert str(programma.trasmesso_il) == "2025-04-23"
    assert str(programma.approvato_il) == "2025-06-19"
    assert [p.a_stato for p in programma.passaggi.all()] == ["trasmesso", "approvato"]
    assert programma.passaggi.get(azione="approvazione").atto is not None


def test_un_rinvio_riporta_alle_integrazioni(porta: Porta) -> None:
    rinviata = con(reale(), lambda s: s["passaggi"].pop())
    rinviata["passaggi"].append({"azione": "rinvio", "il": "2025-05-02", "nota": "Manca l'elenco aderenti"})
    senza_programmi()
    porta.importa(rinviata)
    assert Programma.objects.get().stato == StatoProgramma.INTEGRAZIONI_RICHIESTE
    assert "già presente e uguale" in porta.importa(rinviata)


def test_piu_file_entrano_insieme_e_lo_stesso_due_volte_una_sola(porta: Porta) -> None:
    successivo = con(esempio(), lambda s: s.update(dal="2026-01-01", al="2026-12-31", evidenze=[]))
    successivo["organizzazioni"].pop()
    detto = porta.importa(esempio(), esempio(), successivo)
    assert detto.count("programma importato") == 2
    assert detto.count("già presente e uguale") == 1
    assert Programma.objects.filter(distretto__codice="esempio").count() == 2


def test_gli_aderenti_di_un_distretto_nuovo_vengono_dall_anno_piu_recente(porta: Porta) -> None:
    successivo = con(esempio(), lambda s: s.update(dal="2026-01-01", al="2026-12-31", evidenze=[]))
    successivo["aderenti"].append({"organizzazione": "scuola", "dal": "2026-03-01", "al": None, "marchi": []})
    porta.importa(esempio(), successivo)
    assert Adesione.objects.filter(distretto__codice="esempio").count() == 3
    assert porta.esporta("esempio/2025") == esempio()
    assert porta.esporta("esempio/2026")["aderenti"] == successivo["aderenti"]


def test_una_bozza_diversa_si_sostituisce_solo_se_richiesto(porta: Porta) -> None:
    porta.importa(esempio())
    nuova = con(esempio(), lambda s: s["progettualita"][0].update(titolo="Un altro titolo"))
    nuova["evidenze"] = nuova["evidenze"][:3]
    nuova["progettualita"][0]["indicatori"].pop()
    errori = porta.rifiuta(nuova)
    assert errori[0] == (
        "scheda-1.json: $: il programma esempio/2025 esiste già ed è diverso: è una bozza,"
        " con --sostituisci la si riscrive"
    )
    assert (
        "scheda-1.json: $.progettualita[0].titolo: nella scheda «Un altro titolo»,"
        " nel database «Progetto di esempio»" in errori
    )
    assert "scheda-1.json: $.evidenze: nel database c'è anche «e4», nella scheda no" in errori
    assert "bozza sostituita" in porta.importa(nuova, sostituisci=True)
    assert porta.esporta("esempio/2025") == nuova
    assert Evidenza.objects.count() == 3


def test_una_bozza_scritta_qui_si_puo_sostituire(porta: Porta) -> None:
    crea_bozza(distretto=Distretto.objects.get(codice="dfa-alta-valsugana"), anno=2026)
    porta.importa(
        con(porta.esporta("dfa-alta-valsugana/2026"), lambda s: s.update(premessa="Riscritta.")),
        sostituisci=True,
    )
    assert Programma.objects.get(anno=2026).premessa == "Riscritta."


def test_un_programma_non_in_bozza_non_si_sostituisce(porta: Porta) -> None:
    diversa = con(reale(), lambda s: s["canali"][1].update(valore="www.esempio.it"))
    for opzioni in ({}, {"sostituisci": True}):
        errori = porta.rifiuta(diversa, **opzioni)
        assert errori[0].startswith(
            "scheda-1.json: $: il programma dfa-alta-valsugana/2025 esiste già ed è diverso (approvato)"
        )
        assert errori[1:] == [
            "scheda-1.json: $.canali[1].valore: nella scheda «www.esempio.it», nel database «TBD»"
        ]


@pytest.mark.parametrize("come", ["registrata da una persona", "ritirata", "bozza", "verificata", "con file"])
def test_una_bozza_con_il_lavoro_di_qualcuno_non_si_sostituisce(porta: Porta, come: str) -> None:
    porta.importa(esempio())
    utente = Utente.objects.create_user(username="qualcuno")
    evidenza = Evidenza.objects.get(codice="e1")
    if come == "registrata da una persona":
        Evidenza.objects.filter(pk=evidenza.pk).update(registrata_da=utente)
    elif come == "ritirata":
        Evidenza.objects.filter(pk=evidenza.pk).update(
            stato="ritirata", ritirata_da=utente, ritirata_alle="2025-05-05T10:00Z"
        )
    elif come == "bozza":
        Evidenza.objects.filter(pk=evidenza.pk).update(stato="bozza")
    elif come == "verificata":
        Imputazione.objects.filter(evidenza=evidenza, stato="accolta").update(
            verificata_da=utente, verificata_alle="2025-05-05T10:00Z"
        )
    else:
        evidenza.allegati.create(
            file="x.pdf", nome="x.pdf", tipo="application/pdf", dimensione=1, sha256="0" * 64
        )
    errori = porta.rifiuta(con(esempio(), lambda s: s.update(titolo="Altro")), sostituisci=True)
    assert errori == [
        "scheda-1.json: $.evidenze: la bozza esempio/2025 ha evidenze registrate qui: non si sostituisce"
    ]


def test_dati_inventati_segnano_un_installazione_vuota(porta: Porta) -> None:
    assert not Installazione.objects.dimostrazione()
    porta.importa(dimostrativa())
    assert Installazione.objects.dimostrazione()
    assert porta.esporta("distretto-dimostrativo/2025")["dimostrazione"] is True
    assert porta.importa(dimostrativa()).count("già presente e uguale") == 1


def test_dati_reali_entrano_in_una_dimostrazione(porta: Porta) -> None:
    porta.importa(dimostrativa())
    porta.importa(esempio())
    assert "già presente e uguale" in porta.importa(esempio())


def test_dati_inventati_e_reali_insieme_in_un_installazione_vuota(porta: Porta) -> None:
    porta.importa(esempio(), dimostrativa())
    assert Installazione.objects.dimostrazione()


@pytest.mark.parametrize("come", ["un utente", "un altro programma"])
def test_dati_inventati_non_entrano_fra_i_reali(porta: Porta, come: str) -> None:
    if come == "un utente":
        utente = Utente.objects.create_user(username="qualcuno")
        distretto = Distretto.objects.get(codice="df-val-di-non")
        Incarico.objects.create(utente=utente, ruolo=Ruolo.MANAGER, distretto=distretto, dal="2024-01-01")
    else:
        porta.importa(esempio())
    (errore,) = porta.rifiuta(dimostrativa())
    assert errore == (
        "scheda-1.json: $.dimostrazione: la scheda contiene dati inventati: si importa solo in"
        " un'installazione dimostrativa oppure vuota"
    )
    assert not Installazione.objects.dimostrazione()


def test_un_evidenza_senza_titolo_entra_come_la_valuta_chi_valuta(porta: Porta) -> None:
    senza_titolo = con(esempio(), lambda s: s["evidenze"][0].update(titolo=""))
    porta.importa(senza_titolo)
    assert porta.esporta("esempio/2025") == senza_titolo


def test_i_codici_sono_testi_qualunque(porta: Porta) -> None:
    testo = json.dumps(esempio(), ensure_ascii=False).replace('"coop"', '"Coop. Esempio (1) – sede n. 2?"')
    scheda = json.loads(testo.replace('"e1"', '"Evidenza 1/2025"').replace('"e2"', f'"{"x" * 250}"'))
    porta.importa(scheda)
    assert porta.esporta("esempio/2025") == scheda


def test_un_distretto_che_nessuno_conosceva_si_aggiunge_da_completare(porta: Porta) -> None:
    citante = con(
        esempio(),
        lambda s: s["progettualita"][1].update(
            referenti=[{"testo": "Distretto  dei Mocheni", "distretto": "df-mocheni"}]
        ),
    )
    detto = porta.importa(citante)
    assert "Distretti nuovi nel registro, da completare: df-mocheni." in detto
    nuovo = Distretto.objects.get(codice="df-mocheni")
    assert nuovo.denominazione == "Distretto dei Mocheni"
    assert nuovo.note.startswith("Da completare")
    assert porta.esporta("esempio/2025") == citante


def test_un_progetto_fuori_programma_con_tutti_i_campi(porta: Porta) -> None:
    progetto = copy.deepcopy(esempio()["progettualita"][0]) | {"percentuali": "100%"}
    progetto["indicatori"][0]["codice"] = "a piacere"
    progetto["referenti"] = [
        {"testo": "Una associazione", "organizzazione": "fuori"},
        {"testo": "Altro", "distretto": "mai-visto"},
    ]
    scheda = con(
        esempio(), lambda s: s["evidenze"][0].update(tipo="progetto_fuori_programma", progetto=progetto)
    )
    scheda["organizzazioni"].append({"codice": "fuori", "denominazione": "FUORI", "alias": []})
    detto = porta.importa(scheda)
    assert "da completare: mai-visto" in detto
    esportata = porta.esporta("esempio/2025")
    assert {o["codice"] for o in esportata["organizzazioni"]} == {
        o["codice"] for o in scheda["organizzazioni"]
    }
    assert esportata["evidenze"] == scheda["evidenze"]


def test_l_installazione_segnata_lo_si_dice(porta: Porta) -> None:
    detto = porta.importa(dimostrativa())
    assert detto.startswith("L'installazione era vuota e la scheda contiene dati inventati: da ora è segnata")
    assert "era vuota" not in porta.importa(dimostrativa())


@pytest.mark.parametrize("come", ["distretto", "organizzazione", "adesione"])
def test_un_registro_tenuto_da_qualcuno_non_e_vuoto(porta: Porta, come: str) -> None:
    distretto = Distretto.objects.get(codice="dfa-alta-valsugana")
    if come == "distretto":
        Distretto.objects.create(
            codice="nuovo", denominazione="Nuovo", tipo="tematico", autorita=distretto.autorita
        )
    elif come == "organizzazione":
        Organizzazione.objects.create(codice="nuova", denominazione="NUOVA")
    else:
        Adesione.objects.create(
            distretto=distretto, organizzazione=Organizzazione.objects.get(codice="soste"), dal="2030-01-01"
        )
    (errore,) = porta.rifiuta(dimostrativa())
    assert "solo in un'installazione dimostrativa oppure vuota" in errore


@pytest.mark.parametrize("sostituisci", [False, True])
def test_due_schede_diverse_dello_stesso_programma_insieme(porta: Porta, sostituisci: bool) -> None:
    altra = con(esempio(), lambda s: s.update(titolo="Un altro"))
    assert porta.rifiuta(esempio(), altra, sostituisci=sostituisci) == [
        "scheda-2.json: $: è una scheda diversa dello stesso programma (esempio/2025) che è in"
        " scheda-1.json: se ne importa una sola"
    ]


def test_un_anno_di_poche_cifre_si_esporta(porta: Porta) -> None:
    antica = con(esempio(), lambda s: s.update(dal="0987-01-01", al="2025-12-31"))
    porta.importa(antica)
    assert porta.esporta("esempio/987") == antica
    assert porta.esporta("esempio/0987") == antica
