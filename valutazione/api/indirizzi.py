"""The addresses of the resources, written without asking the URL resolver for every row."""

from functools import cache, lru_cache
from urllib.parse import quote

from django.urls import reverse
from rest_framework.request import Request

_COMUNI = "~:@!$&'()*+,;="
"""Characters that stand in a segment of an address as they are (RFC 3986)."""


@cache
def _radice() -> str:
    return reverse("api-radice").rstrip("/")


def base_di(request: Request) -> str:
    """The address of the API as the client sees it, without the final slash."""
    return request.build_absolute_uri(_radice())


def indirizzo(base: str, *parti: object) -> str:
    """The address of a resource: the names and the codes of its path, below ``base``."""
    return "/".join([base, *map(_segmento, parti)])


@lru_cache(maxsize=4096)
def _segmento(parte: object) -> str:
    """Remembered: the same codes and years come row after row, and quoting them was a fifth of a page."""
    return quote(str(parte), safe=_COMUNI)
