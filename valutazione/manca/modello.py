"""What is said of a line that is not at its highest, or that waits for the Agenzia."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from valutazione.kernel.ipotesi import Arrivo


class Genere(StrEnum):
    """Who can do something about a line, in the order of the page."""

    DA_FARE = "da_fare"
    GIA_AVVENUTO = "gia_avvenuto"
    AGENZIA = "agenzia"
    MAI_PIU = "mai_piu"

    @property
    def titolo(self) -> str:
        return _TITOLI[self]

    @property
    def premessa(self) -> str:
        return _PREMESSE[self]


_TITOLI = {
    Genere.DA_FARE: "Che cosa si può fare",
    Genere.GIA_AVVENUTO: "Il termine è passato",
    Genere.AGENZIA: "Che cosa aspetta l'Agenzia",
    Genere.MAI_PIU: "Che cosa non è più possibile",
}
_PREMESSE = {
    Genere.DA_FARE: "Prima ciò che porta di più al programma.",
    Genere.GIA_AVVENUTO: (
        "Si può ancora registrare solo ciò che è avvenuto entro il termine della riga, o entro "
        "l'ultimo giorno dell'esercizio. Prima ciò che porta di più al programma."
    ),
    Genere.AGENZIA: "Qui non c'è niente da registrare: decide o comunica l'Agenzia.",
    Genere.MAI_PIU: "Queste righe restano dove sono, qualunque cosa si registri.",
}


@dataclass(frozen=True, slots=True)
class Passo:
    """A direct action: a link, or a form with one button when it sends something (``invio``).

    ``premessa``: what there is to mend, said before it. ``cosa``: what it acts on, for who only hears it.
    """

    testo: str
    indirizzo: str
    cosa: str = ""
    premessa: str = ""
    invio: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Voce:
    """A line: the whole sentence, what it would bring, notes about it and what to do."""

    codice: str
    testo: str
    azione: str
    genere: Genere
    frase: str
    adesso: Fraction | None = None
    arrivo: Arrivo | None = None
    azione_adesso: Fraction | None = None
    azione_con_piu_righe: bool = False
    guadagno: Fraction = Fraction(0)
    """How much the whole programme gains, in percentage points."""
    note: tuple[str, ...] = ()
    passi: tuple[Passo, ...] = ()
    altri_passi: int = 0
    """How many more steps there are, besides those of ``passi``."""

    @property
    def passo(self) -> Passo | None:
        """The most useful one."""
        return self.passi[0] if self.passi else None


@dataclass(frozen=True, slots=True)
class CosaManca:
    """All that a programme lacks, what brings most first; ``None`` where nothing is scored."""

    voci: tuple[Voce, ...]
    adesso: Fraction | None
    previsto: Fraction | None
    poi: Fraction | None
    """The programme's *dichiarato*, if all that is still possible is done."""

    def scelte(self, *, azione: str = "", riga: str = "") -> "tuple[Voce, ...]":
        """Those of an action, or of a line."""
        return tuple(v for v in self.voci if azione in ("", v.azione) and riga in ("", v.codice))

    @property
    def da_fare(self) -> tuple[Voce, ...]:
        """Those about which somebody of the district can still do something."""
        return tuple(v for v in self.voci if v.genere in (Genere.DA_FARE, Genere.GIA_AVVENUTO))


def gruppi(voci: tuple[Voce, ...]) -> list[tuple[Genere, list[Voce]]]:
    """In the order of the page, those that hold something."""
    per_genere = [(genere, [v for v in voci if v.genere is genere]) for genere in Genere]
    return [(genere, trovate) for genere, trovate in per_genere if trovate]


@dataclass(frozen=True)
class Sguardo:
    """Who looks and when: the steps offered are those they may take."""

    oggi: date
    registra: bool = False
    """May they record evidence, and does the closing of the year still allow it?"""
    verifica: bool = False
    completa: bool = False
    """May they say what the act leaves to the authority?"""
    aperta: bool = True
    """Does the closing of the year still allow to record, whoever does it?"""
    mail_agenzia: str = ""
    """Where to ask the authority, "" when it is not known."""
    chiavi: Mapping[str, int] = field(default_factory=dict)
    """The primary key of each registered evidence by its code: for the addresses."""
