"""``.ci/run`` esegue tutto, anche dopo un comando non riuscito, e finisce con la somma dei riassunti."""

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

RADICE = Path(settings.BASE_DIR)
CI = RADICE / ".ci" / "run"
Esegui = Callable[[dict[str, tuple[str, int]]], tuple[int, list[str]]]


def comandi() -> list[str]:
    blocco = re.search(r"COMANDI=\((.*?)\)", CI.read_text(encoding="utf-8"), re.DOTALL)
    assert blocco is not None
    return blocco[1].split()


@pytest.fixture
def esegui(tmp_path: Path) -> Esegui:
    """``esegui({"script/test": ("3 passed", 0)})`` → exit code and lines; the commands are feigned."""

    def _esegui(finti: dict[str, tuple[str, int]]) -> tuple[int, list[str]]:
        (tmp_path / ".ci").mkdir()
        shutil.copy(CI, tmp_path / ".ci" / "run")
        for comando in comandi():
            dice, codice = finti.get(comando, ("1 passed in 0.1s", 0))
            finto = tmp_path / comando
            finto.parent.mkdir(exist_ok=True)
            finto.write_text(f"#!/bin/sh\necho '{dice}'\nexit {codice}\n")
            finto.chmod(0o755)
        esito = subprocess.run(
            ["bash", str(tmp_path / ".ci" / "run")], capture_output=True, text=True, timeout=30, check=False
        )
        return esito.returncode, esito.stdout.splitlines()

    return _esegui


def test_esegue_comandi_che_ci_sono() -> None:
    assert comandi()[0] == "script/test"
    assert [comando for comando in comandi() if not (RADICE / comando).is_file()] == []


def test_somma_i_riassunti_di_tutti_i_comandi(esegui: Esegui) -> None:
    codice, righe = esegui({"script/test": ("40 passed, 0 failed, 2 skipped", 0)})

    assert codice == 0
    assert righe[-1] == f"{40 + len(comandi()) - 1} passed, 0 failed"


def test_un_comando_non_riuscito_non_ferma_gli_altri(esegui: Esegui) -> None:
    codice, righe = esegui({"script/test": ("2 failed, 38 passed in 9s", 1)})

    assert codice == 1
    assert righe[-1] == f"{38 + len(comandi()) - 1} passed, 2 failed"


def test_un_comando_che_si_rompe_senza_contare_e_un_fallimento(esegui: Esegui) -> None:
    codice, righe = esegui({"script/prove-estese": ("senza riassunto", 3)})

    assert codice == 1
    assert righe[-1] == f"{len(comandi()) - 1} passed, 1 failed"
