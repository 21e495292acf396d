"""Tutto lo scopo con la sola tastiera: si entra, si registra, si corregge, si verifica, si scarica."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Sito

pytestmark = pytest.mark.browser

_FUOCO = """() => {
  const e = document.activeElement, spunta = e.matches("input[type=radio], input[type=checkbox]");
  const visto = spunta && e.nextElementSibling || e;  // in a list a box stands alone, drawn by itself
  const segno = getComputedStyle(visto);
  const dove = visto.getBoundingClientRect();
  return {
    nome: (e.labels?.[0]?.innerText || e.innerText || e.value || e.id).replace(/\\s+/g, " ").trim(),
    id: e.id,
    tipo: e.type || e.tagName,
    si_vede: segno.outlineStyle !== "none" || segno.boxShadow !== "none",
    in_vista: dove.bottom > 0 && dove.top < innerHeight && dove.right > 0,
  };
}"""
MASSIMO_FERMATE = 160


def fuoco(pagina: Page) -> dict[str, Any]:
    """Where the focus is: the name that is heard, and whether it can be seen."""
    trovato: dict[str, Any] = pagina.evaluate(_FUOCO)
    return trovato


def raggiungi(pagina: Page, nome: str, tasto: str = "Tab") -> None:
    """Press Tab until the focus is on ``nome``; every stop on the way must be seen."""
    for _ in range(MASSIMO_FERMATE):
        pagina.keyboard.press(tasto)
        qui = fuoco(pagina)
        assert qui["tipo"] == "BODY" or (qui["si_vede"] and qui["in_vista"]), qui
        if qui["nome"].startswith(nome) or qui["id"] == nome:
            return
    raise AssertionError(f"{pagina.url}: «{nome}» non si raggiunge con {tasto}")


def premi(pagina: Page, nome: str) -> None:
    """Go to a link or a button and press it."""
    raggiungi(pagina, nome)
    with pagina.expect_navigation():
        pagina.keyboard.press("Enter")


def scrivi(pagina: Page, nome: str, testo: str) -> None:
    raggiungi(pagina, nome)
    pagina.keyboard.type(testo)


def spunta(pagina: Page, nome: str) -> None:
    raggiungi(pagina, nome)
    pagina.keyboard.press("Space")


def apri(sito: Sito, indirizzo: str) -> Page:
    """A page that goes at once where it is told, so that what is in sight can be looked at."""
    pagina = sito.pagina()
    pagina.emulate_media(reduced_motion="reduce")
    pagina.goto(indirizzo)
    return pagina


def entra(sito: Sito, nome: str) -> Page:
    """From the home page, past the header, with what is typed."""
    pagina = apri(sito, "/")
    premi(pagina, "Accedi")
    scrivi(pagina, "Nome utente", nome)
    scrivi(pagina, "Password", "parola-di-prova")
    pagina.keyboard.press("Enter")
    pagina.wait_for_url("**/scrivania/")
    return pagina


def test_il_primo_tasto_salta_al_contenuto(sito: Sito) -> None:
    pagina = apri(sito, "/distretti/")
    for voce, id_arrivo in (
        ("Vai al contenuto", "contenuto"),
        ("Vai alla navigazione", "navigazione"),
        ("Vai al piè di pagina", "pie-di-pagina"),
    ):
        pagina.goto("/distretti/")
        raggiungi(pagina, voce)
        pagina.keyboard.press("Enter")
        expect(pagina.locator(f"#{id_arrivo}")).to_be_focused()
    raggiungi(pagina, "Informativa sulla privacy")


def registra(pagina: Page) -> None:
    """With two errors first: the summary leads to each of them."""
    premi(pagina, "Registra un'evidenza")
    raggiungi(pagina, "Incontro")
    pagina.keyboard.press("Space")
    pagina.keyboard.press("ArrowDown")
    assert fuoco(pagina)["nome"] != "Incontro"  # arrows walk the choices
    pagina.keyboard.press("ArrowUp")
    premi(pagina, "Continua")
    expect(pagina.get_by_role("heading", name="Incontro", exact=True)).to_be_visible()
    premi(pagina, "Registra l'evidenza")
    expect(pagina).to_have_title(re.compile("^Errore: "))
    expect(pagina.locator("[role=alert][data-riepilogo-errori]")).to_be_focused()
    premi(pagina, "Data: Scrivi una data")
    expect(pagina.locator("#id_data")).to_be_focused()
    pagina.keyboard.type("10032025")
    scrivi(pagina, "Titolo", "Incontro di avvio")
    scrivi(pagina, "Argomento trattato", "Programma dell'anno")
    spunta(pagina, "Manager territoriale")
    scrivi(pagina, "Persone coinvolte", "Coordinatrice istituzionale")
    spunta(pagina, "Numero di incontri formali con la presenza del Manager")
    prima = fuoco(pagina)["id"]
    expect(pagina.locator("#effetto[aria-live=polite]")).to_contain_text("20,00%")
    assert fuoco(pagina)["id"] == prima  # the preview came, and the focus is where it was
    premi(pagina, "Registra l'evidenza")
    expect(pagina.get_by_role("status")).to_contain_text("Evidenza registrata")


def test_tutto_lo_scopo_con_la_sola_tastiera(sito: Sito) -> None:
    registra(entra(sito, "manager"))

    agenzia = entra(sito, "agenzia")
    premi(agenzia, "1 evidenza da verificare")
    premi(agenzia, "Incontro di avvio")
    premi(agenzia, "Accogli")
    expect(agenzia.locator(".ultima-decisione[role=status]")).to_contain_text("obb.3")

    dirigente = entra(sito, "dirigente")
    premi(dirigente, "Distretto Family Audit Alta Valsugana, 2025")
    raggiungi(dirigente, "Relazione di valutazione (PDF)")
    with dirigente.expect_download() as scaricata:
        dirigente.keyboard.press("Enter")
    percorso = scaricata.value.path()
    assert percorso.read_bytes().startswith(b"%PDF-")
