"""A list as CSV (RFC 4180): every row, streamed, in the memory of a slice.

Columns are the fields of the items, in their order: those of a nested object one by one, as
``object_field``, without its address; several values in one cell divided by ``SEPARATORE``.
"""

import csv
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from io import StringIO
from itertools import chain
from typing import Any

from django.http import StreamingHttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from distretti.basi.celle import cella_csv
from valutazione.api.formati import in_json

RIGHE_PER_FETTA = 500
SEPARATORE = " | "

Percorso = tuple[str, ...]


def colonne(voce: type[serializers.BaseSerializer[Any]]) -> dict[str, Percorso]:
    """The columns of the items of this shape, each with the keys that lead to its value."""
    percorsi: dict[str, Percorso] = {}
    campi = dict(voce().fields)  # type: ignore[attr-defined]
    for ultimo in ("modificato_alle", "href"):
        if ultimo in campi:
            campi[ultimo] = campi.pop(ultimo)
    for nome, campo in campi.items():
        if isinstance(campo, serializers.Serializer):
            dentro = colonne(type(campo))
            percorsi |= {f"{nome}_{n}": (nome, *p) for n, p in dentro.items() if p[-1] != "href"}
        else:
            percorsi[nome] = (nome,)
    return percorsi


def tabella(
    request: Request, nome: str, voce: type[serializers.BaseSerializer[Any]], lettura: Any
) -> StreamingHttpResponse:
    """All the items of ``lettura`` as a file ``nome.csv``."""
    percorsi = colonne(voce)
    if lettura.con_ritiri:
        percorsi["ritirato_alle"] = ("ritirato_alle",)
    pezzi: Iterator[bytes] = iter(())
    if request.method != "HEAD":
        pezzi = _pezzi(percorsi, lettura)
        pezzi = chain([next(pezzi)], pezzi)  # what can go wrong goes wrong here, where it is answered
    return StreamingHttpResponse(
        pezzi,
        content_type="text/csv; charset=utf-8; header=present",
        headers={"Content-Disposition": f'attachment; filename="{nome}.csv"'},
    )


def _pezzi(percorsi: dict[str, Percorso], lettura: Any) -> Iterator[bytes]:
    testo = StringIO(newline="")
    scrive = csv.writer(testo, lineterminator="\r\n")
    scrive.writerow(percorsi)
    oltre: Sequence[Any] | None = None
    while True:
        voci, oltre = lettura.leggi(oltre, RIGHE_PER_FETTA)
        scrive.writerows([_cella(voce, p) for p in percorsi.values()] for voce in voci)
        yield testo.getvalue().encode()
        if oltre is None:
            return
        testo.seek(0)
        testo.truncate()


def _cella(voce: dict[str, Any], percorso: Percorso) -> str:
    valore: Any = voce
    for chiave in percorso:
        valore = None if valore is None else valore.get(chiave)
    return cella_csv(_testo(valore))


def _testo(valore: Any) -> str:
    match valore:
        case None:
            return ""
        case str():
            return valore
        case bool():
            return "true" if valore else "false"
        case list():
            return SEPARATORE.join(_in_un_elenco(v) for v in valore)
        case dict() | date() | datetime():
            return in_json(valore).decode().strip('"')
    return str(valore)


def _in_un_elenco(valore: Any) -> str:
    if isinstance(valore, dict):
        return ":".join(_testo(v) for chiave, v in valore.items() if chiave != "href")
    return _testo(valore)
