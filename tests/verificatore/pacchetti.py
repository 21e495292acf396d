"""Packages to verify: those kept in tests/risultati, and those made of a scheda by the kernel."""

import copy
from typing import Any

from tests.kernel.costruzione import Json
from tests.risultati.conservati import leggi
from tests.verificatore.modulo import verifica
from valutazione.kernel import valuta_documento


def conservato(nome: str = "tutte-le-forme") -> Json:
    return copy.deepcopy(leggi(nome))


def pacchetto_di(scheda: Json) -> Json:
    return {"formato": "pacchetto-valutazione/1", "scheda": scheda, "esito": valuta_documento(scheda)}


def differenze(pacchetto: Any) -> list[str]:
    """What the verifier says. Raises its ``FileNonValido``."""
    trovate: list[str] = verifica.verifica(pacchetto)[0]
    return trovate


def azione(pacchetto: Json, codice: str) -> Json:
    return _per_codice(pacchetto["esito"]["azioni"], codice)


def riga(pacchetto: Json, codice: str) -> Json:
    return _per_codice([r for a in pacchetto["esito"]["azioni"] for r in a["righe"]], codice)


def _per_codice(voci: list[Json], codice: str) -> Json:
    return next(voce for voce in voci if voce["codice"] == codice)
