"""What the services of the programme refuse, besides the errors of the ground floor."""

from collections.abc import Mapping, Sequence

from distretti.errori import ErroreDominio


class ProgrammaIncompleto(ErroreDominio):
    """The programme cannot be transmitted yet; ``mancanze`` says one by one what is missing."""

    def __init__(self, mancanze: Sequence[str]) -> None:
        super().__init__("Il programma non si può ancora trasmettere. " + " ".join(mancanze))
        self.mancanze = list(mancanze)


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
