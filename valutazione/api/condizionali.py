"""Conditional requests (RFC 9110, 13): every JSON answer has the fingerprint of its bytes.

The whole answer is made in any case: what is spared is the way to the client, and the client's work.
"""

from hashlib import sha256
from typing import Any

from django.http import HttpResponseNotModified
from django.utils.cache import patch_cache_control
from django.utils.http import parse_etags
from rest_framework.request import Request
from rest_framework.response import Response

DURATA = 60
"""Seconds for which a cache may answer for us what everyone may read."""


def condizionale(request: Request, risposta: Response) -> None:
    """Give ``risposta``, once written, its ETag; nothing but the headers to who has it already."""

    def scritta(finita: Any) -> Any:
        etag = f'"{sha256(finita.content).hexdigest()[:32]}"'
        finita.headers["ETag"] = etag
        return _non_modificata(finita) if _gia_letta(request, etag) else None

    if risposta.status_code == 200 and request.method in ("GET", "HEAD"):
        risposta.add_post_render_callback(scritta)


def conservazione(request: Request, risposta: Any) -> None:
    """Who may keep the answer: everyone for a while if everyone may read it, nobody otherwise.

    An error may be over a moment later. What a role opens must not stay in a cache.
    """
    if request._request.user.is_authenticated:
        patch_cache_control(risposta, private=True, no_store=True)
    elif risposta.status_code == 200:
        patch_cache_control(risposta, public=True, max_age=DURATA)
    else:
        patch_cache_control(risposta, no_store=True)


def _gia_letta(request: Request, etag: str) -> bool:
    """``If-None-Match``: weak comparison, a list, or any at all."""
    etags = parse_etags(request.META.get("HTTP_IF_NONE_MATCH", ""))
    return "*" in etags or any(noto.removeprefix("W/") == etag for noto in etags)


def _non_modificata(risposta: Any) -> HttpResponseNotModified:
    """The same headers, but those that speak of the content which is not there.

    Its length is what the whole answer would have had (RFC 9110, 8.6); Django would write 0.
    """
    vuota = HttpResponseNotModified()
    vuota.headers["Content-Length"] = str(len(risposta.content))
    for nome, valore in risposta.items():
        if not nome.startswith("Content-"):
            vuota.headers[nome] = valore
    vuota.cookies = risposta.cookies
    return vuota
