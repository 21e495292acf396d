"""Qualunque cosa si metta in un punto qualunque: o si legge e si valuta, o si dice che cosa non va."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.scheda.modifiche import cambia
from tests.scheda.test_forma import pieno
from tests.scheda.test_schema import nodi
from valutazione.kernel import valuta_documento
from valutazione.scheda import Errore, SchedaNonValida, forma_pubblica, leggi_scheda, scheda_json

BASE = pieno()
PERCORSI = [percorso for percorso, _ in nodi(BASE) if percorso != "$"]

scalari = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(10**20, 10**40)
    | st.floats()
    | st.text(st.characters(), max_size=12)
    | st.sampled_from(
        ["2025-02-29", "2025-06-30", "100/3", "0.5", "e1", "obb.1", "comune", "accolta", "post", "\ud800"]
    )
)
valori = st.recursive(
    scalari,
    lambda altri: st.lists(altri, max_size=3) | st.dictionaries(st.text(max_size=4), altri, max_size=3),
)
spostati = st.sampled_from([dato for _, dato in nodi(BASE)])


@given(st.lists(st.tuples(st.sampled_from(PERCORSI), valori | spostati), min_size=1, max_size=3))
@settings(max_examples=250, deadline=None)
def test_mai_una_traccia_di_errore(cambi: list[tuple[str, Any]]) -> None:
    try:
        documento = cambia(BASE, *cambi)
    except (LookupError, TypeError):
        return  # an earlier change removed the place of a later one
    errori = errori_di(documento)
    if errori:
        assert all(errore.percorso.startswith("$") and errore.messaggio for errore in errori)
        "\n".join(map(str, errori)).encode("utf-8")
    else:
        scheda = leggi_scheda(documento)
        assert leggi_scheda(scheda_json(scheda)) == scheda
        valuta_documento(documento)
        forma_pubblica(documento)


def errori_di(documento: Any) -> list[Errore]:
    try:
        leggi_scheda(documento)
    except SchedaNonValida as errore:
        return errore.errori
    return []
