"""``docs/dipendenze.md`` ha una riga per ogni dipendenza diretta, e dichiarata è ogni libreria importata."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

from django.conf import settings

RADICE = Path(settings.BASE_DIR)
NOSTRE = {"config", "distretti", "programmi", "valutazione", "tests", "script"}
SENZA_IMPORTAZIONE = {"design-django-theme"}
"""Carries files only: its package is named in ``config.statici``, never imported by us."""


def nome_normale(testo: str) -> str:
    """``psycopg[binary,pool]~=3.3`` → ``psycopg``."""
    trovato = re.match(r"[\w.-]+", testo.strip().strip("`"))
    assert trovato is not None, testo
    return trovato[0].lower().replace("_", "-")


def dichiarate() -> set[str]:
    progetto = tomllib.loads((RADICE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    facoltative = [voce for voci in progetto["optional-dependencies"].values() for voce in voci]
    return {nome_normale(voce) for voce in [*progetto["dependencies"], *facoltative]} - {"distretti"}


def bloccate() -> dict[str, str]:
    testo = (RADICE / "requirements-test.txt").read_text(encoding="utf-8")
    return {nome_normale(n): v for n, v in re.findall(r"^([\w.\[\],-]+)==([\w.]+)", testo, re.MULTILINE)}


def righe() -> Iterator[tuple[str, str]]:
    """Every library of the tables, with the version written beside it."""
    testo = (RADICE / "docs" / "dipendenze.md").read_text(encoding="utf-8")
    for riga in re.findall(r"^\| (.+) \|$", testo, re.MULTILINE):
        nomi, versioni, *resto = riga.split(" | ")
        if len(resto) < 3 or nomi in ("libreria", "---"):
            continue
        nomi = re.sub(r"\s*[\[(][^\])]*[\])]", "", nomi)
        numeri = re.sub(r"\s*\([^)]*\)", "", versioni)
        yield from zip(
            (nome_normale(n) for n in nomi.split(",")), (v.strip() for v in numeri.split(",")), strict=True
        )


def test_ogni_dipendenza_diretta_ha_una_riga_e_una_sola() -> None:
    nomi = [nome for nome, _ in righe()]
    assert sorted(nomi) == sorted(dichiarate())


def test_la_versione_scritta_e_quella_bloccata() -> None:
    ferme = bloccate()
    altre = {n: (v, ferme[n]) for n, v in righe() if ferme[n] != v and not ferme[n].startswith(f"{v}.")}
    assert altre == {}


def _importate() -> set[str]:
    moduli: set[str] = set()
    for cartella in sorted(NOSTRE):
        for file in (RADICE / cartella).rglob("*.py"):
            for nodo in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(nodo, ast.Import):
                    moduli |= {nome.name for nome in nodo.names}
                elif isinstance(nodo, ast.ImportFrom) and nodo.level == 0 and nodo.module:
                    moduli.add(nodo.module)
    return {m.partition(".")[0] for m in moduli} - NOSTRE - set(sys.stdlib_module_names)


def test_ogni_libreria_importata_e_dichiarata() -> None:
    """Una libreria che arriva solo perché la chiede un'altra può sparire con quella."""
    di_chi = packages_distributions()
    trovate = {m: {nome_normale(d) for d in di_chi.get(m, [])} for m in _importate()}
    assert {m: d for m, d in trovate.items() if not d & dichiarate()} == {}
