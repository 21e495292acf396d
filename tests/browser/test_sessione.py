"""What was typed is not lost: not by leaving the page, not by a session that ends, not by a second tab."""

import re

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.browser.conftest import Sito, spunta

pytestmark = pytest.mark.browser

P2025 = "/programmi/dfa-alta-valsugana/2025/"
ADESIONE = "/distretti/dfa-alta-valsugana/adesioni/nuova/"


def ascolta(pagina: Page) -> list[str]:
    """The questions that the browser asks from now on; each is answered «leave»."""
    domande: list[str] = []

    def rispondi(domanda: Dialog) -> None:
        domande.append(domanda.type)
        domanda.accept()

    pagina.on("dialog", rispondi)
    return domande


def comunicato_in_bozza(pagina: Page) -> None:
    pagina.goto(f"{P2025}evidenze/nuova/")
    spunta(pagina.get_by_label("Comunicato stampa"))
    pagina.get_by_role("button", name="Continua").click()
    expect(pagina.get_by_role("heading", name="Comunicato stampa")).to_be_visible()


@pytest.mark.parametrize("indirizzo", [ADESIONE, None], ids=["adesione", "evidenza"])
def test_lasciare_una_pagina_scritta_chiede_prima(sito: Sito, indirizzo: str | None) -> None:
    pagina = sito.accedi("amministratore" if indirizzo else "manager")
    domande = ascolta(pagina)
    if indirizzo:
        pagina.goto(indirizzo)
        pagina.get_by_label("Aderente dal").press("1")
        pagina.get_by_label("Aderente dal").fill("2025-03-04")
    else:
        comunicato_in_bozza(pagina)
        assert domande == [], "sending the form is not leaving it"
        pagina.get_by_label("Titolo", exact=True).press_sequentially("Comunicato")
    pagina.get_by_role("link", name="Distretti", exact=True).first.click()
    pagina.wait_for_url("**/distretti/")
    assert domande == ["beforeunload"]


def test_salvare_non_chiede_niente(sito: Sito) -> None:
    pagina = sito.accedi("manager")
    domande = ascolta(pagina)
    comunicato_in_bozza(pagina)
    pagina.get_by_label("Titolo", exact=True).press_sequentially("Comunicato")
    pagina.get_by_role("button", name="Salva e continua dopo").click()
    expect(pagina.get_by_text("Bozza salvata")).to_be_visible()
    pagina.get_by_role("link", name="Distretti", exact=True).first.click()
    pagina.wait_for_url("**/distretti/")
    assert domande == []


def test_l_anteprima_a_sessione_scaduta_lo_dice_e_niente_si_perde(sito: Sito) -> None:
    pagina = sito.accedi("manager")
    comunicato_in_bozza(pagina)
    pagina.context.clear_cookies(name="sessionid")
    pagina.get_by_label("Titolo", exact=True).fill("Scritto a sessione scaduta")
    pagina.get_by_label("Titolo", exact=True).press("Tab")
    effetto = pagina.locator("#effetto")
    expect(effetto).to_contain_text("La sessione è scaduta")
    expect(effetto.get_by_label("Nome utente")).to_have_count(0)

    with pagina.context.expect_page() as aperta:
        effetto.get_by_role("link", name="Accedi di nuovo").click()
    scheda = aperta.value
    scheda.get_by_label("Nome utente").fill("manager")
    scheda.get_by_label("Password").fill("parola-di-prova")
    scheda.get_by_role("main").get_by_role("button", name="Accedi").click()
    expect(scheda.get_by_role("heading", name="Riprendi da dove eri")).to_be_visible()
    scheda.get_by_role("button", name="Invia ciò che avevo scritto").click()
    expect(scheda.get_by_label("Titolo", exact=True)).to_have_value("Scritto a sessione scaduta")

    # The first tab still holds the token of before: it asks for a confirmation, and saves.
    pagina.get_by_label("Titolo", exact=True).fill("Scritto nella prima scheda")
    pagina.get_by_label("Titolo", exact=True).press("Tab")
    expect(effetto).to_contain_text("hai fatto accesso in un'altra scheda")
    pagina.get_by_role("button", name="Salva e continua dopo").click()
    expect(pagina.get_by_role("heading", name="Riprendi da dove eri")).to_be_visible()
    pagina.get_by_role("button", name="Invia ciò che avevo scritto").click()
    expect(pagina).to_have_url(re.compile("/modifica/$"))
    expect(pagina.get_by_label("Titolo", exact=True)).to_have_value("Scritto nella prima scheda")
