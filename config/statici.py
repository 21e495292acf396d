"""Static files of Bootstrap Italia: only those the pages use, out of the pinned wheel.

The wheel ``design-django-theme`` carries 2,341 files and Django templates of its own. It is an asset
carrier here: its package is located, never imported, and the files listed below appear under
``bootstrap-italia/``. Its script is not among them: no page uses a component that needs one.
"""

from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import utils
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage, Error
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import FileSystemStorage

PACCHETTO = "bootstrap_italia_template"
PREFISSO = "bootstrap-italia"

_TITILLIUM = "fonts/Titillium_Web/titillium-web-v10-latin-ext_latin"
_ROBOTO_MONO = "fonts/Roboto_Mono/roboto-mono-v13-latin-ext_latin"

FILE_USATI: tuple[str, ...] = (
    "css/bootstrap-italia.min.css",
    # Named by the last line of the CSS: without it the manifest storage refuses the CSS.
    "css/bootstrap-italia.min.css.map",
    "svg/sprites.svg",
    *(f"{_TITILLIUM}-{peso}.woff2" for peso in ("300", "regular", "italic", "600", "700")),
    *(f"{_ROBOTO_MONO}-{peso}.woff2" for peso in ("regular", "700")),
    "fonts/Titillium_Web/OFL.txt",
    "fonts/Roboto_Mono/LICENSE.txt",
)


def cartella_statici() -> Path:
    """Folder of the wheel's static files, found without importing the package."""
    specifica = find_spec(PACCHETTO)
    if specifica is None or specifica.origin is None:
        raise ImproperlyConfigured(
            f"Manca il pacchetto «{PACCHETTO}» (design-django-theme): eseguire script/setup."
        )
    return Path(specifica.origin).parent / "static"


class BootstrapItaliaFinder(BaseFinder):
    """Finds ``bootstrap-italia/<file>`` for the files of ``FILE_USATI``, and nothing else."""

    def __init__(self, app_names: Iterable[str] | None = None, *args: Any, **kwargs: Any) -> None:
        self.storage = FileSystemStorage(location=cartella_statici())
        self.storage.prefix = PREFISSO  # type: ignore[attr-defined]  # read by collectstatic
        super().__init__(*args, **kwargs)

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        """One error for each file that this version of the wheel no longer has."""
        return [
            Error(
                f"Bootstrap Italia: nel pacchetto installato manca «{nome}».",
                hint="Rieseguire script/setup; se la versione è cambiata, aggiornare config/statici.py.",
                id="config.E001",
            )
            for nome in FILE_USATI
            if not self.storage.exists(nome)
        ]

    def find(self, path: str, find_all: bool = False) -> Any:
        """Absolute path of a listed file; a list of paths with ``find_all``; else ``[]``."""
        nome = path.removeprefix(f"{PREFISSO}/")
        if nome == path or nome not in FILE_USATI:
            return []
        trovato = self.storage.path(nome)
        return [trovato] if find_all else trovato

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        """The listed files, as ``collectstatic`` wants them."""
        esclusi = list(ignore_patterns or ())
        for nome in FILE_USATI:
            if not utils.matches_patterns(nome, esclusi):
                yield nome, self.storage
