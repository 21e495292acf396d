"""The verification: many together, the replies, what is left to the authority, its reasons."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from tests.conftest import CODICE
from tests.indirizzi.indirizzo import DENTRO, INVIO, MODULO, VERIFICANO, Indirizzo, dell_autorita
from tests.indirizzi.mondo import Mondo, programma_di

DELL_AUTORITA = ("agenzia", "verificatore", "dirigente", "auditor", "amministratore")
TENGONO = ("agenzia", "dirigente", "amministratore")


def _replica(quale: str) -> Any:
    return lambda m: (CODICE, m.verifica.programma.anno, getattr(m.verifica, quale).pk)


def _versione(mondo: Mondo, nome: str, *chiavi: object, query: str = "") -> str:
    contesto: Any = mondo.entra("agenzia").get(reverse(nome, args=[CODICE, *chiavi]) + query).context
    return str(contesto["form"]["versione"].value())


def _insieme(mondo: Mondo) -> dict[str, Any]:
    scelta = mondo.evidenza.imputazioni.order_by("ordine")[1].pk
    versione = _versione(mondo, "verifica-in-blocco", 2025, query=f"?scelte={scelta}")
    return {"decisione": "respinta", "motivazione": "Doppie.", "scelte": [scelta], "versione": versione}


def _risposta(mondo: Mondo) -> dict[str, Any]:
    di = mondo.verifica
    versione = _versione(mondo, "replica", di.programma.anno, di.replicata.pk)
    detto = {"decisione": "conferma", "risposta": "L'elenco allegato è di un altro incontro."}
    return {"azione": "risposta", **detto, "versione": versione}


def _ore(mondo: Mondo) -> dict[str, Any]:
    return {"ore_previste": "16", "versione": _versione(mondo, "riga-completa", 2025, "obb.9")}


def _righe() -> Iterator[Indirizzo]:
    yield Indirizzo(
        "verifica", programma_di("approvato"), leggono=VERIFICANO, query="?riga=obb.1&ordine=riga"
    )
    yield Indirizzo(
        "verifica-in-blocco",
        programma_di("approvato"),
        MODULO,
        leggono=VERIFICANO,
        scrivono=VERIFICANO,
        corpo=_insieme,
        query="?riga=obb.1",
    )
    for nome in ("repliche", "api-repliche"):
        yield Indirizzo(nome, lambda m: (CODICE, m.verifica.programma.anno))
    replica = {"azione": "replica", "testo": "L'elenco era allegato."}
    yield Indirizzo(
        "replica", _replica("da_replicare"), MODULO, None, DENTRO, ("manager",), corpo=lambda m: replica
    )
    yield Indirizzo("replica", _replica("replicata"), MODULO, None, DENTRO, VERIFICANO, corpo=_risposta)
    yield Indirizzo(
        "repliche-rinuncia",
        lambda m: (CODICE, m.verifica.programma.anno),
        INVIO,
        leggono=(),
        scrivono=("manager",),
        corpo=lambda m: {"giro": 1},
    )
    yield Indirizzo(
        "riga-completa", lambda m: (CODICE, 2025, "obb.9"), MODULO, None, VERIFICANO, VERIFICANO, corpo=_ore
    )
    nuovo = {"codice": "altro-anno", "testo": "È di un altro anno"}
    yield Indirizzo("motivi", dell_autorita, MODULO, None, DELL_AUTORITA, TENGONO, corpo=lambda m: nuovo)
    cessa = lambda m: (*dell_autorita(m), m.verifica.motivo.pk)  # noqa: E731
    yield Indirizzo("motivo-cessa", cessa, INVIO, None, (), TENGONO)


RIGHE = tuple(_righe())
