"""L'immagine del README si rifà ancora: ``script/schermate`` arriva in fondo e fotografa la pagina."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image

RADICE = Path(settings.BASE_DIR)
DEL_README = RADICE / "docs" / "immagini" / "perche.png"


@pytest.mark.browser
def test_le_schermate_si_rifanno(tmp_path: Path) -> None:
    """Stessa misura di quella conservata; non gli stessi punti, che cambiano con il browser."""
    ambiente = {n: v for n, v in os.environ.items() if n not in ("DATABASE_URL", "ALLOWED_HOSTS")}
    esito = subprocess.run(
        [sys.executable, "script/schermate.py", "--readme", str(tmp_path / "perche.png")],
        cwd=RADICE,
        env={**ambiente, "DISTRETTI_VAR": str(tmp_path / "var"), "DISTRETTI_PROFILO": "locale"},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert esito.returncode == 0, esito.stderr
    with Image.open(tmp_path / "perche.png") as nuova, Image.open(DEL_README) as conservata:
        assert nuova.size == conservata.size
        assert nuova.mode == "P"


def test_l_immagine_del_readme_e_leggera_e_ha_il_suo_testo() -> None:
    assert DEL_README.stat().st_size < 150_000
    readme = (RADICE / "README.md").read_text(encoding="utf-8")
    assert "](docs/immagini/perche.png)" in readme
    assert [f.name for f in DEL_README.parent.iterdir()] == [DEL_README.name]
