"""Una riga della tavola degli indirizzi: chi lo legge, chi vi scrive, che cosa riceve un estraneo."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from tests.indirizzi import corpi
from tests.indirizzi.mondo import Argomenti, Mondo

DENTRO = (
    "manager",
    "referente",
    "coordinatore",
    "agenzia",
    "verificatore",
    "dirigente",
    "auditor",
    "amministratore",
)
"""Who holds a role that reaches the district of the scene."""
FUORI = ("manager_altro", "manager_scaduto", "estraneo")
"""Manager of another district, a role that ended, nobody."""

SCRIVONO = ("manager", "referente")
APPROVANO = ("agenzia", "dirigente")
VERIFICANO = ("agenzia", "verificatore")
REGISTRO = ("agenzia", "amministratore")

LETTURA, INVIO, MODULO = ("GET",), ("POST",), ("GET", "POST")


@dataclass(frozen=True)
class Indirizzo:
    """A row of the table.

    ``pubblico``: what an anonymous GET gets, None for a private address (then the sign-in page, or
    401 on the API). ``fuori``: what somebody without a role on the district gets by an admitted
    method. ``leggono`` get 200 by GET, ``scrivono`` write by POST and get ``scritto``; the others of
    ``DENTRO`` get ``vietato``.
    """

    nome: str
    argomenti: Argomenti
    metodi: tuple[str, ...] = LETTURA
    pubblico: int | None = None
    leggono: tuple[str, ...] = DENTRO
    scrivono: tuple[str, ...] = ()
    vietato: int = 403
    fuori: int = 403
    scritto: int = 302
    corpo: Callable[[Mondo], dict[str, Any]] = corpi.niente
    query: str = ""

    @property
    def api(self) -> bool:
        return self.nome.startswith("api-")

    def __str__(self) -> str:
        return self.nome + self.query

    def indirizzo(self, mondo: Mondo) -> str:
        if self.nome == "api-non-trovata":
            return "/api/v1/nessuno"
        return reverse(self.nome, args=self.argomenti(mondo)) + self.query

    def per_anonimi(self, metodo: str) -> int:
        """What an anonymous request gets."""
        if self.pubblico is None and not self.api:
            return 302
        if metodo not in self.metodi:
            return 405
        if self.pubblico is None:
            return 401 if self.fuori == 403 else self.fuori
        return self.pubblico

    def per_estranei(self, metodo: str) -> int:
        """What a person gets who is signed in without a role on the district."""
        if metodo not in self.metodi:
            return 405
        return self.fuori if self.pubblico is None else self.pubblico

    def per(self, ruolo: str, metodo: str) -> int:
        """What a person of the district gets: 200 to read, ``scritto`` after writing."""
        if metodo not in self.metodi:
            return 405
        if metodo == "POST":
            return self.scritto if ruolo in self.scrivono else self.vietato
        return 200 if ruolo in self.leggono else self.vietato


def senza(mondo: Mondo) -> tuple[object, ...]:
    return ()


def dell_organizzazione(mondo: Mondo) -> tuple[object, ...]:
    return (mondo.organizzazione.codice,)


def dell_autorita(mondo: Mondo) -> tuple[object, ...]:
    return (mondo.approvato.distretto.autorita.codice,)
