"""Cursor pagination on the keys of the order: deep pages cost what the first one costs.

The national guidelines on interoperability name the parameters ``limit``, ``cursor`` and ``sort``. The
cursor holds the keys of the last row that was given; the next page begins right after them, whatever was
added before.
"""

import base64
import binascii
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import BooleanField, Expression, F, Q, QuerySet

LIMITE = 50
LIMITE_MASSIMO = 100

CURSORE_ERRATO = "Il cursore non è valido: si usa quello dell'indirizzo «successivo», senza cambiarlo."
_LUNGHEZZA_MASSIMA = 4000
"""Longest cursor read: denominations are at most 250 characters, four bytes each, in base64."""

_CARATTERI_VIETATI = re.compile("[\x00\ud800-\udfff]")

Tipo = type[str] | type[int] | type[date] | type[datetime]
Riga = tuple[Any, ...]


class _Oltre(Expression):
    """``a >= x AND (a, b, c) > (x, y, z)``: both databases compare such rows key by key, and read them
    faster than the same words in OR and AND. The bound on the first key says nothing more, but it is what
    lets a database begin from an index at the right place when the keys are of several tables."""

    def __init__(self, nomi: Sequence[str], verso: str, valori: Sequence[Any]) -> None:
        super().__init__(output_field=BooleanField())
        self.chiavi: Sequence[Any] = [F(nome) for nome in nomi]
        self.verso, self.valori = verso, valori

    def get_source_expressions(self) -> list[Any]:
        return list(self.chiavi)

    def set_source_expressions(self, exprs: Sequence[Any]) -> None:
        self.chiavi = exprs

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        colonne = [compiler.compile(chiave)[0] for chiave in self.chiavi]
        coppie = zip(self.chiavi, self.valori, strict=True)
        valori = [chiave.output_field.get_db_prep_value(valore, connection) for chiave, valore in coppie]
        confronto = f"({', '.join(colonne)}) {self.verso} ({', '.join(['%s'] * len(valori))})"
        return f"({colonne[0]} {self.verso}= %s AND {confronto})", [valori[0], *valori]


@dataclass(frozen=True, slots=True)
class Ordine:
    """A total order: lookups, all in one direction (``-`` in front: descending), and the type of each; the
    last ones are unique."""

    chiavi: tuple[str, ...]
    tipi: tuple[Tipo, ...]

    @property
    def decrescente(self) -> bool:
        return self.chiavi[0].startswith("-")

    def lookup(self) -> tuple[str, ...]:
        return tuple(chiave.removeprefix("-") for chiave in self.chiavi)

    def oltre(self, valori: Sequence[Any]) -> Q:
        """The rows that come after the one with these keys."""
        return Q(_Oltre(self.lookup(), "<" if self.decrescente else ">", valori))


def contrari(**ordini: Ordine) -> dict[str, Ordine]:
    """Each (ascending) order by its name, and its contrary by the name with ``-`` in front."""
    tutti: dict[str, Ordine] = {}
    for nome, ordine in ordini.items():
        tutti[nome] = ordine
        tutti[f"-{nome}"] = Ordine(tuple(f"-{chiave}" for chiave in ordine.chiavi), ordine.tipi)
    return tutti


PER_NOME = contrari(
    denominazione=Ordine(("denominazione", "codice"), (str, str)), codice=Ordine(("codice",), (str,))
)
"""The orders of what has a code and a denomination."""


@dataclass(frozen=True, slots=True)
class Fetta:
    """Some rows in a row, as the tuples of their columns, and the keys after which the next one begins
    (None: there is no other)."""

    righe: list[Riga]
    oltre: list[Any] | None


def fetta(
    righe: QuerySet[Any], campi: Sequence[str], ordine: Ordine, oltre: Sequence[Any] | None, quante: int
) -> Fetta:
    """``quante`` rows at most, read with the columns ``campi`` and the keys of the order alone."""
    if oltre is not None:
        righe = righe.filter(ordine.oltre(oltre))
    chiavi = ordine.lookup()
    colonne = list(dict.fromkeys([*campi, *chiavi]))
    lette: list[Riga] = list(righe.order_by(*ordine.chiavi).values_list(*colonne)[: quante + 1])
    seguito = None
    if len(lette) > quante:
        del lette[quante:]
        seguito = [lette[-1][colonne.index(chiave)] for chiave in chiavi]
    if len(colonne) > len(campi):
        lette = [riga[: len(campi)] for riga in lette]
    return Fetta(lette, seguito)


def scrivi_cursore(sort: str, valori: Sequence[Any]) -> str:
    """The keys of a row as they travel in an address."""
    dati = [sort, *(v.isoformat() if isinstance(v, date) else v for v in valori)]
    testo = json.dumps(dati, ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(testo.encode("utf-8")).decode("ascii").rstrip("=")


def leggi_cursore(cursore: str, sort: str, tipi: Sequence[Tipo]) -> list[Any] | None:
    """The keys written in a cursor of this order; None when it is not one."""
    if len(cursore) > _LUNGHEZZA_MASSIMA or not cursore.isascii():
        return None
    try:
        grezzo = base64.b64decode(cursore + "=" * (-len(cursore) % 4), altchars=b"-_", validate=True)
        dati = json.loads(grezzo.decode("utf-8"))
        if not isinstance(dati, list) or len(dati) != len(tipi) + 1 or dati[0] != sort:
            return None
        return [_valore(dato, tipo) for dato, tipo in zip(dati[1:], tipi, strict=True)]
    except (binascii.Error, ValueError, RecursionError):
        return None


def _valore(dato: object, tipo: Tipo) -> Any:
    """What we would have written, or ValueError: databases refuse NUL, half surrogates, huge numbers."""
    if tipo is int:
        if isinstance(dato, int) and not isinstance(dato, bool) and 0 <= dato < 2**31:
            return dato
    elif isinstance(dato, str) and not _CARATTERI_VIETATI.search(dato):
        if tipo is str:
            return dato
        letto = datetime.fromisoformat(dato) if tipo is datetime else date.fromisoformat(dato)
        if 1000 <= letto.year <= 9998 and (not isinstance(letto, datetime) or letto.tzinfo is not None):
            return letto
    raise ValueError(dato)
