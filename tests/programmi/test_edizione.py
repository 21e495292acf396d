"""Come si scrive un programma in un indirizzo."""

import pytest

from programmi.edizione import ConvertitoreEdizione, Edizione


@pytest.mark.parametrize(
    ("testo", "anno", "variazione"), [("2025", 2025, 0), ("2025-v1", 2025, 1), ("2025-v12", 2025, 12)]
)
def test_si_legge_e_si_riscrive(testo: str, anno: int, variazione: int) -> None:
    letta = ConvertitoreEdizione().to_python(testo)
    assert (int(letta), letta.variazione) == (anno, variazione)
    assert ConvertitoreEdizione().to_url(letta) == f"{letta}" == testo


@pytest.mark.parametrize("testo", ["2025-v0", "2025-v01", "2025-v", "2025v1", "-v1", "", "2025-v1x", "٢٠٢٥"])
def test_cio_che_non_e_una_edizione(testo: str) -> None:
    assert Edizione.letta(testo) is None


def test_l_annuale_e_il_suo_anno_una_variazione_no() -> None:
    assert Edizione(2025) == 2025
    assert Edizione(2025, 1) != 2025
    assert Edizione(2025, 1) == Edizione(2025, 1) != Edizione(2025, 2)
    assert len({Edizione(2025), Edizione(2025, 1), 2025}) == 2
