"""Il secondo fattore nel browser: una chiave di accesso si crea, e poi fa entrare."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Sito

pytestmark = pytest.mark.browser


def con_chiave(pagina: Page) -> None:
    """The browser has an authenticator, which always finds its person."""
    cdp = pagina.context.new_cdp_session(pagina)
    cdp.send("WebAuthn.enable")
    opzioni = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": opzioni})


def test_una_chiave_di_accesso_si_crea_e_fa_entrare(sito: Sito) -> None:
    pagina = sito.accedi("manager", larghezza=360)
    con_chiave(pagina)
    pagina.goto("/profilo/")
    pagina.get_by_role("link", name="gestisci il secondo fattore").click()
    pagina.get_by_role("link", name="Una chiave di accesso").click()
    pagina.get_by_label("Come la chiami").fill("Telefono")
    pagina.get_by_role("button", name="Crea la chiave").click()
    expect(pagina.get_by_role("heading", name="I tuoi codici di recupero")).to_be_visible()
    expect(pagina.locator(".codici-recupero li")).to_have_count(10)
    with pagina.expect_download() as scaricati:
        pagina.get_by_role("link", name="Scarica i codici").click()
    testo = scaricati.value.path().read_text(encoding="utf-8")
    assert pagina.locator(".codici-recupero code").first.inner_text() in testo
    pagina.get_by_role("button", name="Esci").click()

    pagina.goto("/accesso/?next=/profilo/secondo-fattore/")
    pagina.get_by_label("Nome utente").fill("manager")
    pagina.get_by_label("Password").fill("parola-di-prova")
    pagina.get_by_role("main").get_by_role("button", name="Accedi").click()
    expect(pagina.get_by_role("heading", name="Ancora un passo")).to_be_visible()
    pagina.get_by_role("button", name="Usa la chiave di accesso").click()
    pagina.wait_for_url("**/profilo/secondo-fattore/")
    expect(pagina.get_by_role("rowheader", name="Telefono")).to_be_visible()
