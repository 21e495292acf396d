"""Fotografa il sito per script/schermate: prepara i dati, avvia il server, guarda le pagine, lo ferma.

Le immagini di uno stesso programma, nello stesso giorno e con lo stesso browser, sono uguali.
"""

import argparse
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

RADICE = Path(__file__).resolve().parent.parent
DEL_README = RADICE / "docs" / "immagini" / "perche.png"
PROGRAMMA = "programmi/dfa-alta-valsugana/2025/"
PAGINE = {
    "inizio": "",
    "distretti": "distretti/",
    "programma": PROGRAMMA,
    "perche": f"{PROGRAMMA}perche/obb.2/",
    "scrivania": "scrivania/",
    "evidenze": f"{PROGRAMMA}evidenze/",
}
CHROMIUM = "headless no-sandbox disable-gpu disable-quic no-first-run disable-background-networking"
LARGHEZZE = (1280, 360)
ALTEZZA = 1345
"""Of the image of the README: the page from its header to the end of the ledger."""

COLORI = 128
"""The pages have few colours: with a palette an image weighs a third, and looks the same."""


def porta_libera() -> int:
    with socket.socket() as prova:
        prova.bind(("127.0.0.1", 0))
        return int(prova.getsockname()[1])


@contextmanager
def sito_di_prova() -> Iterator[tuple[str, str]]:
    """A site with the demonstration, on a port of its own: its address and the password of its accounts."""
    porta, password = porta_libera(), secrets.token_urlsafe(12)
    ambiente = {
        **os.environ,
        "PORT": str(porta),
        "SECRET_KEY": secrets.token_urlsafe(64),
        "DISTRETTI_DEMO_PASSWORD": password,
    }
    preparata = [sys.executable, "script/prepara.py"]
    if subprocess.run(preparata, cwd=RADICE, env=ambiente, check=False, stdout=subprocess.DEVNULL).returncode:
        sys.exit(1)  # it has said why
    comando = [sys.executable, "-m", "gunicorn", "config.wsgi:application", "--bind", f"127.0.0.1:{porta}"]
    server = subprocess.Popen([*comando, "--log-level", "warning"], cwd=RADICE, env=ambiente)
    try:
        indirizzo = f"http://127.0.0.1:{porta}/"
        aspetta(indirizzo)
        yield indirizzo, password
    finally:
        server.terminate()
        server.wait(timeout=30)


def aspetta(indirizzo: str, secondi: int = 60) -> None:
    """Until the site answers."""
    for _ in range(secondi * 5):
        try:
            urllib.request.urlopen(indirizzo, timeout=5).close()  # noqa: S310 (our own address)
        except OSError:  # refused, or too slow this time
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(f"{indirizzo} non risponde")


def accedi(pagina: Page, password: str) -> None:
    pagina.goto("accesso/")
    pagina.get_by_label("Nome utente").fill("manager")
    pagina.get_by_label("Password").fill(password)
    pagina.get_by_role("main").get_by_role("button", name="Accedi").click()
    pagina.wait_for_url("**/scrivania/")


def fotografa(pagina: Page, percorso: str, file: Path, *, intera: bool) -> None:
    """One page in one PNG file; the fonts have arrived and nothing moves."""
    pagina.goto(percorso)
    pagina.evaluate("document.fonts.ready")
    pagina.screenshot(path=file, full_page=intera, animations="disabled", caret="hide")
    with Image.open(file) as immagine:
        ridotta = immagine.convert("RGB").quantize(COLORI, dither=Image.Dither.NONE)
    ridotta.save(file, optimize=True)


def principale(cartella: Path | None, del_readme: Path) -> None:
    with sito_di_prova() as (indirizzo, password), sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=[f"--{a}" for a in CHROMIUM.split()]
        )
        for larghezza in LARGHEZZE if cartella else LARGHEZZE[:1]:
            contesto = browser.new_context(
                base_url=indirizzo, viewport={"width": larghezza, "height": ALTEZZA}, locale="it-IT"
            )
            pagina = contesto.new_page()
            accedi(pagina, password)
            for nome, percorso in PAGINE.items() if cartella else (("perche", PAGINE["perche"]),):
                file = cartella / f"{nome}-{larghezza}.png" if cartella else del_readme
                file.parent.mkdir(parents=True, exist_ok=True)
                fotografa(pagina, percorso, file, intera=cartella is not None)
                sys.stdout.write(f"{file}\n")
        browser.close()


if __name__ == "__main__":
    argomenti = argparse.ArgumentParser(description="Fotografa il sito (vedi script/schermate).")
    argomenti.add_argument("cartella", nargs="?", type=Path, help="dove mettere tutte le pagine")
    argomenti.add_argument("--readme", type=Path, default=DEL_README, help="l'immagine del README")
    scelti = argomenti.parse_args()
    principale(scelti.cartella, scelti.readme)
