"""The one error of the exchange format: everything that is wrong with a document, at once."""

from collections.abc import Sequence

from distretti.basi.lettore import Errore

__all__ = ["Errore", "SchedaNonValida"]


class SchedaNonValida(ValueError):
    """The document is not a valid scheda. ``errori`` holds every error, with its JSON path."""

    def __init__(self, errori: Sequence[Errore]) -> None:
        self.errori = list(errori)
        super().__init__("\n".join(map(str, self.errori)))
