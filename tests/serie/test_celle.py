"""Le celle: ciò che non si vede non entra, ciò che sembra una formula resta un testo."""

import pytest

from valutazione.serie.celle import pulita, voci
from valutazione.serie.nomi import Nomi


@pytest.mark.parametrize(
    ("scritto", "atteso"),
    [
        ("  Avvio   delle attività ", "Avvio delle attività"),
        ("Uno\nDue\n\nTre", "Uno; Due; Tre"),
        ("Uno;\r\nDue;\r\n", "Uno; Due"),
        ("=1+1", "=1+1"),
        ('=HYPERLINK("https://esempio.it")', '=HYPERLINK("https://esempio.it")'),
        ("a\x00b\x07c\x1b", "abc"),
        ("con\u00a0spazio\tduro", "con spazio duro"),
        ("fine\u202egpj.exe", "finegpj.exe"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("", ""),
        ("\n;\n", ""),
    ],
)
def test_una_cella_pulita(scritto: str, atteso: str) -> None:
    assert pulita(scritto) == atteso
    assert pulita(atteso) == atteso


def test_le_voci_di_una_cella_sono_una_volta_ciascuna() -> None:
    assert voci(" Comune ; CS4;; Comune ") == ["Comune", "CS4"]


def test_i_nomi_si_trovano_senza_accenti_ne_maiuscole_e_il_primo_vale() -> None:
    nomi = Nomi([("comunita", ["Comunità Alta Valsugana", "CAV"]), ("altra", ["CAV"])])
    assert nomi.codice("comunita  ALTA valsugana") == "comunita"
    assert nomi.codice("cav") == "comunita"
    assert nomi.codice("altra") == "altra"
    assert nomi.sconosciuti(["CAV", "Nessuno", "Nessuno"]) == ["Nessuno"]
