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
    "0.2.0": {
        "distretti/0002_testo_ricerca": "10ea78aba874175b6c28d2995cd360af45a554b4bbe909b1b29ae4e041afc162",
        "distretti/0003_token_lettura": "3e4b75e7ffac1c1440fef3e66844f89d152494ef256f8d1bc9e6f391cd4e7e23",
        "distretti/0004_modificato_alle": "e9628d185128cc8ff5e4a40d6b3f5f84829f3b06a56c1a623068137d1717ae48",
        "programmi/0002_testo_ricerca": "c150aae354fb9cfd76c99607b1de96331d1a4dcd02f3bf4caaf4d9116befefc9",
        "programmi/0003_ruolo_lettore": "0055d7aa1a5e8e6c5bc36a77136bceef87f155e3935a84bb18746a61d5cb7052",
        "programmi/0004_modificato_alle": "2730d0676161176b6cb414290e06beaf1f59334cbbde4ffc45ddfdada2f939ae",
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
