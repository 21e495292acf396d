"""I comandi di ``script/``: si leggono senza errori e un passo non riuscito dice quale, perché e che fare."""

import os
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

CARTELLA = Path(settings.BASE_DIR) / "script"
COMANDI = sorted(
    file.name for file in CARTELLA.iterdir() if file.is_file() and file.read_bytes().startswith(b"#!")
)


def esegui(*comando: str, **ambiente: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        comando,
        cwd=CARTELLA.parent,
        env={**os.environ, **ambiente},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


@pytest.mark.parametrize("nome", [*COMANDI, "comune.sh"])
def test_ogni_comando_si_legge_senza_errori(nome: str) -> None:
    assert esegui("bash", "-n", f"script/{nome}").stderr == ""


@pytest.mark.parametrize("nome", COMANDI)
def test_ogni_comando_si_può_eseguire(nome: str) -> None:
    assert os.access(CARTELLA / nome, os.X_OK)


@pytest.mark.parametrize("nome", ["setup", "test", "lock", "schermate"])
def test_un_opzione_sconosciuta_è_rifiutata_dicendo_che_fare(nome: str) -> None:
    esito = esegui(f"script/{nome}", "--inventata")

    assert esito.returncode == 1
    assert f"ERRORE: script/{nome}" in esito.stderr
    assert "Perché: opzione sconosciuta: --inventata." in esito.stderr
    assert "Che cosa fare:" in esito.stderr


@pytest.mark.parametrize("porta", ["abc", "0", "65536", "80 81", "-1"])
def test_una_porta_impossibile_è_rifiutata_prima_di_cominciare(porta: str) -> None:
    esito = esegui("script/server", PORT=porta)

    assert esito.returncode == 1
    assert f"PORT=«{porta}» non è un numero da 1 a 65535" in esito.stderr


def test_i_blocchi_delle_dipendenze_non_contengono_indirizzi() -> None:
    for nome in ("requirements.txt", "requirements-esercizio.txt", "requirements-test.txt"):
        testo = (CARTELLA.parent / nome).read_text(encoding="utf-8")
        assert "://" not in testo
        assert "--hash=sha256:" in testo


def test_le_prove_usano_le_stesse_versioni_del_sito() -> None:
    def versioni(nome: str) -> set[str]:
        righe = (CARTELLA.parent / nome).read_text(encoding="utf-8").splitlines()
        return {riga.split()[0] for riga in righe if "==" in riga}

    sito, esercizio, prove = map(
        versioni, ("requirements.txt", "requirements-esercizio.txt", "requirements-test.txt")
    )
    assert sito <= esercizio <= prove
