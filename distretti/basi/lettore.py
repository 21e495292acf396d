"""Reading one JSON object key by key, collecting every error with its path: plain Python, no domain.

A reading method never raises: on bad input it notes an :class:`Errore` and gives back a harmless
placeholder (``""``, ``None``, ``()``). Whoever reads must not use the result when errors were noted.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

MASSIMO_INTERO = 2**31 - 1
"""The largest whole number admitted: the databases hold no more."""

_DATA = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CHIAVE_SEMPLICE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_CARATTERI_VIETATI = re.compile("[\x00\ud800-\udfff]")

Scelta = TypeVar("Scelta", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Errore:
    """One fault of a document: where (JSON path, ``$`` is the whole) and what, in Italian."""

    percorso: str
    messaggio: str

    def __str__(self) -> str:
        return f"{self.percorso}: {self.messaggio}"


def sotto(percorso: str, chiave: str) -> str:
    """The path of a key of an object: ``$.titolo``, or ``$["due parole"]`` when it is no identifier."""
    if _CHIAVE_SEMPLICE.fullmatch(chiave):
        return f"{percorso}.{chiave}"
    return f"{percorso}[{json.dumps(chiave[:80])}]"


def natura(dato: object) -> str:
    """What a JSON value is, in Italian, without ever repeating it whole."""
    if dato is None:
        return "null"
    if isinstance(dato, bool):
        return "true" if dato else "false"
    for tipo, nome in ((str, "un testo"), (int, "un numero"), (float, "un numero"), (list, "un elenco")):
        if isinstance(dato, tipo):
            return nome
    return "un oggetto" if isinstance(dato, dict) else "un valore non ammesso"


def citazione(testo: str) -> str:
    """A text quoted inside a message: short, on one line, always printable."""
    breve = testo if len(testo) <= 60 else f"{testo[:59]}…"
    return "«" + "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in breve) + "»"


class Lettore:
    """One JSON object being read. ``errori`` is shared with whoever reads the rest of the document."""

    __slots__ = ("dati", "errori", "percorso")

    def __init__(self, dato: object, percorso: str, errori: list[Errore]) -> None:
        self.percorso = percorso
        self.errori = errori
        if isinstance(dato, dict):
            self.dati: dict[str, object] | None = dato
        else:
            self.dati = None
            errori.append(Errore(percorso, f"deve essere un oggetto, non {natura(dato)}"))

    @property
    def leggibile(self) -> bool:
        """False when there was no object at all: everything read is then a placeholder, without errors."""
        return self.dati is not None

    def chiavi(self, obbligatorie: frozenset[str], facoltative: frozenset[str] = frozenset()) -> None:
        """Note every key that is missing and every key that is not foreseen."""
        if self.dati is None:
            return
        for chiave in sorted(obbligatorie - self.dati.keys()):
            self.errore(chiave, "manca la chiave obbligatoria")
        for altra in self.dati:
            if altra not in obbligatorie and altra not in facoltative:
                self.errore(str(altra), "chiave non prevista")

    def errore(self, chiave: str, messaggio: str) -> None:
        self.errori.append(Errore(sotto(self.percorso, chiave), messaggio))

    def errore_in(self, percorso: str, messaggio: str) -> None:
        """An error of something deeper, whose path is already known."""
        self.errori.append(Errore(percorso, messaggio))

    def ha(self, chiave: str) -> bool:
        return self.dati is not None and chiave in self.dati

    def dato(self, chiave: str) -> object:
        """The raw value, ``None`` when absent."""
        return None if self.dati is None else self.dati.get(chiave)

    def atteso(self, chiave: str, che_cosa: str) -> None:
        self.errore(chiave, f"deve essere {che_cosa}, non {natura(self.dato(chiave))}")

    # Every reader below says nothing about an absent key: ``chiavi`` has already done so if it matters.

    def testo(self, chiave: str, *, pieno: bool = False) -> str:
        """A text; ``pieno``: not blank."""
        if not self.ha(chiave):
            return ""
        dato = self.dato(chiave)
        if isinstance(dato, str) and testo_ammesso(dato) and (not pieno or dato.strip()):
            return dato
        return leggi_testo(dato, sotto(self.percorso, chiave), self.errori, pieno=pieno) or ""

    def booleano(self, chiave: str, *, assente: bool = False) -> bool:
        if not self.ha(chiave):
            return assente
        dato = self.dato(chiave)
        if isinstance(dato, bool):
            return dato
        self.atteso(chiave, "true o false")
        return assente

    def intero(self, chiave: str, *, minimo: int = 1, massimo: int = MASSIMO_INTERO) -> int | None:
        """A whole JSON number (true and 1.0 are none)."""
        if not self.ha(chiave):
            return None
        dato = self.dato(chiave)
        if isinstance(dato, float) and dato.is_integer():
            self.errore(chiave, "deve essere scritto senza decimali")
        elif isinstance(dato, bool) or not isinstance(dato, int):
            self.atteso(chiave, "un numero intero")
        elif not minimo <= dato <= massimo:
            self.errore(chiave, f"deve essere un numero intero da {minimo} a {massimo}")
        else:
            return dato
        return None

    def data(self, chiave: str, *, nulla: bool = False) -> date | None:
        """A date ``YYYY-MM-DD``; ``nulla``: null is admitted."""
        if not self.ha(chiave):
            return None
        dato = self.dato(chiave)
        if dato is None and nulla:
            return None
        if not isinstance(dato, str):
            self.atteso(chiave, "una data AAAA-MM-GG")
            return None
        if _DATA.fullmatch(dato):
            try:
                return date.fromisoformat(dato)
            except ValueError:
                pass
        self.errore(chiave, f"{citazione(dato)} non è una data AAAA-MM-GG")
        return None

    def scelta(self, chiave: str, valori: type[Scelta], assente: Scelta) -> Scelta:
        """One of the values of an enumeration; ``assente`` when there is none."""
        if not self.ha(chiave):
            return assente
        dato = self.dato(chiave)
        if isinstance(dato, str):
            try:
                return valori(dato)
            except ValueError:
                pass
        leggi_scelta(dato, sotto(self.percorso, chiave), self.errori, valori)
        return assente

    def elementi(self, chiave: str) -> Iterator[tuple[str, object]]:
        """The path and the raw value of each element of a list."""
        if not self.ha(chiave):
            return
        dato = self.dato(chiave)
        if not isinstance(dato, list):
            self.atteso(chiave, "un elenco")
            return
        base = sotto(self.percorso, chiave)
        for indice, elemento in enumerate(dato):
            yield f"{base}[{indice}]", elemento

    def oggetti(self, chiave: str) -> Iterator["Lettore"]:
        """A reader for each element of a list of objects."""
        for percorso, elemento in self.elementi(chiave):
            yield Lettore(elemento, percorso, self.errori)

    def oggetto(self, chiave: str) -> "Lettore":
        return Lettore(self.dato(chiave), sotto(self.percorso, chiave), self.errori)

    def testi(self, chiave: str, *, pieni: bool = False, diversi: bool = False) -> tuple[str, ...]:
        """A list of texts; ``pieni``: none blank; ``diversi``: none twice."""
        if not self.ha(chiave):
            return ()
        letti: dict[str, None] | list[str] = {} if diversi else []
        for percorso, elemento in self.elementi(chiave):
            testo = leggi_testo(elemento, percorso, self.errori, pieno=pieni)
            if testo is None:
                continue
            if isinstance(letti, list):
                letti.append(testo)
            elif testo in letti:
                self.errori.append(Errore(percorso, f"{citazione(testo)} è ripetuto"))
            else:
                letti[testo] = None
        return tuple(letti)

    def scelte(self, chiave: str, valori: type[Scelta]) -> tuple[Scelta, ...]:
        """A list of different values of an enumeration."""
        if not self.ha(chiave):
            return ()
        lette: dict[Scelta, None] = {}
        for percorso, elemento in self.elementi(chiave):
            letta = leggi_scelta(elemento, percorso, self.errori, valori)
            if letta is None:
                continue
            if letta in lette:
                self.errori.append(Errore(percorso, f"{citazione(letta.value)} è ripetuto"))
            lette[letta] = None
        return tuple(lette)


def testo_ammesso(testo: str) -> bool:
    """Can it be written in UTF-8 and stored by a database? (no NUL, no lone surrogate)"""
    return "\x00" not in testo and (testo.isascii() or not _CARATTERI_VIETATI.search(testo))


def leggi_testo(dato: object, percorso: str, errori: list[Errore], *, pieno: bool = False) -> str | None:
    """A text that can be written in UTF-8 and stored by a database; ``pieno``: not blank."""
    if not isinstance(dato, str):
        errori.append(Errore(percorso, f"deve essere un testo, non {natura(dato)}"))
    elif not testo_ammesso(dato):
        errori.append(Errore(percorso, "contiene un carattere non ammesso (NUL o mezzo surrogato)"))
    elif pieno and not dato.strip():
        errori.append(Errore(percorso, "non può essere vuoto"))
    else:
        return dato
    return None


def leggi_scelta(dato: object, percorso: str, errori: list[Errore], valori: type[Scelta]) -> Scelta | None:
    """One of the values of an enumeration, compared as text."""
    if not isinstance(dato, str):
        errori.append(Errore(percorso, f"deve essere un testo, non {natura(dato)}"))
        return None
    try:
        return valori(dato)
    except ValueError:
        ammessi = ", ".join(valori)
        errori.append(Errore(percorso, f"{citazione(dato)} non è ammesso: i valori sono {ammessi}"))
        return None
