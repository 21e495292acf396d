"""What the services of the programme refuse, besides the errors of the ground floor."""

from collections.abc import Sequence

from distretti.errori import ErroreDominio, ModificatoNelFrattempo

__all__ = ["ContenutoAlterato", "ModificatoNelFrattempo", "ProgrammaIncompleto", "VersioneAlterata"]


class ProgrammaIncompleto(ErroreDominio):
    """The programme cannot be transmitted yet; ``mancanze`` says one by one what is missing."""

    def __init__(self, mancanze: Sequence[str]) -> None:
        super().__init__("Il programma non si può ancora trasmettere. " + " ".join(mancanze))
        self.mancanze = list(mancanze)


class ContenutoAlterato(ErroreDominio):
    """What was written once is no longer what was written: nothing of it is ever shown. ``che_cosa`` names
    it in the title of the page that says so ("Questa versione è stata alterata")."""

    che_cosa = "Questo documento è stato alterato"


class VersioneAlterata(ContenutoAlterato):
    """A frozen version is no longer what was frozen: its content is never shown. ``numero`` says which."""

    che_cosa = "Questa versione è stata alterata"

    def __init__(self, programma: object, numero: int) -> None:
        super().__init__(
            f"La versione {numero} del programma «{programma}» non corrisponde più all'impronta con cui è "
            "stata conservata: il suo contenuto non si mostra."
        )
        self.numero = numero
