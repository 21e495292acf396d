"""Whole schede from the few words of a worked case."""

import copy
from collections.abc import Iterable
from typing import Any

Json = dict[str, Any]

ORGANIZZAZIONI = {
    "comune": "COMUNE DI ESEMPIO",
    "coop": "COOPERATIVA ESEMPIO",
    "scuola": "SCUOLA DI ESEMPIO",
    "uscita": "ASSOCIAZIONE USCITA",
    "asif": "ASIF DI ESEMPIO",
    "soste": "SOSTE DI ESEMPIO",
}
ADERENTI: list[tuple[str, str, str | None]] = [
    ("comune", "2022-07-15", None),
    ("asif", "2022-07-15", None),
    ("soste", "2022-07-15", None),
    ("uscita", "2022-07-15", "2025-03-31"),
    ("coop", "2025-06-01", None),
]
_IMPUTAZIONE = ("stato", "misura", "misura_riconosciuta", "motivazione")


def scheda_con(regole: dict[str, Json | None], evidenze: Iterable[Json] = (), **altro: Any) -> Json:
    """A scheda of 2025 with these lines (code → rule) and this evidence; ``altro`` replaces top keys."""
    return {
        "formato": "scheda-programma/1",
        "autorita": "pat-acs",
        "distretto": {"codice": "esempio", "denominazione": "Distretto di esempio", "tipo": "family_audit"},
        "dal": "2025-01-01",
        "al": "2025-12-31",
        "richiede_contributo": True,
        "organizzazioni": [
            {"codice": codice, "denominazione": nome, "alias": []} for codice, nome in ORGANIZZAZIONI.items()
        ],
        "aderenti": [
            {"organizzazione": codice, "dal": dal, "al": al, "marchi": []} for codice, dal, al in ADERENTI
        ],
        "obbligatorie": [
            {**riga(codice, regola), "sezione": "SEZIONE"}
            for codice, regola in regole.items()
            if codice.startswith("obb.")
        ],
        "progettualita": _progettualita(regole),
        "evidenze": [evidenza(dato) for dato in evidenze],
        **copy.deepcopy(altro),
    }


def riga(codice: str, regola: Json | None) -> Json:
    return {"codice": codice, "testo": "", "testo_regola": "", "regola": copy.deepcopy(regola)}


def _progettualita(regole: dict[str, Json | None]) -> list[Json]:
    numeri = sorted({int(codice.split(".")[0]) for codice in regole if not codice.startswith("obb.")})
    return [
        progettualita(k, [riga(c, r) for c, r in regole.items() if c.startswith(f"{k}.")]) for k in numeri
    ]


def progettualita(numero: int, indicatori: list[Json]) -> Json:
    testi = (
        "tipo_azione ambito obiettivo_generale obiettivo_specifico titolo azioni altre_organizzazioni tempi"
    )
    return {
        "numero": numero,
        **dict.fromkeys(testi.split(), ""),
        "referenti": [],
        "indicatori_testo": [],
        "classificazioni": [],
        "indicatori": indicatori,
    }


def evidenza(dato: Json) -> Json:
    """An evidence; with the short key ``riga``, its one imputazione is written beside its fields."""
    completa: Json = {"titolo": "Evidenza", "data": "2025-03-10", **copy.deepcopy(dato)}
    if "riga" in completa:
        imputazione = {"stato": "in_attesa"} | {k: completa.pop(k) for k in _IMPUTAZIONE if k in completa}
        completa["imputazioni"] = [{"indicatore": completa.pop("riga"), **imputazione}]
    return completa


def scheda_del_caso(regole: dict[str, Json | None], caso: Json) -> Json:
    """The scheda of a worked case: its rules over those of its file, then what it changes."""
    scheda = scheda_con({**regole, **caso.get("regole", {})}, caso["evidenze"], **caso.get("scheda", {}))
    for codice, cambi in caso.get("righe", {}).items():
        riga_di(scheda, codice).update(cambi)
    for numero, cambi in caso.get("progettualita", {}).items():
        scheda["progettualita"][int(numero) - 1].update(cambi)
    return scheda


def riga_di(scheda: Json, codice: str) -> Json:
    for candidata in [
        *scheda["obbligatorie"],
        *(r for p in scheda["progettualita"] for r in p["indicatori"]),
    ]:
        if candidata["codice"] == codice:
            trovata: Json = candidata
            return trovata
    raise KeyError(codice)
