"""Random schede wider than those of tests/kernel: weights and dates on any line, defaults left out, generous
rules under which much counts (caps, reuse), members that leave and come back, actions without lines."""

from typing import Any

from hypothesis import strategies as st

from tests.kernel.costruzione import ORGANIZZAZIONI, Json, evidenza, progettualita
from tests.kernel.strategie import TIPI, misura_di, schede

_DATE_DI_RIGA: list[Json] = [
    {},
    {},
    {},
    {"dal": "2025-04-01"},
    {"al": "2025-04-01"},
    {"dal": "2025-01-01", "al": "2025-06-01"},
    {"dal": "2025-06-01"},
]
_ORGANIZZATE = sorted(ORGANIZZAZIONI)
_GIORNI_BUONI = ["2025-04-01", "2025-04-01", "2025-05-31", "2025-06-01", "2025-03-31", "2025-12-31"]
_STATI = ["accolta", "accolta", "in_attesa"]
_DI_RADO = st.sampled_from([False] * 6 + [True] + [False] * 5)
_PREDEFINITI = {"tutte": True, "lettura": "soglia", "massimo": "100"}


@st.composite
def schede_varie(draw: st.DrawFn) -> Json:
    """A valid scheda in full form."""
    documento: Json = draw(schede())
    generosa, senza_regole = draw(st.booleans()), draw(_DI_RADO)
    for riga in righe_di(documento):
        riga.pop("dal", None)
        riga.pop("al", None)
        riga |= draw(st.sampled_from(_DATE_DI_RIGA))
        if draw(st.integers(0, 2)) == 0:
            riga["peso"] = draw(st.sampled_from(["2", "0.5", "1/3", "100/3"]))
        if senza_regole:
            riga["regola"] = None
            _senza_misure(documento, riga["codice"])
        elif riga["regola"] is not None:
            _varia_regola(draw, riga["regola"], generosa=generosa)
    for serie, riga in enumerate(r for r in righe_di(documento) if r["regola"] and draw(st.booleans())):
        _serie(draw, documento, riga, f"s{serie}-")
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


def _serie(draw: st.DrawFn, documento: Json, riga: Json, prefisso: str) -> None:
    """Evidence that nearly always counts on a line, until its cap and beyond."""
    regola = riga["regola"]
    if draw(st.booleans()):
        for dato, chiave in ((riga, "dal"), (riga, "al"), (regola, "entro")):
            dato.pop(chiave, None)
    if regola["tipo"] == "per_unita" and draw(st.sampled_from([False, True, False])):
        regola |= {"percentuale": "0.001", "massimo": "0.003"}
    for numero in range(draw(st.integers(1, 6))):
        tipo = draw(st.sampled_from(regola.get("evidenze", TIPI)))
        organizzazioni = draw(st.lists(st.sampled_from(_ORGANIZZATE), min_size=1, max_size=3, unique=True))
        misura, parte = misura_di(draw, regola, tipo, organizzazioni)
        imputazione: Json = {"indicatore": riga["codice"], "stato": draw(st.sampled_from(_STATI))}
        if misura is not None:
            imputazione["misura"] = misura
            if imputazione["stato"] == "accolta" and draw(st.booleans()):
                imputazione |= {"misura_riconosciuta": parte, "motivazione": "Riconosciuta in parte"}
        altra = draw(st.sampled_from(righe_di(documento)))["codice"]
        altre = [{"indicatore": altra, "stato": "in_attesa"}] if altra != riga["codice"] else []
        completa = {
            "codice": f"{prefisso}{numero}",
            "tipo": tipo,
            "data": draw(st.sampled_from(_GIORNI_BUONI)),
            "argomento": "Un argomento",
            "url": "https://riservato.example/",
            "allegati": [{"nome": "a.pdf", "tipo": "application/pdf", "dimensione": 1, "sha256": "0" * 64}],
            "organizzazioni": organizzazioni,
            "presenze": ["manager"],
            "pianificata": imputazione["stato"] == "in_attesa" and draw(_DI_RADO),
            "imputazioni": [imputazione, *altre],
        }
        documento["evidenze"].append(evidenza(completa))


def _senza_misure(documento: Json, codice: str) -> None:
    """A line without a rule admits no measure, nor a part of it."""
    for imputazione in imputazioni_di(documento):
        if imputazione["indicatore"] == codice:
            imputazione.pop("misura", None)
            if imputazione.pop("misura_riconosciuta", None) is not None:
                del imputazione["motivazione"]


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
    for scritta in documento["evidenze"]:
        for chiave, vuoto in _VUOTI:
            if scritta.get(chiave) == vuoto and draw(st.booleans()):
                del scritta[chiave]
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
