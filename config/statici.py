"""Static files of others: only those the pages use, out of the pinned wheels.

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


FILE_SWAGGER: tuple[str, ...] = (
    "swagger-ui.css",
    "swagger-ui.css.map",  # named by the last line of the CSS
    "swagger-ui-bundle.js",
    "swagger-ui-bundle.js.LICENSE.txt",
    "LICENSE",
)


def cartella_statici(pacchetto: str = PACCHETTO, distribuzione: str = "design-django-theme") -> Path:
    """Folder of a wheel's static files, found without importing the package."""
    specifica = find_spec(pacchetto)
    if specifica is None or specifica.origin is None:
        raise ImproperlyConfigured(
            f"Manca il pacchetto «{pacchetto}» ({distribuzione}): eseguire script/setup."
        )
    return Path(specifica.origin).parent / "static"


class PacchettoFinder(BaseFinder):
    """Finds ``<prefisso>/<file>`` for the listed files of a wheel, and nothing else."""

    nome: str
    prefisso: str

    def __init__(self, app_names: Iterable[str] | None = None, *args: Any, **kwargs: Any) -> None:
        self.storage = FileSystemStorage(location=self.cartella())
        self.storage.prefix = self.prefisso  # type: ignore[attr-defined]  # read by collectstatic
        super().__init__(*args, **kwargs)

    def cartella(self) -> Path:
        """Where the files are in the installed wheel."""
        raise NotImplementedError

    def usati(self) -> tuple[str, ...]:
        """The files, under that folder."""
        raise NotImplementedError

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        """One error for each file that this version of the wheel no longer has."""
        return [
            Error(
                f"{self.nome}: nel pacchetto installato manca «{nome}».",
                hint="Rieseguire script/setup; se la versione è cambiata, aggiornare config/statici.py.",
                id="config.E001",
            )
            for nome in self.usati()
            if not self.storage.exists(nome)
        ]

    def find(self, path: str, find_all: bool = False) -> Any:
        """Absolute path of a listed file; a list of paths with ``find_all``; else ``[]``."""
        nome = path.removeprefix(f"{self.prefisso}/")
        if nome == path or nome not in self.usati():
            return []
        trovato = self.storage.path(nome)
        return [trovato] if find_all else trovato

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        """The listed files, as ``collectstatic`` wants them."""
        esclusi = list(ignore_patterns or ())
        for nome in self.usati():
            if not utils.matches_patterns(nome, esclusi):
                yield nome, self.storage


class BootstrapItaliaFinder(PacchettoFinder):
    """The look of the pages."""

    nome, prefisso = "Bootstrap Italia", PREFISSO

    def cartella(self) -> Path:
        return cartella_statici()

    def usati(self) -> tuple[str, ...]:
        return FILE_USATI


class SwaggerFinder(PacchettoFinder):
    """The page that shows the REST interface."""

    nome, prefisso = "Swagger UI", "swagger-ui"

    def cartella(self) -> Path:
        statici = cartella_statici("drf_spectacular_sidecar", "drf-spectacular-sidecar")
        return statici / "drf_spectacular_sidecar" / "swagger-ui-dist"

    def usati(self) -> tuple[str, ...]:
        return FILE_SWAGGER
