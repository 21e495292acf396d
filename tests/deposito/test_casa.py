"""Ciò che la casa si vieta: segnali dei modelli e nostri, chiavi generiche, moduli senza un nome."""

import ast
from collections.abc import Iterator
from pathlib import Path

import yaml
from django.apps import apps
from django.conf import settings
from django.db.models.signals import (
    m2m_changed,
    post_delete,
    post_init,
    post_save,
    pre_delete,
    pre_init,
    pre_save,
)

RADICE = Path(settings.BASE_DIR)
PIANI = ("distretti", "programmi", "valutazione")
VIETATI = {
    **{
        f"django.db.models.signals.{nome}": "segnali dei modelli"
        for nome in (
            *("pre_init", "post_init", "pre_save", "post_save"),
            *("pre_delete", "post_delete", "m2m_changed"),
        )
    },
    "django.dispatch.Signal": "segnali nostri",
    "django.contrib.contenttypes.fields": "chiavi generiche",
    "django.contrib.contenttypes.models": "chiavi generiche",
}
"""Not ``post_migrate``: it tells that the tables changed, never that a row was written."""

SENZA_NOME = {"utils", "util", "helpers", "misc", "common", "varie"}


def moduli() -> Iterator[Path]:
    for piano in ("config", *PIANI):
        yield from (f for f in (RADICE / piano).rglob("*.py") if "migrations" not in f.parts)


def importati(modulo: Path) -> set[str]:
    """Dotted names of what a module imports: modules, and the names taken from them."""
    nomi: set[str] = set()
    for nodo in ast.walk(ast.parse(modulo.read_text(encoding="utf-8"))):
        if isinstance(nodo, ast.Import):
            nomi |= {nome.name for nome in nodo.names}
        elif isinstance(nodo, ast.ImportFrom) and nodo.module:
            nomi |= {nodo.module, *(f"{nodo.module}.{nome.name}" for nome in nodo.names)}
    return nomi


def test_nessun_segnale_e_nessuna_chiave_generica() -> None:
    trovati = [
        f"{modulo.relative_to(RADICE)}: {VIETATI[nome]}"
        for modulo in moduli()
        for nome in importati(modulo) & VIETATI.keys()
    ]
    assert trovati == []


def test_nessuno_ascolta_i_modelli() -> None:
    """Nemmeno per vie traverse: i soli ascoltatori ammessi sono quelli di Django."""
    nostri = [
        f"{ricevente.__module__}.{ricevente.__qualname__}"
        for segnale in (pre_init, post_init, pre_save, post_save, pre_delete, post_delete, m2m_changed)
        for modello in apps.get_models()
        for ricevente in (f for gruppo in segnale._live_receivers(modello) for f in gruppo)
        if ricevente.__module__.startswith(tuple(f"{piano}." for piano in PIANI))
    ]
    assert nostri == []


def test_i_moduli_hanno_un_nome_e_una_misura() -> None:
    """Divisi per nome: nessun «utils», e nessuno oltre le 300 righe."""
    assert [str(m.relative_to(RADICE)) for m in moduli() if m.stem in SENZA_NOME] == []
    lunghi = {
        str(m.relative_to(RADICE)): righe
        for m in moduli()
        if (righe := len(m.read_text(encoding="utf-8").splitlines())) > 300
    }
    assert lunghi == {}


def test_ogni_gancio_di_pre_commit_ha_il_suo_comando_e_la_ci_lo_esegue() -> None:
    ganci = yaml.safe_load((RADICE / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"][0][
        "hooks"
    ]
    comandi = {gancio["id"]: gancio["entry"].split()[0] for gancio in ganci}
    prove = (RADICE / "script" / "test").read_text(encoding="utf-8")

    assert {nome for nome, comando in comandi.items() if not (RADICE / comando).is_file()} == set()
    assert {c for c in comandi.values() if f'"$BIN/{Path(c).name}"' not in prove} == set()


def test_nessun_gancio_riscrive_le_migrazioni_pubblicate() -> None:
    """Given the name of a file, ruff forgets what it excludes: the frozen migrations would be reformatted."""
    ganci = yaml.safe_load((RADICE / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"][0][
        "hooks"
    ]
    ruff = [gancio["entry"] for gancio in ganci if "/ruff " in gancio["entry"]]
    assert len(ruff) == 2
    assert [entrata for entrata in ruff if "--force-exclude" not in entrata] == []
