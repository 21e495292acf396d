"""What is refused of a result."""

from programmi.errori import ContenutoAlterato


class RisultatoAlterato(ContenutoAlterato):
    """A frozen result is no longer what was frozen: nothing of it is ever shown. ``numero`` says which."""

    che_cosa = "Questo risultato è stato alterato"

    def __init__(self, programma: object, numero: int) -> None:
        super().__init__(
            f"Il risultato {numero} del programma «{programma}» non corrisponde più all'impronta con cui è "
            "stato conservato: il suo contenuto non si mostra."
        )
        self.numero = numero
