"""``importa``: dove il registro dice altro, il registro resta com'è e il programma conserva il suo."""

import copy
from typing import Any

import pytest

from distretti.models import (
    Adesione,
    AliasOrganizzazione,
    Atto,
    Certificazione,
    Distretto,
    Marchio,
    Organizzazione,
)
from programmi.models import Programma
from tests.scheda.ingressi import Documento, Porta, con, esempio, reale, senza_programmi
from valutazione.kernel.scrittura import valuta_documento
from valutazione.models import Evidenza

ALTROVE = {
    "codice": "df-val-di-non",
    "denominazione": "Distretto famiglia Val di Non",
    "tipo": "territoriale",
}
REGISTRO = (Distretto, Organizzazione, AliasOrganizzazione, Adesione, Certificazione)


def registro() -> dict[str, list[Any]]:
    """Every row of the register, whenever it was last touched: publishing a programme shows it anew."""
    return {
        m.__name__: [
            {c: v for c, v in riga.items() if c != "modificato_alle"}
            for riga in m._base_manager.order_by("pk").values()
        ]
        for m in REGISTRO
    }


def rifatta(porta: Porta, *documenti: Documento) -> str:
    """Import, export and import again: the same documents, and the second time nothing to do."""
    detto = porta.importa(*documenti)
    assert detto.count("programma importato") == len(documenti)
    for documento in documenti:
        riferimento = f"{documento['distretto']['codice']}/{int(documento['dal'][:4])}"
        assert porta.esporta(riferimento) == documento
    assert porta.importa(*documenti).count("già presente e uguale") == len(documenti)
    return detto


def anno(quale: int, **altro: Any) -> Documento:
    """The example in another year, without evidence."""
    scheda = esempio(dal=f"{quale}-01-01", al=f"{quale}-12-31", evidenze=[], **altro)
    scheda["organizzazioni"].pop()
    return scheda


def test_un_distretto_del_registro_senza_aderenti_non_ne_riceve(porta: Porta) -> None:
    scheda = esempio(distretto=ALTROVE)
    prima = registro()
    detto = rifatta(porta, scheda)
    assert "Nuove organizzazioni nel registro: comune, coop e scuola." in detto
    assert "il programma conserva ciò che la sua scheda dice diversamente:" in detto
    assert "$.aderenti[0]: nella scheda «comune» (dal 2022-07-15), nel registro no" in detto
    dopo = registro()
    for nome in ("Distretto", "Adesione", "Certificazione"):
        assert dopo[nome] == prima[nome]


def test_nomi_e_aderenti_diversi_da_quelli_del_registro(porta: Porta) -> None:
    senza_programmi()
    diversa = con(reale(), lambda s: s["distretto"].update(denominazione="Altro nome", tipo="tematico"))
    diversa["aderenti"].pop()
    diversa["organizzazioni"].pop()
    diversa["organizzazioni"][0] |= {"denominazione": "Cooperativa CS4", "alias": []}
    diversa["aderenti"][0]["dal"] = "2023-01-01"
    diversa["aderenti"][1]["marchi"].remove("family_audit")
    prima = registro()
    detto = rifatta(porta, diversa)
    assert registro() == prima
    for riga in (
        "$.distretto.denominazione: nella scheda «Altro nome», nel registro «Distretto Family Audit Alta",
        "$.distretto.tipo: nella scheda «tematico», nel registro «family_audit»",
        "$.organizzazioni[0].denominazione: nella scheda «Cooperativa CS4», nel registro «",
        "$.aderenti[0]: nella scheda «cs4» (dal 2023-01-01), nel registro no",
        '$.aderenti[1].marchi: nella scheda ["family_in_trentino"], nel registro ["family_audit"',
        "$.aderenti: nel registro c'è anche «dial-funghi» (dal 2022-12-16), nella scheda no",
    ):
        assert f"    {riga}" in detto
    assert "c'è anche «dial-funghi», nella scheda no" not in detto


def test_quello_che_il_registro_dice_uguale_non_si_conserva(porta: Porta) -> None:
    porta.importa(esempio())
    assert Programma.objects.get(distretto__codice="esempio").registro_scheda is None
    assert "conserva" not in porta.importa(anno(2026))


