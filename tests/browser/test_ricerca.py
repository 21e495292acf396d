"""Si cerca da ogni pagina, anche senza JavaScript e su un telefono."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Sito

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_dalla_testata_ai_risultati_senza_javascript_su_un_telefono(sito: Sito) -> None:
    pagina = sito.pagina(javascript=False, larghezza=360)
    pagina.goto("/distretti/")
    casella = pagina.get_by_label("Cerca nel sito").get_by_role("searchbox")
    casella.fill("COMUNITÀ educante")
    casella.press("Enter")
    expect(pagina.get_by_role("heading", level=1)).to_contain_text("per «COMUNITÀ educante»")
    expect(pagina.get_by_label("Che cosa cerchi")).to_have_value("COMUNITÀ educante")
    expect(pagina.locator("mark").first).to_be_visible()
    pagina.get_by_role("heading", level=3).get_by_role("link").first.click()
    expect(pagina).to_have_url(re.compile("/progettualita/"))
