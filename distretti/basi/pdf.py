"""HTML → PDF: the one renderer, and the only file that imports WeasyPrint (lazily: it takes a second).

The system libraries (Pango and its companions) are not Python packages: without them the site runs and
this module raises :class:`MotorePdfAssente`, whose words say what to install.
"""

import gc
import re
import threading
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from ctypes import CDLL
from ctypes.util import find_library
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation

from distretti.basi.pdf_caratteri import stampabile
from distretti.basi.pdf_finitura import completa

SCHEMA_STATICI = "statico:"
"""How a print template names a static file: ``statico:css/stampa.css``."""

VARIANTE = "pdf/a-3a"
"""PDF/A-3, level a: tagged, language, embedded fonts, sRGB; ``completa`` makes it PDF/UA-1 as well."""

_LIBRERIE = {
    "gobject-2.0": "libgobject-2.0.so.0",
    "pango-1.0": "libpango-1.0.so.0",
    "pangoft2-1.0": "libpangoft2-1.0.so.0",
    "harfbuzz": "libharfbuzz.so.0",
    "harfbuzz-subset": "libharfbuzz-subset.so.0",
    "fontconfig": "libfontconfig.so.1",
}
COMANDO_INSTALLAZIONE = (
    "apt-get install --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
)

# One render at a time in a process: it is bound to the CPU and takes 100 MB, and the switch of the
# garbage collector below is one for the whole process.
_turno = threading.Lock()


@dataclass(frozen=True, slots=True)
class FileIncorporato:
    """A file inside the PDF, of which it holds the data (relationship *Data*).

    ``nome`` tells its type; ``giorno`` is the date it is given, so that the same file makes the same PDF.
    """

    nome: str
    contenuto: bytes
    descrizione: str
    giorno: date


class MotorePdfAssente(RuntimeError):
    """The system libraries that make PDFs are missing. ``messaggio`` says which and what to do."""

    def __init__(self, mancanti: list[str]) -> None:
        quali = f" (mancano: {', '.join(mancanti)})" if mancanti else ""
        self.messaggio = (
            f"Per fare i PDF servono le librerie di sistema di Pango, che su questa macchina non ci sono"
            f"{quali}. Su Debian: «{COMANDO_INSTALLAZIONE}», poi riavviare il servizio. "
            "Tutto il resto funziona."
        )
        super().__init__(self.messaggio)


def librerie_mancanti() -> list[str]:
    """The names of the system libraries that cannot be loaded, without importing WeasyPrint."""
    return [nome for nome, file in _LIBRERIE.items() if not (_si_carica(file) or find_library(nome))]


def _si_carica(file: str) -> bool:
    try:
        CDLL(file)
    except OSError:
        return False
    return True


def html_in_pdf(html: str, *, incorporati: Sequence[FileIncorporato] = ()) -> bytes:
    """The PDF (PDF/A-3a and PDF/UA-1) of a whole HTML document; the same input gives the same bytes.

    ``<html lang>``, ``<title>`` and the metas ``author`` and ``description`` become the metadata of the
    file. A character that our fonts have not is printed as the nearest one. Files are named
    ``statico:PATH`` and only the project's own static files are read. Raises :class:`MotorePdfAssente`, and
    ValueError for a document that asks for anything else.
    """
    return _stampa(stampabile(html), tuple(sorted(incorporati, key=lambda file: file.nome)))


def _stampa(html: str, incorporati: tuple[FileIncorporato, ...]) -> bytes:
    weasyprint = _motore()
    opzioni = {"pdf_variant": VARIANTE, "pdf_tags": True}
    with _turno, _senza_raccolta(), warnings.catch_warnings():
        # WeasyPrint leaves its own colour profile to be closed by the interpreter.
        warnings.filterwarnings("ignore", r"unclosed file .*sRGB2014\.icc", ResourceWarning)
        try:
            pagina = _pagina()(string=html, url_fetcher=_lettore_statici()())
            impaginato = pagina.render(**opzioni)
            # What the layout tried and threw away is an eighth of the memory: the writing uses it again.
            gc.collect()
            pdf: bytes = impaginato.write_pdf(
                attachments=[_allegato(file) for file in incorporati],
                finisher=completa,
                **opzioni,
            )
        except weasyprint.urls.FatalURLFetchingError as errore:  # not an Exception: it would end a worker
            raise ValueError(str(errore.__cause__)) from errore
    return pdf


def _allegato(file: FileIncorporato) -> Any:
    """As WeasyPrint wants it; left to itself it would write the present instant."""
    istante = datetime.combine(file.giorno, time(), UTC)
    return _motore().Attachment(
        file_obj=BytesIO(file.contenuto),
        name=file.nome,
        description=file.descrizione,
        created=istante,
        modified=istante,
        relationship="Data",
    )


def _motore() -> Any:
    try:
        import weasyprint
    except OSError as errore:
        raise MotorePdfAssente(librerie_mancanti()) from errore
    return weasyprint


@contextmanager
def _senza_raccolta() -> Iterator[None]:
    """A render makes millions of objects that live to its end: collecting meanwhile costs a quarter.

    What was there before is put aside, so that a collection asked for looks at the render only.
    """
    attiva = gc.isenabled()
    gc.disable()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
        if attiva:
            gc.enable()


@cache
def _pagina() -> Any:
    """WeasyPrint's HTML with its own style sheet cut down to what our documents use.

    That sheet styles five kinds of notes and the mark of a list item under every element of the page: six
    styles for each, nearly all of them, which take a tenth of the time and a fifth of the memory.
    """
    from weasyprint import CSS, HTML
    from weasyprint.html import UA

    senza_note = re.sub(r"(?m)^::(?:foot)?note-\w+ .*$", "", UA)
    foglio = CSS(string=re.sub(r"(?m)^::marker ", "li::marker ", senza_note))

    class Pagina(HTML):  # type: ignore[misc]  # WeasyPrint is not typed
        def _ua_stylesheets(self, forms: bool = False) -> list[Any]:
            return [foglio]

    return Pagina


@cache
def _lettore_statici() -> Any:
    """The class of the URL fetcher (its base comes with WeasyPrint, hence made on first use)."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class LettoreStatici(URLFetcher):  # type: ignore[misc]  # WeasyPrint is not typed
        """Reads ``statico:PATH`` through the staticfiles finders, refuses every other address."""

        def __init__(self) -> None:
            # A document without its fonts or its stylesheet must not leave the house.
            super().__init__(allowed_protocols=(), fail_on_errors=True)

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            return URLFetcherResponse(url, leggi_statico(url), {"Content-Type": _tipo(url)})

    return LettoreStatici


def leggi_statico(url: str) -> bytes:
    """The bytes of ``statico:PATH``. Raises ValueError for any other address or an unknown file."""
    nome = url.removeprefix(SCHEMA_STATICI)
    try:
        percorso = finders.find(nome) if nome != url else None
    except SuspiciousFileOperation:  # a path that leaves the folders of the static files
        percorso = None
    if not isinstance(percorso, str):
        raise ValueError(f"«{url}» non è un file statico di questo progetto.")
    return Path(percorso).read_bytes()


def _tipo(url: str) -> str:
    tipi = {".css": "text/css", ".woff2": "font/woff2", ".svg": "image/svg+xml", ".png": "image/png"}
    return tipi.get(Path(url).suffix, "application/octet-stream")
