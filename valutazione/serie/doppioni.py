"""Evidence that may be there already: the same type, the same day, the same subject."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from distretti.basi.ricerca import piega

Voce = Mapping[str, Any]


class Registrate:
    """What is recorded already, and what the rows before say, to ask of one more whether it is there."""

    def __init__(self, voci: Iterable[Voce]) -> None:
        self._dove: dict[tuple[str, str, str], str] = {}
        for voce in voci:
            self.aggiungi(voce, f"l'evidenza {voce['codice']}")

    def aggiungi(self, voce: Voce, dove: str) -> None:
        for chiave in _chiavi(voce):
            self._dove.setdefault(chiave, dove)

    def uguale_a(self, voce: Voce) -> str:
        """Where the same was found: "l'evidenza e12", "la riga 3"; "" when nowhere."""
        return next((self._dove[chiave] for chiave in _chiavi(voce) if chiave in self._dove), "")


def _chiavi(voce: Voce) -> Iterator[tuple[str, str, str]]:
    """By argomento and by title, as the search reads them."""
    for campo in ("argomento", "titolo"):
        testo = " ".join(piega(str(voce.get(campo) or "")).split())
        if testo:
            yield str(voce["tipo"]), str(voce["data"]), testo
