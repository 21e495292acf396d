"""La pagina dell'interfaccia REST: tutto da qui, sotto la stessa CSP delle altre, anche senza script."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.conftest import Sito

pytestmark = pytest.mark.browser


def test_si_prova_una_richiesta_senza_errori_e_senza_terzi(sito: Sito) -> None:
    """Any error of the console, and any request to others, fails the test (tests/browser/conftest.py)."""
    pagina = sito.pagina()
    pagina.goto(reverse("documentazione"))
    assert pagina.evaluate("typeof SwaggerUIBundle") == "undefined"
    pagina.get_by_role("button", name="Apri la prova").click()
    pagina.locator("#operations-tag-distretti").click()
    blocco = pagina.locator("#operations-distretti-elencaDistretti")
    blocco.locator(".opblock-summary-control").click()
    blocco.get_by_role("button", name="Try it out").click()
    blocco.get_by_role("button", name="Execute").click()
    expect(blocco.locator(".responses-table.live-responses-table")).to_contain_text("dfa-alta-valsugana")
    pagina.set_viewport_size({"width": 360, "height": 800})
    assert pagina.evaluate("document.documentElement.scrollWidth <= 360")
    assert sito.errori == []


def test_senza_script_si_leggono_gli_indirizzi(sito: Sito) -> None:
    pagina = sito.pagina(javascript=False, larghezza=360)
    pagina.goto(reverse("documentazione"))
    expect(pagina.get_by_role("link", name="/api/v1/distretti", exact=True)).to_be_visible()
    expect(pagina.get_by_text("serve JavaScript")).to_be_visible()
    expect(pagina.locator("#swagger-ui")).to_be_hidden()
    assert pagina.evaluate("document.documentElement.scrollWidth <= 360")
