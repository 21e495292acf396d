"""La tabella delle variabili di docs/esercizio.md dice tutte quelle che si leggono, e nessun'altra."""

import ast
import json
import re
import runpy
from collections.abc import Iterator
from inspect import isfunction, signature
from pathlib import Path

import pytest
from gunicorn.config import Config

from config import ambiente

RADICE = Path(__file__).resolve().parents[2]
PAGINA = (RADICE / "docs/esercizio.md").read_text(encoding="utf-8")
LETTORI = {
    nome for nome, cosa in vars(ambiente).items() if isfunction(cosa) and "nome" in signature(cosa).parameters
}
DI_DJANGO = {"DJANGO_SETTINGS_MODULE"}
SORGENTI = [
    *(
        p
        for cartella in ("config", "distretti", "programmi", "valutazione")
        for p in (RADICE / cartella).rglob("*.py")
    ),
    RADICE / "script/prepara.py",
]


def _lette(file: Path) -> Iterator[str]:
    """The names of variables that a module reads, by our readers or from ``os.environ``."""
    albero = ast.parse(file.read_text(encoding="utf-8"))
    costanti = {
        nodo.targets[0].id: nodo.value.value
        for nodo in albero.body
        if isinstance(nodo, ast.Assign) and isinstance(nodo.targets[0], ast.Name)
        if isinstance(nodo.value, ast.Constant)
    }
    for nodo in ast.walk(albero):
        chiave = _chiave_letta(nodo)
        nome = costanti.get(chiave.id) if isinstance(chiave, ast.Name) else getattr(chiave, "value", None)
        if isinstance(nome, str) and re.fullmatch("[A-Z][A-Z0-9_]+", nome):
            yield nome


def _chiave_letta(nodo: ast.AST) -> ast.expr | None:
    """What is looked up in the environment, when ``nodo`` does so."""
    if isinstance(nodo, ast.Subscript) and ast.unparse(nodo.value) == "os.environ":
        return nodo.slice
    if not isinstance(nodo, ast.Call) or not nodo.args:
        return None
    funzione = ast.unparse(nodo.func)
    return nodo.args[0] if funzione in LETTORI or funzione.startswith("os.environ.") else None


def test_la_tabella_dice_ogni_variabile_che_si_legge_e_nessun_altra() -> None:
    lette = {nome for file in SORGENTI for nome in _lette(file)} - DI_DJANGO
    scritte = re.findall(r"^\| `([A-Z][A-Z0-9_]+)` \|", PAGINA, flags=re.MULTILINE)

    assert len(scritte) == len(set(scritte))
    assert lette == set(scritte)
    assert len(lette) > 15


@pytest.mark.parametrize("comando", ["test", "prove-postgresql", "prove-estese", "valida-pdf", "schermate"])
def test_le_prove_partono_senza_nessuna_di_loro(comando: str) -> None:
    """The tests never read the settings of this installation."""
    assert "\nsenza_impostazioni\n" in (RADICE / "script" / comando).read_text(encoding="utf-8")
    comune = (RADICE / "script/comune.sh").read_text(encoding="utf-8")
    tolte = re.search(r"^  unset ((?:.*\\\n)*.*)", comune, flags=re.MULTILINE)
    assert tolte is not None
    assert '"${!DISTRETTI_@}"' in tolte[1]
    lette = {nome for file in (RADICE / "config").glob("*.py") for nome in _lette(file)} - DI_DJANGO

    assert {n for n in lette if not n.startswith("DISTRETTI_")} <= set(tolte[1].replace("\\", "").split())


@pytest.mark.parametrize(
    "nome", sorted(p.name for p in (RADICE / "config/esercizio").iterdir() if p.is_file())
)
def test_ogni_file_di_esercizio_è_spiegato_o_usato(nome: str) -> None:
    altri = "".join(
        p.read_text(encoding="utf-8")
        for p in (RADICE / "config/esercizio").iterdir()
        if p.is_file() and p.name != nome
    )
    assert nome in PAGINA or f"*{Path(nome).suffix}" in PAGINA or nome in altri


