"""Qualunque cosa si scriva, il documento ha soltanto i caratteri nostri, e resta conforme."""

import io
from dataclasses import replace

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from distretti.basi.pdf_caratteri import _tavola, stampabile
from tests.pdf.lettura import leggi_pdf, relazione, scheda_piena
from valutazione.relazione.documento import in_pdf, relazione_html


@pytest.mark.parametrize(
    ("scritto", "stampato"),
    [
        ("Perché è «così»: 12,5 % – l’età…", "Perché è «così»: 12,5 % – l’età…"),
        ("citta\u0300", "città"),
        ("Festa 😀 insieme ✓", "Festa • insieme •"),
        ("❤️ 👨\u200d👩", "• ••"),
        ("Семья", "?????"),
        ("da 10 → 20, ≥ 3", "da 10 -> 20, >= 3"),
        ("co\u00adesione fra\u2011gile\u202f5", "coesione fra-gile 5"),
        ("oﬃcina ǖ ①", "officina u 1"),
    ],
)
def test_ciò_che_manca_ai_caratteri_diventa_il_più_vicino(scritto: str, stampato: str) -> None:
    assert stampabile(scritto) == stampato


@given(st.text())
def test_ogni_testo_si_può_stampare(testo: str) -> None:
    assert {ord(c) for c in stampabile(testo)} - set(b"\n\r\t") <= _tavola().presenti


def test_le_nostre_parole_non_cambiano() -> None:
    html = relazione_html(relazione(scheda_piena()))
    assert stampabile(html) == html


def test_un_titolo_con_ogni_genere_di_segni_non_chiama_altri_caratteri() -> None:
    scheda = scheda_piena()
    prima = replace(scheda.progettualita[0], titolo="Festa 😀 Семья 家族 ✓ → العربية")
    contenuto = in_pdf(relazione(replace(scheda, progettualita=(prima, *scheda.progettualita[1:]))))
    assert "Festa • ????? ?? • ->" in " ".join(leggi_pdf(contenuto).split())
    with pikepdf.open(io.BytesIO(contenuto)) as file:
        nomi = {
            str(oggetto.FontName)
            for oggetto in file.objects
            if isinstance(oggetto, pikepdf.Dictionary) and oggetto.get("/Type") == "/FontDescriptor"
        }
        dentro = " ".join(f.EF.F.read_bytes().decode() for f in file.Root.AF)
    assert {nome.partition("+")[2].rsplit("-")[0] for nome in nomi} == {"Titillium", "Roboto"}
    assert "Festa 😀 Семья 家族 ✓" in dentro  # the data keep what was written
