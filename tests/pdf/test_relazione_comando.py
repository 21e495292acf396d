"""``manage.py relazione``: the file, and the clear refusals with exit status 2."""

import hashlib
import io
from pathlib import Path

import pikepdf
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from distretti.models import Installazione
from programmi.models import Programma
from tests.pdf.lettura import leggi_pdf
from tests.pdf.test_motore import senza_weasyprint

RIFERIMENTO = "dfa-alta-valsugana/2025"


def test_scrive_il_pdf(programma: Programma, tmp_path: Path) -> None:
    uscita = tmp_path / "relazione.pdf"
    call_command("relazione", RIFERIMENTO, output=str(uscita))
    stampato = leggi_pdf(uscita.read_bytes())
    assert "determinazione del dirigente n. 6607 di data 19 giugno 2025" in stampato
    assert "RIFERIMENTO: DIMOSTRAZIONE" not in stampato


def test_due_volte_gli_stessi_byte(programma: Programma, tmp_path: Path) -> None:
    for nome in ("a.pdf", "b.pdf"):
        call_command("relazione", RIFERIMENTO, output=str(tmp_path / nome))
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


@pytest.mark.parametrize("riferimento", ["ignoto/2025", "dfa-alta-valsugana/1999", "senza-anno", "a/b"])
def test_un_programma_ignoto_si_rifiuta(db: None, riferimento: str, tmp_path: Path) -> None:
    uscita = tmp_path / "relazione.pdf"
    with pytest.raises(CommandError, match=riferimento) as rifiuto:
        call_command("relazione", riferimento, output=str(uscita))
    assert rifiuto.value.returncode == 2
    assert not uscita.exists()


def test_senza_pango_dice_che_cosa_installare(
    programma: Programma, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    senza_weasyprint(monkeypatch)
    uscita = tmp_path / "relazione.pdf"
    with pytest.raises(CommandError, match=r"libpango-1\.0-0") as rifiuto:
        call_command("relazione", RIFERIMENTO, output=str(uscita))
    assert rifiuto.value.returncode == 2
    assert not uscita.exists()


def test_un_file_che_non_si_puo_scrivere_si_dice(programma: Programma, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="non si può scrivere") as rifiuto:
        call_command("relazione", RIFERIMENTO, output=str(tmp_path / "manca" / "relazione.pdf"))
    assert rifiuto.value.returncode == 2


ESTREMI = {"numero": "7", "data": "2026-01-20", "riferimento": "2026-I090-00001"}


def test_porta_numero_data_e_riferimento(programma: Programma, tmp_path: Path) -> None:
    uscita = tmp_path / "relazione.pdf"
    call_command("relazione", RIFERIMENTO, output=str(uscita), **ESTREMI)
    stampato = leggi_pdf(uscita.read_bytes())
    assert "DETERMINAZIONE DEL DIRIGENTE N. 7 DI DATA 20 GENNAIO 2026" in stampato
    assert "RIFERIMENTO: 2026-I090-00001" in stampato


@pytest.mark.parametrize("campo", ESTREMI)
@pytest.mark.parametrize("valore", [None, "", "x" * 61])
def test_gli_estremi_ci_sono_tutti_e_giusti_o_nessuno(
    programma: Programma, tmp_path: Path, campo: str, valore: str | None
) -> None:
    uscita = tmp_path / "relazione.pdf"
    with pytest.raises(CommandError, match=f"--{campo}: ") as rifiuto:
        call_command("relazione", RIFERIMENTO, output=str(uscita), **ESTREMI | {campo: valore})
    assert rifiuto.value.returncode == 2
    assert not uscita.exists()


def test_un_atto_piu_vecchio_dei_dati_si_rifiuta(programma: Programma, tmp_path: Path) -> None:
    uscita = tmp_path / "relazione.pdf"
    with pytest.raises(CommandError, match="18 giugno 2025") as rifiuto:
        call_command("relazione", RIFERIMENTO, output=str(uscita), **ESTREMI | {"data": "2025-06-18"})
    assert rifiuto.value.returncode == 2
    assert not uscita.exists()


def test_dentro_ci_sono_i_byte_dei_comandi(programma: Programma, tmp_path: Path) -> None:
    """As anyone would check them: take the files out, export the scheda, evaluate it."""
    uscita, scheda = tmp_path / "relazione.pdf", tmp_path / "scheda.json"
    call_command("relazione", RIFERIMENTO, output=str(uscita))
    call_command("esporta", RIFERIMENTO, pubblica=True, output=str(scheda))
    esito = io.StringIO()
    call_command("valuta", str(scheda), stdout=esito)
    with pikepdf.open(uscita) as pdf:
        incorporati = {nome: file.get_file().read_bytes() for nome, file in pdf.attachments.items()}
    assert incorporati == {
        "scheda.json": scheda.read_bytes(),
        "esito.json": esito.getvalue().encode(),
    }
    stampato = leggi_pdf(uscita.read_bytes())
    for contenuto in incorporati.values():
        assert hashlib.sha256(contenuto).hexdigest() in stampato.replace(" ", "")


def test_una_dimostrazione_non_ha_estremi(programma: Programma, tmp_path: Path) -> None:
    Installazione.objects.update_or_create(pk=1, defaults={"dimostrazione": True})
    uscita = tmp_path / "relazione.pdf"
    with pytest.raises(CommandError, match="non è un atto") as rifiuto:
        call_command("relazione", RIFERIMENTO, output=str(uscita), **ESTREMI)
    assert rifiuto.value.returncode == 2
    assert not uscita.exists()
