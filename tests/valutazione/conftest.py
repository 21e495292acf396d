"""What the tests of the top floor share: addresses, forms filled in, evidence recorded."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from distretti.models import Utente
from programmi.models import Programma
from programmi.regola import TipoEvidenza
from tests.conftest import Persone
from valutazione.models import Evidenza
from valutazione.services import crea_evidenza, registra_evidenza


def indirizzo(nome: str, programma: Programma, *altro: Any) -> str:
    """The address ``nome`` of a programme."""
    return reverse(nome, args=[programma.distretto.codice, programma.anno, *altro])


INCONTRO: dict[str, Any] = {
    "data": "2025-03-10",
    "titolo": "Incontro con il Coordinatore",
    "argomento": "Avvio delle attività",
    "persone": "Coordinatrice istituzionale\nReferente amministrativo",
    "presenze": ["manager", "coordinatore"],
}


@pytest.fixture
def manager(accedi: Callable[[Utente], Client], persone: Persone) -> Client:
    return accedi(persone.manager)


@pytest.fixture
def agenzia(accedi: Callable[[Utente], Client], persone: Persone) -> Client:
    return accedi(persone.agenzia)


Registra = Callable[..., Evidenza]


@pytest.fixture
def registra(programma: Programma, persone: Persone) -> Registra:
    """``registra("incontro", righe=["obb.2"], titolo=…)`` → a registered evidence of the manager."""

    def _registra(
        tipo: str = "incontro",
        righe: list[str] | None = None,
        misure: dict[str, Any] | None = None,
        **campi: Any,
    ) -> Evidenza:
        evidenza = crea_evidenza(programma=programma, tipo=TipoEvidenza(tipo), utente=persone.manager)
        imputazioni = [
            {"indicatore": riga, "stato": "in_attesa"}
            | ({"misura": misure[riga]} if misure and riga in misure else {})
            for riga in righe or []
        ]
        voce = {
            "codice": evidenza.codice,
            "tipo": tipo,
            "data": "2025-03-10",
            "titolo": "Prova",
            "imputazioni": imputazioni,
        } | campi
        return registra_evidenza(evidenza=evidenza, voce=voce, utente=persone.manager)[0]

    return _registra
