"""Cursor pagination on the keys of the order: deep pages cost what the first one costs.

The national guidelines on interoperability name the parameters ``limit``, ``cursor`` and ``sort``. The
cursor holds the keys of the last row that was given; the next page begins right after them, whatever was
added before.
"""

import base64
import binascii
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet
from rest_framework.request import Request
from rest_framework.utils.urls import replace_query_param

from valutazione.api.errori import ParametriNonValidi

LIMITE = 50
LIMITE_MASSIMO = 100
PARAMETRI = ("limit", "cursor", "sort")

_CURSORE_ERRATO = "Il cursore non è valido: si usa quello dell'indirizzo «successivo», senza cambiarlo."
_LUNGHEZZA_MASSIMA = 4000
"""Longest cursor read: denominations are at most 250 characters, four bytes each, in base64."""

_CARATTERI_VIETATI = re.compile("[\x00\ud800-\udfff]")

Tipo = type[str] | type[int]


@dataclass(frozen=True, slots=True)
class Ordine:
    """A total order: lookups (``-`` in front: descending) and the JSON type of each; the last is unique."""

    chiavi: tuple[str, ...]
    tipi: tuple[Tipo, ...]

    def lookup(self) -> tuple[str, ...]:
        return tuple(chiave.removeprefix("-") for chiave in self.chiavi)

    def oltre(self, valori: Sequence[Any]) -> Q:
        """The rows that come after the one with these keys."""
        condizione = Q()
        for chiave, valore in reversed(list(zip(self.chiavi, valori, strict=True))):
            nome = chiave.removeprefix("-")
            verso = "lt" if chiave.startswith("-") else "gt"
            dopo = Q(**{f"{nome}__{verso}": valore})
            condizione = dopo | Q(Q(**{nome: valore}), condizione) if condizione else dopo
        return condizione


PER_NOME = {
    "denominazione": Ordine(("denominazione", "codice"), (str, str)),
    "-denominazione": Ordine(("-denominazione", "-codice"), (str, str)),
    "codice": Ordine(("codice",), (str,)),
    "-codice": Ordine(("-codice",), (str,)),
}
"""The orders of what has a code and a denomination."""


@dataclass(frozen=True, slots=True)
class Pagina:
    """The rows of a page, and the address of the next one (None on the last)."""

    righe: list[dict[str, Any]]
    successivo: str | None


def pagina_di(
    request: Request, righe: QuerySet[Any, dict[str, Any]], ordini: Mapping[str, Ordine], sort: str
) -> Pagina:
    """A page of ``righe`` (a ``values()`` queryset) in one of ``ordini``; ``sort`` is the default one.

    Raises :class:`ParametriNonValidi`, with every wrong parameter of the three.
    """
    errori: dict[str, list[str]] = {}
    limite = _limite(request, errori)
    scelto = request.query_params.get("sort", sort)
    ordine = ordini.get(scelto)
    if ordine is None:
        errori["sort"] = [f"I valori ammessi sono {', '.join(ordini)}."]
        raise ParametriNonValidi(errori)
    cursore = request.query_params.get("cursor")
    if cursore is not None:
        valori = _leggi(cursore, scelto, ordine)
        if valori is None:
            errori["cursor"] = [_CURSORE_ERRATO]
        else:
            righe = righe.filter(ordine.oltre(valori))
    if errori:
        raise ParametriNonValidi(errori)
    chiavi = {f"_{indice}": F(nome) for indice, nome in enumerate(ordine.lookup())}
    lette = list(righe.annotate(**chiavi).order_by(*ordine.chiavi)[: limite + 1])
    successivo = None
    if len(lette) > limite:
        lette = lette[:limite]
        cursore = _scrivi(scelto, [lette[-1][chiave] for chiave in chiavi])
        successivo = replace_query_param(request.build_absolute_uri(), "cursor", cursore)
    for riga in lette:
        for chiave in chiavi:
            del riga[chiave]
    return Pagina(lette, successivo)


def _limite(request: Request, errori: dict[str, list[str]]) -> int:
    testo = request.query_params.get("limit")
    if testo is None:
        return LIMITE
    if testo.isascii() and testo.isdecimal() and len(testo) <= 3 and 1 <= int(testo) <= LIMITE_MASSIMO:
        return int(testo)
    errori["limit"] = [f"Deve essere un numero intero da 1 a {LIMITE_MASSIMO}."]
    return LIMITE


def _scrivi(sort: str, valori: Sequence[Any]) -> str:
    testo = json.dumps([sort, *valori], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(testo.encode("utf-8")).decode("ascii").rstrip("=")


def _leggi(cursore: str, sort: str, ordine: Ordine) -> list[Any] | None:
    """The keys written in a cursor of this order; None when it is not one."""
    if len(cursore) > _LUNGHEZZA_MASSIMA or not cursore.isascii():
        return None
    try:
        grezzo = base64.b64decode(cursore + "=" * (-len(cursore) % 4), altchars=b"-_", validate=True)
        dati = json.loads(grezzo.decode("utf-8"))
    except (binascii.Error, ValueError, RecursionError):
        return None
    if not isinstance(dati, list) or len(dati) != len(ordine.tipi) + 1 or dati[0] != sort:
        return None
    valori = dati[1:]
    if not all(_ammesso(valore, tipo) for valore, tipo in zip(valori, ordine.tipi, strict=True)):
        return None
    return valori


def _ammesso(valore: object, tipo: Tipo) -> bool:
    """Is it what we would have written? Databases refuse NUL, half surrogates and numbers too large."""
    if tipo is int:
        return isinstance(valore, int) and not isinstance(valore, bool) and 0 <= valore <= 32767
    return isinstance(valore, str) and not _CARATTERI_VIETATI.search(valore)
