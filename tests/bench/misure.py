"""How much to generate."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Misure:
    """The size of the generated world; the same measures give the same rows."""

    distretti: int = 1000
    anni: int = 10
    """Programmes of each district, one a year, up to ``ultimo_anno``."""
    progettualita: int = 10
    """Of each programme (the real one of 2025 has ten)."""
    aderenti: int = 20
    """Members of each district; each organisation belongs to about two districts."""
    evidenze: int = 0
    """Of each programme of ``anno_di_chiusura``."""
    ultimo_anno: int = 2025
    seme: int = 2025
    """Another seed gives other texts and other states, in the same number."""

    def __post_init__(self) -> None:
        for nome in ("distretti", "anni", "progettualita", "aderenti"):
            if getattr(self, nome) < 1:
                raise ValueError(f"{nome}: deve essere almeno 1.")
        if self.anni > self.ultimo_anno - 1900:
            raise ValueError("anni: troppi prima dell'ultimo anno.")

    @property
    def organizzazioni(self) -> int:
        """At least the members of one district."""
        return max(self.aderenti, self.distretti * self.aderenti // 2)

    @property
    def anno_di_chiusura(self) -> int:
        """The year whose evidence is generated: the one before the last, all approved, if there is one."""
        return max(self.primo_anno, self.ultimo_anno - 1)

    @property
    def primo_anno(self) -> int:
        return self.ultimo_anno - self.anni + 1
