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
    "0.3.0": {
        "distretti/0005_sostituto": "7ccb94200269584b91723b1d351a7a4c40c4ecbe4f6c6a2728b066247bd5ef72",
        "distretti/0006_registro": "8c74a4c16d591eb3c14b9ba7637e65f0c1a99511404a75c1bd6b923fc7b82977",
        "distretti/0007_registro_eventi": "3497e24bb493bb3a4b9768b830b295521d8b23a504ea696f2f2c3080e885441e",
        "distretti/0008_persone": "96ae84a8069ff271ec1b35b496af0868cb9bf19e8168562789e927621a0ada59",
        "programmi/0005_procedura": "e9d03e34ccf468a641c30b45c20ad94cc698ff07f926a3cac60fbb6f11b6d6c6",
        "programmi/0006_stato_dal": "d5d0924c458cc6fa7230d323db4a7b764bb618f27ecafa4faabd4b3dec5bf7f9",
        "programmi/0007_osservazioni": "ec56ffdb9ea7646bd8e6abea8fd8e30af7dc9fd28f1cbef772a646116e675e6b",
        "programmi/0008_origine_nella_variazione": (
            "4461d0a205fd5f163d4fff4b89679984af87feb9f9f5c574372b91e3fcb55191"
        ),
        "programmi/0009_avvisi_e_scadenze": (
            "c835d0b3d7ff98475c2ad25a009ef44ed713c19cf2c5259bba854d09f7e4078d"
        ),
        "programmi/0010_versione": "b9346ab49f2a16970c1fcfdd24fee9aee948355ecab9d977e46ac9ea8830b97e",
        "valutazione/0002_chiusura": "3f4432b6cbb909250eeca89583936f151494dcdc50be57da40f77dc3102368d0",
        "valutazione/0003_contributo": "5df137a73e41b400864824af9c2eda0adf2002eedd1c4d4bd613905d0a2299ff",
        "valutazione/0004_verifica": "0c70815205edbf40a827595d7ac530feeee5ad851970a8291e5aa4f756eae7f4",
        "valutazione/0005_serie_in_corso": "4e8d64106f03aa5dd365d7e5dda8d08a47326f00ceedfc14822a38c9bea24e4f",
        "valutazione/0006_risultato": "9f862929bc61a11e7b538c2324f2916060dfa529b8521638b97d3436297282b4",
        "valutazione/0007_conservazione": "004d4b9d4b23cf85e2b201fcc243840cc6e27aac87f7e3bdf31734b217d2a8b0",
        "valutazione/0008_impronte_originali": (
            "7f1a5055a537b80a43c7603e276e9a02fae066bd5030dfbc3f72b28613bb7351"
        ),
        "valutazione/0009_riapertura_alla_verifica": (
            "a0baa19343fbc931e2a8feb6d29d6844acc3fffa5fa566bb4926ce508e8a5d04"
        ),
        "valutazione/0010_commento_alla_sua_azione": (
            "58c4cb470e0fa30dd95e03e4b98f8e434f4eb92ba7f53e9a4397d729cf8ef7a1"
        ),
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
