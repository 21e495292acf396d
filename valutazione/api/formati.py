"""The two formats of an answer, and which of them a request asks for."""

from collections.abc import Iterable, Mapping
from typing import Any

import orjson
from django.http.request import MediaType
from django.utils.functional import Promise
from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

JSON, CSV = "application/json", "text/csv"
PARAMETRO = "formato"
"""For who cannot write an ``Accept``: a browser, a spreadsheet that reads from an address."""

_OPZIONI = orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS


def in_json(dati: Any) -> bytes:
    """``dati`` as JSON: days and instants as RFC 3339 writes them."""
    return orjson.dumps(dati, default=_altro, option=_OPZIONI)


def _altro(valore: Any) -> str:
    if isinstance(valore, Promise):
        return str(valore)
    raise TypeError(f"{type(valore)} non si scrive in JSON")


class InJson(BaseRenderer):
    """JSON, several times faster than the standard library's."""

    media_type = JSON
    format = "json"
    charset = None
    render_style = "binary"

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None
    ) -> bytes:
        return b"" if data is None else in_json(data)


class InCsv(InJson):
    """CSV is streamed by the list itself (``.tabella``): what is rendered here is a problem document."""

    media_type = CSV
    format = "csv"


def _tipi_chiesti(accept: str) -> dict[str, float]:
    """How much each type, or range of types, is wanted: an ``Accept`` that says nothing wants anything.

    Only ``q`` is read of their parameters: who asks for ``application/json; charset=utf-8`` wants JSON.
    """
    tipi = [MediaType(voce) for voce in accept.split(",") if voce.strip()] or [MediaType("*/*")]
    gradimenti: dict[str, float] = {}
    for tipo in tipi:
        nome = f"{tipo.main_type}/{tipo.sub_type}".lower()
        gradimenti[nome] = max(tipo.quality, gradimenti.get(nome, 0))
    return gradimenti


def _gradimento(tipo: str, chiesti: Mapping[str, float]) -> float:
    """The quality of ``tipo``: what says it most precisely decides (RFC 9110, 12.5.1)."""
    genere = tipo.partition("/")[0]
    return next((chiesti[nome] for nome in (tipo, f"{genere}/*", "*/*") if nome in chiesti), 0)


class Negoziazione(BaseContentNegotiation):
    """By ``formato`` if it is given, else by ``Accept``; the first renderer is for who does not mind."""

    def select_parser(self, request: Request, parsers: Iterable[Any]) -> Any:
        return next(iter(parsers), None)

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        renderers = list(renderers)
        nome = request.GET.get(PARAMETRO) if len(renderers) > 1 else None
        chiesto = next((r for r in renderers if r.format == nome), None)
        if chiesto is None:
            tipi = _tipi_chiesti(request.META.get("HTTP_ACCEPT", ""))
            chiesto = max(renderers, key=lambda r: _gradimento(str(r.media_type), tipi))
            if not _gradimento(str(chiesto.media_type), tipi):
                raise NotAcceptable
        return chiesto, str(chiesto.media_type)
