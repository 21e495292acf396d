"""Le decisioni sono numerate senza salti, hanno le stesse parti e stanno tutte nell'indice."""

import re
from pathlib import Path

import pytest
from django.conf import settings

CARTELLA = Path(settings.BASE_DIR) / "docs" / "decisioni"
DECISIONI = sorted(CARTELLA.glob("[0-9]*.md"))


@pytest.mark.parametrize("decisione", DECISIONI, ids=lambda d: d.stem)
def test_ogni_decisione_ha_titolo_stato_e_le_tre_parti(decisione: Path) -> None:
    testo = decisione.read_text(encoding="utf-8")

    assert testo.startswith(f"# {int(decisione.name[:4])}. ")
    assert re.search(r"^Status: (accepted|superseded by \d+), \d+\.\d+\.\d+\.$", testo, re.MULTILINE)
    assert re.findall(r"^## (.+)$", testo, re.MULTILINE) == ["Context", "Decision", "Consequences"]


def test_i_numeri_non_hanno_salti() -> None:
    assert [int(d.name[:4]) for d in DECISIONI] == list(range(1, len(DECISIONI) + 1))


def test_l_indice_le_elenca_tutte_con_il_loro_titolo() -> None:
    indice = (CARTELLA / "README.md").read_text(encoding="utf-8")
    voci = re.findall(r"^\| (\d+) \| \[(.+)\]\((.+)\) \|$", indice, re.MULTILINE)
    titoli = [d.read_text(encoding="utf-8").split("\n", 1)[0].removeprefix("# ") for d in DECISIONI]
    assert [f"{n}. {titolo}" for n, titolo, _ in voci] == titoli
    assert [file for _, _, file in voci] == [d.name for d in DECISIONI]