def test_i_segreti_non_entrano_nell_immagine_né_nel_deposito() -> None:
    """The file of the variables that the page names lies where the image is built from."""
    (file,) = set(re.findall(r"--env-file (\S+)", PAGINA))
    assert file in (RADICE / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert f"/{file}" in (RADICE / ".gitignore").read_text(encoding="utf-8").splitlines()


def test_l_esempio_delle_variabili_si_legge() -> None:
    esempio = (RADICE / "config/esercizio/ambiente.esempio").read_text(encoding="utf-8")
    nomi = re.findall(r"^#?([A-Z_]+)=", esempio, flags=re.MULTILINE)

    assert {nome.removesuffix("_FILE") for nome in nomi} <= set(re.findall(r"`([A-Z][A-Z0-9_]+)`", PAGINA))


def test_i_comandi_nominati_nella_pagina_esistono() -> None:
    from django.core.management import get_commands

    nominati = set(re.findall(r"distretti-gestione ([a-z_]+)", PAGINA))
    assert {"migrate", "salva", "ripristina", "controlla_file", "sendtestemail"} <= nominati
    assert nominati <= set(get_commands())


def test_gunicorn_legge_il_suo_file_e_ne_conosce_ogni_voce(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEB_CONCURRENCY", "3")
    voci = runpy.run_path(str(RADICE / "config/esercizio/gunicorn.conf.py"))
    impostazioni = Config()
    for nome, valore in voci.items():
        if nome in impostazioni.settings:
            impostazioni.set(nome, valore)

    assert impostazioni.workers == 3
    assert (impostazioni.max_requests, impostazioni.accesslog) == (2000, None)
    nostre = {
        nome for nome, valore in voci.items() if isinstance(valore, int | str) and not nome.startswith("_")
    }
    assert nostre <= set(impostazioni.settings)


@pytest.mark.parametrize("formato", ["json", "testo"])
def test_anche_gunicorn_scrive_righe_della_stessa_forma(
    formato: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DISTRETTI_LOG_FORMATO", formato)
    voci = runpy.run_path(str(RADICE / "config/esercizio/gunicorn.conf.py"))
    impostazioni = Config()
    impostazioni.set("loglevel", voci["loglevel"])
    registro = voci["logger_class"](impostazioni)
    registro.critical("WORKER TIMEOUT (pid:%s)", 7)
    registro.info("un processo in più")
    for gestore in list(registro.error_log.handlers):
        registro.error_log.removeHandler(gestore)

    (riga,) = capfd.readouterr().err.splitlines()
    if formato == "testo":
        assert riga.endswith("[CRITICAL] WORKER TIMEOUT (pid:7)")
        return
    dati = json.loads(riga)
    assert (dati["livello"], dati["registro"]) == ("CRITICAL", "gunicorn.error")
    assert dati["messaggio"] == "WORKER TIMEOUT (pid:7)"


def test_il_filtro_dei_registri_passa_sopra_alle_righe_di_systemd() -> None:
    """``journalctl -u`` mixes the lines of systemd, which are text, with ours: jq would stop at the first."""
    (comando,) = re.findall(r"\| jq (.*)", PAGINA)
    assert comando == "-cR 'fromjson? | select(.esito >= 500)'"


def test_ogni_notte_si_cancella_ciò_che_è_scaduto() -> None:
    """What people typed in a form they could not send stays in the session: nobody else deletes it."""
    unita = (RADICE / "config/esercizio/distretti-salva.service").read_text(encoding="utf-8")
    comandi = re.findall(r"^ExecStartPost=.* manage\.py (\w+)$", unita, flags=re.MULTILINE)
    assert comandi == ["clearsessions"]
    assert "clearsessions" in PAGINA
