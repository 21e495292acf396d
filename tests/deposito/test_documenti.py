"""I documenti dicono il vero: ogni nome del codice, ogni file e ogni rimando che scrivono esiste."""

import pkgutil
import re
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings

RADICE = Path(settings.BASE_DIR)
DOCUMENTI = sorted(
    [*RADICE.glob("*.md"), *(RADICE / "docs").rglob("*.md")], key=lambda f: str(f.relative_to(RADICE))
)
PIANI = ("distretti", "programmi", "valutazione")
CARTELLE = ("config", *PIANI, "templates", "static", "fixtures", "tests", "script", "docs", ".ci")

_CODICE = re.compile(r"`([^`\n]+)`")
_NOME = re.compile(rf"(?:config|{'|'.join(PIANI)})(?:\.\w+)+")
_PERCORSO = re.compile(rf"(?:{'|'.join(re.escape(c) for c in CARTELLE)})/[\w./*-]*")
_RIMANDO = re.compile(r"\]\(([^)#\s]+)")


def scritti(documento: Path, forma: re.Pattern[str]) -> set[str]:
    """What the document writes as code, and is wholly of that shape."""
    return {c for c in _CODICE.findall(documento.read_text(encoding="utf-8")) if forma.fullmatch(c)}


def esiste(nome: str) -> bool:
    """``valutazione.services.registra_evidenza``: a module, and then names inside it."""
    try:
        pkgutil.resolve_name(nome)
    except (ImportError, AttributeError):
        return False
    return True


def nome_breve(documento: Path) -> str:
    return str(documento.relative_to(RADICE))


@pytest.mark.parametrize("documento", DOCUMENTI, ids=nome_breve)
def test_ogni_nome_del_codice_esiste(documento: Path) -> None:
    nomi = {n for n in scritti(documento, _NOME) if not n.endswith((".py", ".md", ".json", ".html"))}
    assert sorted(n for n in nomi if not esiste(n)) == []


@pytest.mark.parametrize("documento", DOCUMENTI, ids=nome_breve)
def test_ogni_file_nominato_esiste(documento: Path) -> None:
    assert sorted(p for p in scritti(documento, _PERCORSO) if not any(RADICE.glob(p.rstrip("/")))) == []


@pytest.mark.parametrize("documento", DOCUMENTI, ids=nome_breve)
def test_ogni_rimando_porta_a_un_file(documento: Path) -> None:
    rimandi = _RIMANDO.findall(documento.read_text(encoding="utf-8"))
    nostri = [r for r in rimandi if not re.match(r"https?://|mailto:", r)]
    assert [r for r in nostri if not (documento.parent / r).exists()] == []


@pytest.mark.parametrize("documento", DOCUMENTI, ids=nome_breve)
def test_nessuno_scrive_percorsi_di_una_macchina(documento: Path) -> None:
    assert re.findall(r"(?:/home/|/root/|/work/|/tmp/)\S*", documento.read_text(encoding="utf-8")) == []


def test_dal_readme_si_arriva_a_ogni_documento() -> None:
    rimandi = _RIMANDO.findall((RADICE / "README.md").read_text(encoding="utf-8"))
    documenti = {nome_breve(d) for d in DOCUMENTI if d.name != "README.md" and d.parent.name != "decisioni"}
    assert sorted(documenti - set(rimandi)) == []


def _nel_glossario() -> set[str]:
    testo = (RADICE / "docs" / "glossario.md").read_text(encoding="utf-8")
    return {c for c in _CODICE.findall(testo) if _NOME.fullmatch(c)}


def test_nel_glossario_ogni_modello_ha_la_sua_parola() -> None:
    modelli: list[Any] = [m for piano in PIANI for m in apps.get_app_config(piano).get_models()]
    assert sorted({f"{m._meta.app_label}.models.{m.__name__}" for m in modelli} - _nel_glossario()) == []


def test_nel_glossario_una_parola_sta_in_un_posto_solo() -> None:
    testo = (RADICE / "docs" / "glossario.md").read_text(encoding="utf-8")
    parole = re.findall(r"^\| ([^|]+?) \|", testo, re.MULTILINE)
    voci = [p for p in parole if p != "parola" and not set(p) <= {"-"}]
    assert len(voci) == len(set(voci)) > 40
