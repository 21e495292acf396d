"""People: one's own account, the people of an authority."""

from collections.abc import Callable, Iterator
from typing import Any

from tests.indirizzi import corpi_persone as corpi
from tests.indirizzi.corpi import niente
from tests.indirizzi.indirizzo import INVIO, MODULO, Indirizzo, dell_autorita, senza
from tests.indirizzi.mondo import Argomenti, Mondo

AMMINISTRA = ("amministratore",)
VEDONO = ("dirigente", "auditor", "amministratore")


def _profilo() -> Iterator[Indirizzo]:
    """Everybody's own, whatever role they have; what changes something of it has its own tests."""
    for nome in ("profilo", "profilo-dati", "fattori", "ruoli"):
        yield Indirizzo(nome, senza, fuori=200)


def _di(chi: Callable[[Mondo], Any]) -> Argomenti:
    return lambda mondo: (*dell_autorita(mondo), chi(mondo).pk)


def _persone() -> Iterator[Indirizzo]:
    manager = _di(lambda m: m.persone.manager)
    invitata, sospesa = _di(lambda m: m.invitata), _di(lambda m: m.sospesa)
    finita = _di(lambda m: m.persone.manager_scaduto)

    def modulo(nome: str, argomenti: Argomenti, corpo: Any) -> Indirizzo:
        return Indirizzo(nome, argomenti, MODULO, leggono=AMMINISTRA, scrivono=AMMINISTRA, corpo=corpo)

    def invio(nome: str, argomenti: Argomenti) -> Indirizzo:
        return Indirizzo(nome, argomenti, INVIO, leggono=(), scrivono=AMMINISTRA, corpo=niente)

    yield Indirizzo("persone", dell_autorita, leggono=VEDONO)
    yield Indirizzo("persone", dell_autorita, leggono=VEDONO, query="?ruolo=manager&giorno=2026-01-01")
    yield Indirizzo("persone-csv", dell_autorita, leggono=VEDONO)
    for argomenti in (manager, invitata, sospesa):
        yield Indirizzo("persona", argomenti, leggono=VEDONO)
    yield Indirizzo("persona-esporta", manager, leggono=AMMINISTRA)
    yield modulo("persona-invita", dell_autorita, corpi.invito)
    yield modulo("persona-modifica", manager, corpi.dati)
    yield modulo("incarico-nuovo", manager, corpi.incarico)
    yield Indirizzo(
        "incarico-fine",
        lambda m: (m.incarico.pk,),
        MODULO,
        leggono=AMMINISTRA,
        scrivono=AMMINISTRA,
        vietato=404,
        fuori=404,
        corpo=corpi.fine,
    )
    yield modulo("persona-sospendi", manager, corpi.motivo)
    yield modulo("persona-senza-secondo-fattore", sospesa, corpi.motivo)
    yield modulo("persona-cancella", finita, corpi.cancellazione)
    for nome in ("invito-manda", "invito-revoca", "persona-sblocca"):
        yield invio(nome, invitata)
    yield invio("persona-riattiva", sospesa)


RIGHE = (*_profilo(), *_persone())
