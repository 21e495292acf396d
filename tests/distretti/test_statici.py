"""I file statici: quelli elencati si trovano, e la raccolta con il manifesto riesce."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command

from config.statici import FILE_SWAGGER, FILE_USATI, PREFISSO, BootstrapItaliaFinder, cartella_statici

PROPRI = ("css/distretti.css", "js/distretti.js", "immagini/icona.svg")
HTMX = "django_htmx/htmx-2.min.js"


@pytest.mark.parametrize("nome", [*(f"{PREFISSO}/{nome}" for nome in FILE_USATI), *PROPRI, HTMX])
def test_ogni_file_usato_si_trova(nome: str) -> None:
    trovato = finders.find(nome)

    assert isinstance(trovato, str)
    assert Path(trovato).stat().st_size > 0


@pytest.mark.parametrize(
    "nome",
    [
        "css/bootstrap-italia.min.css",
        f"{PREFISSO}/js/bootstrap-italia.min.js",
        f"{PREFISSO}/fonts/Lora/OFL.txt",
        f"{PREFISSO}/../settings.py",
    ],
)
def test_ciò_che_non_è_elencato_non_si_trova(nome: str) -> None:
    assert BootstrapItaliaFinder().find(nome) == []
    assert BootstrapItaliaFinder().find(nome, find_all=True) == []


def test_il_controllo_dice_quale_file_manca(monkeypatch: pytest.MonkeyPatch) -> None:
    assert BootstrapItaliaFinder().check() == []

    monkeypatch.setattr("config.statici.FILE_USATI", (*FILE_USATI, "css/sparito.css"))
    (errore,) = BootstrapItaliaFinder().check()

    assert errore.id == "config.E001"
    assert "css/sparito.css" in errore.msg


def test_la_raccolta_con_il_manifesto_porta_solo_i_file_usati(settings: Any, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
    }

    call_command("collectstatic", interactive=False, verbosity=0)

    manifesto = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]
    di_bootstrap = {nome for nome in manifesto if nome.startswith(f"{PREFISSO}/")}
    assert di_bootstrap == {f"{PREFISSO}/{nome}" for nome in FILE_USATI}
    di_swagger = {nome for nome in manifesto if nome.startswith("swagger-ui/")}
    assert di_swagger == {f"swagger-ui/{nome}" for nome in FILE_SWAGGER}
    assert {*PROPRI, HTMX} <= set(manifesto)
    assert all((tmp_path / con_impronta).is_file() for con_impronta in manifesto.values())


def test_i_caratteri_del_foglio_di_stile_sono_tra_i_file_usati() -> None:
    foglio = finders.find("css/distretti.css")
    assert isinstance(foglio, str)

    for riga in Path(foglio).read_text(encoding="utf-8").splitlines():
        if "../bootstrap-italia/" in riga:
            nome = riga.split("../bootstrap-italia/")[1].split('"')[0]
            assert nome in FILE_USATI
            assert (cartella_statici() / nome).is_file()
