"""Headless Chromium on the real pages. Everything that goes to the console as an error fails the test."""

import os
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.conftest import Persone, crea_persone

CHROMIUM = "/usr/bin/chromium"
# The live server answers in its own thread; Playwright keeps an event loop in ours.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
# What is expected comes late on a busy machine; what never comes fails all the same.
expect.set_options(timeout=15_000)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    argomenti = "headless no-sandbox disable-gpu disable-quic no-first-run disable-background-networking"
    argomenti += " disable-component-update disable-sync"
    return {"executable_path": CHROMIUM, "args": [f"--{a}" for a in argomenti.split()]}


@pytest.fixture
def persone_del_sito(transactional_db: None) -> Persone:
    """Base data and cast: a live server's test empties the database when it ends."""
    call_command("carica_base", verbosity=0)
    return crea_persone()


class Sito:
    """The product as people use it: who signs in, at which width, with or without scripts."""

    def __init__(self, browser: Browser, indirizzo: str) -> None:
        self.browser = browser
        self.indirizzo = indirizzo
        self.contesti: list[BrowserContext] = []
        self.errori: list[str] = []

    def pagina(self, *, javascript: bool = True, larghezza: int = 1280) -> Page:
        contesto = self.browser.new_context(
            java_script_enabled=javascript,
            viewport={"width": larghezza, "height": 900},
            locale="it-IT",
            base_url=self.indirizzo,
        )
        self.contesti.append(contesto)
        pagina = contesto.new_page()
        pagina.on("console", self._console)
        pagina.on("pageerror", lambda errore: self.errori.append(str(errore)))
        pagina.on("request", lambda richiesta: self._solo_nostre(richiesta.url))
        return pagina

    def _console(self, messaggio: Any) -> None:
        # A 4xx answer to a page we asked for on purpose is logged by the browser itself.
        if messaggio.type == "error" and "Failed to load resource" not in messaggio.text:
            self.errori.append(messaggio.text)

    def _solo_nostre(self, url: str) -> None:
        if urlsplit(url).scheme in ("http", "https") and not url.startswith(self.indirizzo):
            self.errori.append(f"richiesta a terzi: {url}")

    def accedi(self, nome: str, **scelte: Any) -> Page:
        pagina = self.pagina(**scelte)
        pagina.goto("/accesso/")
        pagina.get_by_label("Nome utente").fill(nome)
        pagina.get_by_label("Password").fill("parola-di-prova")
        pagina.get_by_role("main").get_by_role("button", name="Accedi").click()
        pagina.wait_for_url("**/scrivania/")
        return pagina

    def chiudi(self) -> None:
        for contesto in self.contesti:
            contesto.close()


@pytest.fixture
def sito(browser: Browser, live_server: Any, persone_del_sito: Persone) -> Iterator[Sito]:
    sito = Sito(browser, live_server.url)
    yield sito
    sito.chiudi()
    assert sito.errori == []


def spunta(casella: Locator) -> None:
    """Tick a box or choose a radio with the keyboard, as who uses no mouse does."""
    casella.focus()
    casella.press("Space")
    expect(casella).to_be_checked()
