"""``esporta``: importare quello che è stato esportato dà lo stesso programma."""

import os
import stat
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from distretti.models import Adesione, Certificazione, Distretto, Marchio, Organizzazione
from programmi.models import Programma
from programmi.services import crea_bozza
from tests.scheda.ingressi import Documento, Porta, con, dimostrativa, esempio, reale, senza_programmi
from valutazione.kernel.scrittura import valuta_documento
from valutazione.models import Evidenza
from valutazione.scheda.pubblica import forma_pubblica

REALE = "dfa-alta-valsugana/2025"


def test_il_programma_reale_si_esporta_come_e_stato_trascritto(porta: Porta) -> None:
    assert porta.esporta(REALE) == reale()


def test_il_programma_reale_reimportato_e_lo_stesso(porta: Porta) -> None:
    esportato = porta.esporta(REALE)
    senza_programmi()
    porta.importa(esportato)
    assert porta.esporta(REALE) == esportato


@pytest.mark.parametrize("documento", [esempio(), dimostrativa()], ids=["esempio", "dimostrativa"])
def test_una_scheda_importata_si_esporta_uguale(porta: Porta, documento: Documento) -> None:
    porta.importa(documento)
    riferimento = f"{documento['distretto']['codice']}/2025"
    assert porta.esporta(riferimento) == documento


def test_la_dimostrazione_reimportata_e_la_stessa(porta: Porta) -> None:
    call_command("carica_dimostrazione", stdout=StringIO())
    riferimenti = [REALE, "distretto-dimostrativo/2025", "dfa-alta-valsugana/2026"]
    esportati = [porta.esporta(riferimento) for riferimento in riferimenti]
    assert len(esportati[0]["evidenze"]) == 35
    Evidenza.objects.all().delete()
    senza_programmi()
    Adesione.objects.filter(distretto__codice="distretto-dimostrativo").delete()
    Certificazione.objects.filter(organizzazione__codice__startswith="organizzazione-dimostrativa").delete()
    Organizzazione.objects.filter(codice__startswith="organizzazione-dimostrativa").delete()
    Distretto.objects.filter(codice="distretto-dimostrativo").delete()
    porta.importa(*esportati)
    assert [porta.esporta(riferimento) for riferimento in riferimenti] == esportati


def test_un_programma_con_tutto_quello_che_la_scheda_puo_dire(porta: Porta) -> None:
    piena = con(dimostrativa(), lambda s: s["progettualita"][0].update(peso="3/2"))
    piena["obbligatorie"][0] |= {"peso": "2.5", "dal": "2025-02-01", "al": "2025-11-30"}
    piena["evidenze"][0] |= {
        "data_fine": piena["evidenze"][0]["data"],
        "argomento": "«Argomento» con\na capo e & < >",
        "url": "https://esempio.example/?a=1&b=2",
        "titolo_pubblico": "Titolo",
        "allegati": [{"nome": "../../x", "tipo": "text/plain", "dimensione": 3, "sha256": "ab" * 32}],
    }
    piena["progettualita"][0]["referenti"] += [
        {"testo": "Senza codice"},
        {"testo": "Un altro distretto", "distretto": "df-val-di-non"},
        {"testo": "Questo distretto", "distretto": "distretto-dimostrativo"},
    ]
    porta.importa(piena)
    assert porta.esporta("distretto-dimostrativo/2025") == piena


def test_la_forma_pubblica_da_le_stesse_percentuali(porta: Porta) -> None:
    porta.importa(esempio())
    pubblica = porta.esporta("esempio/2025", pubblica=True)
    assert pubblica == forma_pubblica(esempio())
    esiti = [valuta_documento(documento)["programma"] for documento in (pubblica, esempio())]
    assert esiti[0] == esiti[1]


def test_solo_le_evidenze_registrate(porta: Porta) -> None:
    porta.importa(esempio())
    Evidenza.objects.filter(codice="e1").update(stato="bozza")
    esportata = porta.esporta("esempio/2025")
    assert [evidenza["codice"] for evidenza in esportata["evidenze"]] == [f"e{n}" for n in range(2, 11)]


def test_gli_aderenti_sono_quelli_fino_all_ultimo_giorno(porta: Porta) -> None:
    distretto = Distretto.objects.get(codice="dfa-alta-valsugana")
    nuova = Organizzazione.objects.create(codice="nuova", denominazione="NUOVA")
    adesione = Adesione.objects.create(distretto=distretto, organizzazione=nuova, ordine=7, dal="2026-01-01")
    assert porta.esporta(REALE) == reale()
    Adesione.objects.filter(pk=adesione.pk).update(dal="2025-12-31")
    assert porta.esporta(REALE)["aderenti"][-1]["organizzazione"] == "nuova"
    assert porta.esporta(REALE)["organizzazioni"][-1]["codice"] == "nuova"


