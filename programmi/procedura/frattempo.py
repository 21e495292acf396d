"""Somebody else took a step after a page was opened."""

from datetime import date
from typing import Any, Protocol

from distretti.basi.italiano import data_estesa
from distretti.errori import StatoNonAmmesso


class PassoCompiuto(Protocol):
    """A step in the database, of the procedure or of the closing."""

    il: date
    utente: Any
    ruolo: str

    def get_ruolo_display(self) -> str: ...
    def get_azione_display(self) -> str: ...
    def get_a_stato_display(self) -> str: ...


class SuperatoNelFrattempo(StatoNonAmmesso):
    """Somebody else took a step after the page was opened: nothing was written. ``passaggio`` is theirs;
    ``che_cosa`` is what is in another state because of it."""

    def __init__(self, passaggio: PassoCompiuto, che_cosa: str = "Il programma") -> None:
        chi = "" if passaggio.utente is None else f" da {passaggio.utente}"
        ruolo = f" ({passaggio.get_ruolo_display()})" if passaggio.ruolo else ""
        super().__init__(
            f"Nel frattempo è stato registrato un altro passaggio{chi}{ruolo}: "
            f"{passaggio.get_azione_display()}, in data {data_estesa(passaggio.il)}. "
            f"{che_cosa} è ora nello stato «{passaggio.get_a_stato_display()}»."
        )
        self.passaggio = passaggio
