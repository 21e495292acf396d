"""La stessa tavola dall'interfaccia REST: chi legge, e quali azioni gli si dicono possibili."""

from collections.abc import Iterator
from typing import Any

import pytest

from programmi.models import Programma
from programmi.parole import AltraAzione, AzionePassaggio
from tests.conftest import Persone
from tests.indirizzi.fotografia import cambiate, fotografia
from tests.matrice.attesa import ENTRI, NON_ESISTE, NON_SUO, PUO, REST, colonne, tavole
from tests.matrice.scena import Scena, crea_scena, osservata, righe_toccate

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.matrice.urls")]

CASELLE = {200: PUO, 401: ENTRI, 403: NON_SUO, 404: NON_ESISTE}
AZIONI = {azione.value for parole in (AzionePassaggio, AltraAzione) for azione in parole} - {"variazione"}

_DEI_TOKEN = "distretti.TokenLettura"
LETTURE = {"lettura del programma": "api-programma", "lettura della procedura": "api-procedura"}


@pytest.fixture(autouse=True)
def senza_limiti(settings: Any) -> None:
    """Hundreds of requests from one address."""
    settings.DISTRETTI_API_LIMITE = settings.DISTRETTI_API_LIMITE_CREDENZIALI = 100_000


@pytest.mark.parametrize("colonna", colonne())
def test_chi_legge_e_che_cosa_puo_fare(bozza: Programma, persone: Persone, colonna: str) -> None:
    scena = crea_scena(colonna, bozza, persone)
    osservata(scena)  # or there would be nothing to reply to, nor to close
    errori = [*_letture(scena, colonna), *_azioni(scena, colonna)]
    assert not errori, "\n".join(errori)


def _letture(scena: Scena, colonna: str) -> Iterator[str]:
    prima = fotografia()
    for titolo, nome in LETTURE.items():
        for persona, caselle in tavole()[REST + titolo].items():
            toccate = righe_toccate()
            stato = scena.gruppo.clienti[persona].get(scena.indirizzo(nome)).status_code
            if CASELLE.get(stato) != caselle[colonna]:
                yield f"{titolo}, {persona}: {stato}, non «{caselle[colonna]}»"
            # A token notes when it was last used, not what it read.
            if righe_toccate() != toccate and persona != "lettore":
                yield f"{titolo}, {persona}: scrive"
            if mutate := [tabella for tabella in cambiate(prima, fotografia()) if tabella != _DEI_TOKEN]:
                yield f"{titolo}, {persona}: cambia {', '.join(mutate)}"


def _azioni(scena: Scena, colonna: str) -> Iterator[str]:
    for persona, caselle in tavole()[f"{REST}lettura della procedura"].items():
        if caselle[colonna] != PUO:
            continue
        letta: Any = scena.gruppo.clienti[persona].get(scena.indirizzo("api-procedura")).json()
        dette = {azione["codice"] for azione in letta["azioni"]}
        attese = {azione for azione in AZIONI if tavole()[azione][persona][colonna] == PUO}
        if dette != attese:
            yield f"{persona}: di troppo {sorted(dette - attese)}, mancano {sorted(attese - dette)}"
