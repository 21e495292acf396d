"""A server of pages already made and of our static files: what the browser keeps, it does not ask again.

Answering from within Playwright's routes would switch off the browser's cache, and send the style sheets
through three processes for each page.
"""

import mimetypes
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from django.contrib.staticfiles import finders

from tests.browser.raccolta import Pagina

AXE = "/axe.js"
"""Where axe is: on our own address, as the Content-Security-Policy of the pages wants."""


class Vetrina:
    """It shows ``mostrata``, whatever address is gone to; what else is asked for goes to ``errori``."""

    def __init__(self, errori: list[str]) -> None:
        self.mostrata: Pagina | None = None
        self.errori = errori
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _gestore(self))
        self.indirizzo = f"http://127.0.0.1:{self._server.server_port}"
        self._filo = Thread(target=self._server.serve_forever, daemon=True)
        self._filo.start()

    def chiudi(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._filo.join()


def _gestore(vetrina: Vetrina) -> type[BaseHTTPRequestHandler]:
    class Gestore(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:  # the name that http.server calls
            statico = _statico(self.path)
            pagina = vetrina.mostrata
            if statico is not None:
                tipo, corpo = statico
                self._rispondi(200, {"Content-Type": tipo, "Cache-Control": "max-age=3600"}, corpo)
            elif self.headers.get("Sec-Fetch-Dest") == "document" and pagina is not None:
                self._rispondi(pagina.stato, pagina.testate, pagina.corpo)
            else:
                vetrina.errori.append(f"richiesta inattesa: {self.path}")
                self._rispondi(404, {}, b"")

        def _rispondi(self, stato: int, testate: dict[str, str], corpo: bytes) -> None:
            self.send_response(stato)
            for nome, valore in {**testate, "Content-Length": str(len(corpo))}.items():
                self.send_header(nome, valore)
            with suppress(ConnectionError):  # the browser went to another page
                self.end_headers()
                self.wfile.write(corpo)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    return Gestore


def _statico(indirizzo: str) -> tuple[str, bytes] | None:
    """The type and the bytes of one of our static files, or of axe."""
    if indirizzo == AXE:
        return "text/javascript", AXE_SCRIPT.encode()
    percorso = urlsplit(indirizzo).path
    nome = percorso.removeprefix("/static/")
    trovato = finders.find(nome) if nome != percorso else None
    if not isinstance(trovato, str):
        return None
    return mimetypes.guess_type(nome)[0] or "application/octet-stream", Path(trovato).read_bytes()
