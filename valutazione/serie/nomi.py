"""Names of organisations as people write them → codes of the register."""

from collections.abc import Callable, Iterable

from distretti.basi.ricerca import piega

Nota = tuple[str, Iterable[str]]
"""An organisation: its code, and all the names it goes by."""


class Nomi:
    """An index of names: code, name of the register, other names; accents and capitals do not matter.

    Whoever is added first is found first: the members of the district, then the rest of the register.
    """

    def __init__(self, note: Iterable[Nota] = ()) -> None:
        self._codici: dict[str, str] = {}
        self.aggiungi(note)

    def aggiungi(self, note: Iterable[Nota]) -> None:
        for codice, nomi in note:
            for nome in (codice, *nomi):
                self._codici.setdefault(_chiave(nome), codice)

    def codice(self, nome: str) -> str | None:
        """Whose name it is; None when it is nobody's."""
        return self._codici.get(_chiave(nome))

    def sconosciuti(self, nomi: Iterable[str]) -> list[str]:
        """Those of ``nomi`` that nobody has, each once."""
        return list(dict.fromkeys(nome for nome in nomi if self.codice(nome) is None))


Suggerisci = Callable[[str], str]
"""A name that nobody has → one that looks like it, or ""."""


def _chiave(nome: str) -> str:
    return " ".join(piega(nome).split())
