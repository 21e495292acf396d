"""What the services of the programme refuse, besides the errors of the ground floor."""

from collections.abc import Sequence

from distretti.errori import ErroreDominio, ModificatoNelFrattempo

__all__ = ["ModificatoNelFrattempo", "ProgrammaIncompleto"]


class ProgrammaIncompleto(ErroreDominio):
    """The programme cannot be transmitted yet; ``mancanze`` says one by one what is missing."""

    def __init__(self, mancanze: Sequence[str]) -> None:
        super().__init__("Il programma non si può ancora trasmettere. " + " ".join(mancanze))
        self.mancanze = list(mancanze)
