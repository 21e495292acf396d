"""Random schede wider than those of tests/kernel: weights and dates on any line, defaults left out, generous
rules under which much counts (caps, reuse), members that leave and come back, actions without lines."""

from typing import Any

from hypothesis import strategies as st

from tests.kernel.costruzione import Json, progettualita
from tests.kernel.strategie import TIPI, schede

_DATE_DI_RIGA: list[Json] = [
    {},
    {},
    {},
    {"dal": "2025-04-01"},
    {"al": "2025-04-01"},
    {"dal": "2025-01-01", "al": "2025-06-01"},
    {"dal": "2025-06-01"},
]
_PREDEFINITI = {"tutte": True, "lettura": "soglia", "massimo": "100"}


@st.composite
def schede_varie(draw: st.DrawFn) -> Json:
    """A valid scheda in full form."""
    documento: Json = draw(schede())
    generosa = draw(st.booleans())
    for riga in righe_di(documento):
        riga.pop("dal", None)
        riga.pop("al", None)
        riga |= draw(st.sampled_from(_DATE_DI_RIGA))
        if draw(st.integers(0, 2)) == 0:
            riga["peso"] = draw(st.sampled_from(["2", "0.5", "1/3", "100/3"]))
        if riga["regola"] is not None:
            _varia_regola(draw, riga["regola"], generosa=generosa)
    if draw(st.booleans()):
        documento["progettualita"].append(progettualita(3, []) | draw(st.sampled_from([{}, {"peso": "7"}])))
    _varia_aderenti(draw, documento["aderenti"])
    _lascia_i_predefiniti(draw, documento)
    return documento


def righe_di(documento: Json) -> list[Json]:
    """The lines in the order of the scheda."""
    return [*documento["obbligatorie"], *(r for p in documento["progettualita"] for r in p["indicatori"])]


def imputazioni_di(documento: Json) -> list[Json]:
    return [i for evidenza in documento["evidenze"] for i in evidenza["imputazioni"]]


def _varia_regola(draw: st.DrawFn, regola: Json, *, generosa: bool) -> None:
    if generosa and regola["tipo"] != "manuale":
        regola["evidenze"] = list(TIPI)
        for chiave in ("presenze", "campi", "entro"):
            regola.pop(chiave, None)
    if draw(st.integers(0, 5)) == 0:
        regola["entro"] = draw(st.sampled_from(["2025-01-01", "2025-04-01", "2025-12-31"]))
    if draw(st.integers(0, 5)) == 0:
        regola["massimo"] = draw(st.sampled_from(["100", "0.01", "100/3", "70"]))
    if regola["tipo"] == "manuale" and regola["assegnata"] is not None:
        regola["assegnata"] = draw(st.sampled_from(["0", "0.0", "62.5", "200/3", "100"]))
    for chiave, valore in _PREDEFINITI.items():
        if regola.get(chiave) == valore and draw(st.booleans()):
            del regola[chiave]


def _varia_aderenti(draw: st.DrawFn, aderenti: list[Json]) -> None:
    ritorno: Json = {"organizzazione": "uscita", "dal": "2025-06-01", "al": None, "marchi": []}
    del aderenti[draw(st.integers(0, len(aderenti))) :]
    if draw(st.booleans()):
        aderenti.append(ritorno)


def _lascia_i_predefiniti(draw: st.DrawFn, documento: Json) -> None:
    """What may be left out is left out at times, or written null where null says the same."""
    if documento["riuso"] == "ammesso" and draw(st.booleans()):
        del documento["riuso"]
    for evidenza in documento["evidenze"]:
        for chiave, vuoto in _VUOTI:
            if evidenza.get(chiave) == vuoto and draw(st.booleans()):
                del evidenza[chiave]
    for imputazione in imputazioni_di(documento):
        if "misura" not in imputazione and draw(st.booleans()):
            imputazione["misura"] = None


_VUOTI: list[tuple[str, Any]] = [
    ("pianificata", False),
    ("organizzazioni", []),
    ("presenze", []),
    ("persone", []),
    ("argomento", ""),
]
