"""The two formats of an answer, and which of them a request asks for."""

from collections.abc import Iterable
from typing import Any

import orjson
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
            tipo = request.get_preferred_type([r.media_type for r in renderers])
            chiesto = next((r for r in renderers if r.media_type == tipo), None)
        if chiesto is None:
            raise NotAcceptable
        return chiesto, str(chiesto.media_type)