@pytest.mark.parametrize("ordine", [(2025, 2026), (2026, 2025)])
@pytest.mark.parametrize("insieme", [True, False])
def test_un_marchio_preso_fra_un_anno_e_l_altro(porta: Porta, ordine: list[int], insieme: bool) -> None:
    schede = {2025: anno(2025), 2026: anno(2026)}
    schede[2026]["aderenti"][1]["marchi"] = ["family_audit", "family_in_trentino"]
    if insieme:
        rifatta(porta, *(schede[quale] for quale in ordine))
    else:
        for quale in ordine:
            rifatta(porta, schede[quale])
    assert porta.importa(*schede.values()).count("già presente e uguale") == 2


def test_due_adesioni_della_stessa_organizzazione_con_marchi_diversi(porta: Porta) -> None:
    scheda = esempio()
    scheda["aderenti"] = [
        {"organizzazione": "comune", "dal": "2020-01-01", "al": "2021-12-31", "marchi": []},
        {"organizzazione": "comune", "dal": "2023-01-01", "al": None, "marchi": ["family_audit"]},
        scheda["aderenti"][1],
    ]
    rifatta(porta, scheda)


def test_un_anno_precedente_con_altri_aderenti(porta: Porta) -> None:
    porta.importa(esempio())
    prima = registro()
    precedente = anno(2024)
    precedente["progettualita"].clear()
    precedente["organizzazioni"].append({"codice": "uscita", "denominazione": "USCITA", "alias": []})
    precedente["aderenti"] = [
        {"organizzazione": "uscita", "dal": "2020-01-01", "al": "2024-06-30", "marchi": []},
        precedente["aderenti"][0],
    ]
    del precedente["organizzazioni"][1]
    rifatta(porta, precedente)
    dopo = registro()
    assert dopo["Adesione"] == prima["Adesione"]
    assert len(dopo["Organizzazione"]) == len(prima["Organizzazione"]) + 1
    assert porta.esporta("esempio/2025") == esempio()


def test_un_aderente_che_comincia_dopo_l_esercizio(porta: Porta) -> None:
    scheda = esempio()
    scheda["aderenti"].append({"organizzazione": "scuola", "dal": "2026-01-15", "al": None, "marchi": []})
    assert "conserva" not in rifatta(porta, scheda)  # the register has it, and would not say it for 2025
    altrove = scheda | {"distretto": ALTROVE}
    assert "$.aderenti[2]: nella scheda «scuola» (dal 2026-01-15), nel registro no" in rifatta(porta, altrove)


def test_organizzazioni_che_nessuno_richiama_e_in_un_altro_ordine(porta: Porta) -> None:
    scheda = esempio()
    scheda["organizzazioni"].insert(0, {"codice": "sola", "denominazione": "SOLA", "alias": ["S."]})
    scheda["organizzazioni"].reverse()
    detto = rifatta(porta, scheda)
    assert "conserva" not in detto  # the register says the same of each of them
    Organizzazione.objects.filter(codice="coop").update(denominazione="NUOVO NOME")
    esportata = porta.esporta("esempio/2025")
    assert [o["codice"] for o in esportata["organizzazioni"]] == ["scuola", "coop", "comune", "sola"]
    assert esportata["organizzazioni"][1]["denominazione"] == "NUOVO NOME"


def test_un_organizzazione_gia_nota_non_si_riscrive(porta: Porta) -> None:
    Organizzazione.objects.create(codice="coop", denominazione="ALTRA COOPERATIVA", natura="privata")
    detto = rifatta(porta, esempio())
    assert detto.splitlines()[-4:] == [
        "    $.organizzazioni[1].denominazione: nella scheda «COOPERATIVA ESEMPIO»,"
        " nel registro «ALTRA COOPERATIVA»",
        "    $.organizzazioni[1].alias[0]: nella scheda «Coop Esempio», nel registro niente",
        "    $.organizzazioni[1].natura: nella scheda niente, nel registro «privata»",
        '    $.aderenti[1].marchi: nella scheda ["family_audit"], nel registro []',
    ]
    coop = Organizzazione.objects.get(codice="coop")
    assert (coop.denominazione, coop.natura, coop.alias.count()) == ("ALTRA COOPERATIVA", "privata", 0)


def test_un_distretto_nuovo_non_cambia_i_programmi_degli_altri(porta: Porta) -> None:
    """The marks of an organisation already known stay as they are: other programmes print them."""
    prima = con(esempio(), lambda s: s["aderenti"][1].update(marchi=[]))
    rifatta(porta, prima)
    certificazioni = list(Certificazione.objects.order_by("pk").values())
    rifatta(porta, esempio(distretto=esempio()["distretto"] | {"codice": "altro"}))
    assert list(Certificazione.objects.order_by("pk").values()) == certificazioni
    assert porta.esporta("esempio/2025") == prima


