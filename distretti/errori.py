"""Domain errors: what a service refuses, with the words the person reads."""

from collections.abc import Mapping


class ErroreDominio(Exception):
    """A refused operation. ``messaggio`` is Italian and says what to do; nothing was written."""

    def __init__(self, messaggio: str) -> None:
        super().__init__(messaggio)
        self.messaggio = messaggio


class StatoNonAmmesso(ErroreDominio):
    """The object is not in a state that allows the operation (page: message; API: 409)."""


class DatiNonValidi(ErroreDominio):
    """The data are wrong: ``campi`` maps each field of the form (or "" for the whole) to its message."""

    def __init__(self, campi: Mapping[str, str]) -> None:
        super().__init__(" ".join(campi.values()))
        self.campi = dict(campi)


class ModificatoNelFrattempo(ErroreDominio):
    """Someone else saved the same text after it was opened; nothing was written.

    ``attuale`` holds what is stored now (label → text), ``versione`` its fingerprint: saving again with
    it replaces what is stored, knowingly.
    """

    def __init__(self, attuale: Mapping[str, str], versione: str) -> None:
        super().__init__(
            "Qualcun altro ha modificato questa parte mentre la stavi scrivendo: nulla è stato salvato. "
            "Confronta i due testi e salva di nuovo."
        )
        self.attuale = dict(attuale)
        self.versione = versione