@pytest.mark.parametrize(
    ("date", "compare"),
    [
        ({"dal": "2026-01-01"}, False),
        ({"al": "2024-12-31"}, False),
        ({"revocata_il": "2025-01-01"}, False),
        ({"dal": "2025-12-31"}, True),
        ({"al": "2025-01-01"}, True),
        ({"revocata_il": "2025-01-02"}, True),
    ],
)
def test_i_marchi_sono_quelli_validi_nell_esercizio(porta: Porta, date: Documento, compare: bool) -> None:
    Certificazione.objects.create(
        organizzazione=Organizzazione.objects.get(codice="soste"),
        marchio=Marchio.objects.get(codice="family_in_trentino"),
        **date,
    )
    marchi = porta.esporta(REALE)["aderenti"][4]["marchi"]
    assert marchi == ["family_audit"] + ["family_in_trentino"] * compare


def test_una_bozza_dal_modello_e_una_scheda_intera(porta: Porta) -> None:
    crea_bozza(distretto=Distretto.objects.get(codice="df-val-di-non"), anno=2025)
    esportata = porta.esporta("df-val-di-non/2025")
    assert len(esportata["obbligatorie"]) == 9
    Programma.objects.filter(distretto__codice="df-val-di-non").delete()
    porta.importa(esportata)
    assert porta.esporta("df-val-di-non/2025") == esportata


@pytest.mark.parametrize(
    ("riferimento", "messaggio"),
    [
        ("dfa-alta-valsugana/1999", "Il programma «dfa-alta-valsugana/1999» non esiste."),
        ("ignoto/2025", "Il programma «ignoto/2025» non esiste."),
        ("dfa-alta-valsugana", "«dfa-alta-valsugana» non è un programma: si scrive"),
        ("/2025", "«/2025» non è un programma: si scrive"),
        ("dfa-alta-valsugana/²⁰²⁵", "«dfa-alta-valsugana/²⁰²⁵» non è un programma: si scrive"),
    ],
)
def test_un_programma_che_non_c_e(porta: Porta, riferimento: str, messaggio: str) -> None:
    file = porta.cartella / "uscita.json"
    with pytest.raises(CommandError) as rifiuto:
        call_command("esporta", riferimento, output=str(file))
    assert rifiuto.value.returncode == 2
    assert str(rifiuto.value).startswith(messaggio)
    assert not file.exists()


def test_il_file_si_scrive_per_intero(porta: Porta) -> None:
    file = porta.cartella / "uscita.json"
    file.write_text("vecchio", encoding="utf-8")
    call_command("esporta", REALE, output=str(file))
    testo = file.read_text(encoding="utf-8")
    assert testo.startswith('{\n "formato": "scheda-programma/1",\n')
    assert testo.endswith("\n}\n")
    assert "COMUNITÀ" in testo
    assert list(porta.cartella.iterdir()) == [file]


def test_il_file_ha_i_permessi_di_un_file_qualunque(porta: Porta) -> None:
    file = porta.cartella / "uscita.json"
    (porta.cartella / "altro").touch()
    call_command("esporta", REALE, output=str(file))
    assert stat.S_IMODE(file.stat().st_mode) == stat.S_IMODE((porta.cartella / "altro").stat().st_mode)


def test_un_file_che_non_si_puo_scrivere(porta: Porta) -> None:
    with pytest.raises(CommandError, match="il file non si può scrivere") as rifiuto:
        call_command("esporta", REALE, output=str(porta.cartella / "non-c-e" / "uscita.json"))
    assert rifiuto.value.returncode == 2


def test_se_la_scrittura_fallisce_resta_il_vecchio(porta: Porta, monkeypatch: pytest.MonkeyPatch) -> None:
    file = porta.cartella / "uscita.json"
    file.write_text("vecchio", encoding="utf-8")

    def disco_pieno(_da: str, _a: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", disco_pieno)
    with pytest.raises(CommandError, match="non si può scrivere"):
        call_command("esporta", REALE, output=str(file))
    assert file.read_text(encoding="utf-8") == "vecchio"
    assert list(porta.cartella.iterdir()) == [file]