def test_contano_gli_aderenti_della_scheda(porta: Porta) -> None:
    """A rule that counts members counts those the scheda prints, whatever the register says."""
    scheda = esempio(distretto=ALTROVE)
    rifatta(porta, scheda)
    esiti = [valuta_documento(d) for d in (scheda, porta.esporta("df-val-di-non/2025"))]
    assert esiti[0]["programma"] == esiti[1]["programma"] == valuta_documento(esempio())["programma"]


def test_un_evidenza_registrata_dopo_porta_le_sue_organizzazioni(porta: Porta) -> None:
    scheda = esempio(distretto=ALTROVE)
    porta.importa(scheda)
    evidenza = Evidenza.objects.get(codice="e4")
    nuova = Organizzazione.objects.create(codice="nuova", denominazione="NUOVA")
    evidenza.coinvolte.create(organizzazione=nuova, ordine=9)
    esportata = porta.esporta("df-val-di-non/2025")
    assert esportata["organizzazioni"][:3] == scheda["organizzazioni"]
    assert esportata["organizzazioni"][3]["codice"] == "nuova"


def test_una_bozza_sostituita_conserva_il_nuovo_e_non_il_vecchio(porta: Porta) -> None:
    porta.importa(esempio(distretto=ALTROVE))
    nuova = esempio(distretto=ALTROVE, aderenti=[], progettualita=[], evidenze=[], organizzazioni=[])
    assert "bozza sostituita" in porta.importa(nuova, sostituisci=True)
    assert porta.esporta("df-val-di-non/2025") == nuova
    assert Programma.objects.get(distretto__codice="df-val-di-non").registro_scheda is None


def test_una_scheda_con_altri_aderenti_per_un_programma_che_c_e_e_rifiutata(porta: Porta) -> None:
    porta.importa(esempio(distretto=ALTROVE))
    altra = esempio(distretto=ALTROVE)
    altra["aderenti"][1]["dal"] = "2025-06-02"
    errori = porta.rifiuta(altra)
    assert "scheda-1.json: $.aderenti[1]: nella scheda «coop» (dal 2025-06-02), nel database no" in errori


ATTO = {
    "codice": "det-1",
    "tipo": "determinazione",
    "ente": "Provincia",
    "numero": "1",
    "data": "2025-06-01",
    "oggetto": "",
    "riferimento": "",
}


def approvata(**atto: str) -> Documento:
    passo = {"protocollo_mittente": "", "protocollo_ricevente": "", "nota": ""}
    return esempio(
        atti=[ATTO | atto],
        passaggi=[
            {"azione": "trasmissione", "il": "2025-04-01", "atto": None, **passo},
            {"azione": "approvazione", "il": "2025-06-01", "atto": "det-1", **passo},
        ],
    )


def test_due_distretti_danno_lo_stesso_codice_ad_atti_diversi(porta: Porta) -> None:
    altra = con(approvata(numero="2"), lambda s: s["distretto"].update(codice="altro"))
    rifatta(porta, approvata())
    rifatta(porta, altra)
    assert set(
        Atto.objects.filter(numero__in=["1", "2"], codice__startswith="det-1").values_list("codice")
    ) == {
        ("det-1",),
        ("det-1.altro-2025",),
    }
    assert porta.esporta("esempio/2025") == approvata()
    nuova = con(altra, lambda s: s["distretto"].update(codice="terzo"))
    rifatta(porta, nuova)


def test_due_distretti_citano_lo_stesso_atto(porta: Porta) -> None:
    rifatta(porta, approvata())
    rifatta(porta, con(approvata(), lambda s: s["distretto"].update(codice="altro")))
    assert Atto.objects.filter(codice__startswith="det-1").count() == 1


def test_un_marchio_di_un_distretto_conosciuto_deve_esistere(porta: Porta) -> None:
    scheda = copy.deepcopy(esempio(distretto=ALTROVE))
    scheda["aderenti"][0]["marchi"] = ["verde"]
    assert porta.rifiuta(scheda) == ["scheda-1.json: $.aderenti[0].marchi[0]: il marchio «verde» non esiste"]
    Marchio.objects.create(
        autorita=Distretto.objects.get(codice="df-val-di-non").autorita, codice="verde", denominazione="Verde"
    )
    rifatta(porta, scheda)
