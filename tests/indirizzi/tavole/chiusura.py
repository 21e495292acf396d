"""The closing of the year: its page, its steps, the autovalutazione."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from tests.conftest import CODICE
from tests.indirizzi.indirizzo import MODULO, Indirizzo
from tests.indirizzi.mondo import Argomenti, Mondo, programma_di

MANAGER, DEFINISCONO = ("manager",), ("agenzia", "dirigente")
VERIFICANO = ("agenzia", "verificatore")


def _di(quale: str, *altro: object) -> Argomenti:
    """The arguments of an address of one of the years to close."""
    return lambda mondo: (CODICE, getattr(mondo.chiusure, quale).anno, *altro)


def _commento(mondo: Mondo) -> dict[str, Any]:
    indirizzo = reverse("autovalutazione", args=[CODICE, mondo.approvato.anno])
    pagina: Any = mondo.entra("manager").get(indirizzo)
    return {"commento-P1": "Un anno pieno.", "versione-P1": pagina.context["form"]["versione-P1"].value()}


def _nota(mondo: Mondo) -> dict[str, Any]:
    return {"nota": "Manca il mese di maggio."}


def _passi() -> Iterator[Indirizzo]:
    def passo(argomenti: Argomenti, chi: tuple[str, ...], corpo: Any = lambda m: {}) -> Indirizzo:
        return Indirizzo("chiusura-passo", argomenti, MODULO, None, chi, chi, corpo=corpo)

    yield passo(_di("da_trasmettere", "trasmissione_autovalutazione"), MANAGER)
    yield passo(_di("da_verificare", "restituzione_autovalutazione"), VERIFICANO, _nota)
    yield passo(_di("da_verificare", "conclusione_verifica"), VERIFICANO)
    yield passo(_di("da_definire", "definizione_risultato"), DEFINISCONO)
    chiuso = programma_di("chiuso")
    yield passo(lambda m: (*chiuso(m), "pubblicazione_risultato"), DEFINISCONO)
    yield passo(lambda m: (*chiuso(m), "riapertura_verifica"), ("dirigente",), _nota)


def _letture() -> Iterator[Indirizzo]:
    for nome in ("chiusura", "api-chiusura"):
        yield Indirizzo(nome, _di("da_verificare"))
    scrive = programma_di("approvato")
    yield Indirizzo("autovalutazione", scrive, MODULO, None, MANAGER, MANAGER, corpo=_commento)
    for nome in ("autovalutazione-trasmessa", "autovalutazione-json", "autovalutazione-pdf"):
        yield Indirizzo(nome, _di("da_verificare", 1))
        yield Indirizzo(nome, _di("da_verificare", 99), leggono=(), vietato=404)


RIGHE = (*_passi(), *_letture())
