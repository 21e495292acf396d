"""Le migrazioni di una versione pubblicata non cambiano più, e ogni altra ha un nome che la racconta."""

import hashlib
import re
from pathlib import Path

import pytest
from django.conf import settings

RADICE = Path(settings.BASE_DIR)
PIANI = ("distretti", "programmi", "valutazione")
PUBBLICATE = {
    "0.1.0": {
        "distretti/0001_initial": "873124790f63682a1e9e50cc1c294c5f845347038e821a4beb8c37a542ffac41",
        "programmi/0001_initial": "4709e5531b36070cfaf98f33da4e0b0ec08aedbdb5e489a3314c2731eddde7a6",
        "valutazione/0001_initial": "cbe0ac8dcb0e19f02d1531eb3877d71b7d5d3566f6670572e533e352c88b1cf6",
    },
}
"""SHA-256 of every migration, by the release that published it. When a version is published, add its own."""


@pytest.mark.parametrize(
    ("nome", "impronta"), [coppia for versione in PUBBLICATE.values() for coppia in versione.items()]
)
def test_una_migrazione_pubblicata_non_cambia(nome: str, impronta: str) -> None:
    piano, _, migrazione = nome.partition("/")
    contenuto = (RADICE / piano / "migrations" / f"{migrazione}.py").read_bytes()
    assert hashlib.sha256(contenuto).hexdigest() == impronta


def test_ogni_altra_migrazione_ha_un_nome_parlante_e_un_numero_suo() -> None:
    for piano in PIANI:
        nomi = sorted(f.stem for f in (RADICE / piano / "migrations").glob("0*.py"))
        assert [int(nome[:4]) for nome in nomi] == list(range(1, len(nomi) + 1))
        assert [n for n in nomi if not re.fullmatch(r"\d{4}_[a-z_]+", n) or "_auto_" in n] == []
