"""axe on every page, for who reads it: nothing serious; no sideways scrolling at 360 px."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from playwright.sync_api import Page

from tests.browser.conftest import Sito, spunta

pytestmark = pytest.mark.browser

P = "/programmi/dfa-alta-valsugana/2025/"
B = "/programmi/dfa-alta-valsugana/2026/"
PUBBLICHE = [
    "/", "/accesso/", "/distretti/", "/distretti/dfa-alta-valsugana/", "/organizzazioni/cs4/", "/programmi/",
    P, f"{P}progettualita/1/", "/privacy/", "/accessibilita/", "/dati-pubblici/", "/pagina-che-non-esiste/",
]  # fmt: skip
DEL_MANAGER = [
    "/scrivania/", P, f"{P}perche/", f"{P}progettualita/5/", f"{P}evidenze/", f"{P}evidenze/nuova/",
    f"{P}evidenze/EVIDENZA/", f"{P}evidenze/EVIDENZA/modifica/", f"{B}modifica/", f"{B}modifica/dati/",
    f"{B}modifica/premessa/", f"{B}modifica/attori/", f"{B}modifica/canali/", f"{B}trasmetti/",
    f"{B}modifica/progettualita/nuova/",
]  # fmt: skip
DELL_AGENZIA = ["/scrivania/", f"{P}verifica/", f"{P}evidenze/EVIDENZA/verifica/IMPUTAZIONE/",
                "/distretti/dfa-alta-valsugana/adesioni/nuova/"]  # fmt: skip


def gravi(pagina: Page) -> list[str]:
    esito = Axe().run(
        pagina, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}
    )
    return [
        f"{pagina.url}: {violazione['id']}: {violazione['nodes'][0]['html'][:200]}"
        for violazione in esito.response["violations"]
        if violazione["impact"] in ("serious", "critical", "moderate")
    ]


def controlla(pagina: Page, indirizzi: list[str]) -> None:
    problemi = []
    for indirizzo in indirizzi:
        pagina.goto(indirizzo)
        problemi += gravi(pagina)
        pagina.set_viewport_size({"width": 360, "height": 800})
        larghezza = pagina.evaluate("document.documentElement.scrollWidth")
        if larghezza > 360:
            problemi.append(f"{indirizzo}: larga {larghezza} px a 360")
        pagina.set_viewport_size({"width": 1280, "height": 900})
    assert problemi == []


@pytest.fixture
def dimostrazione(sito: Sito, monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """Pages full of data: the demonstration's own."""
    from distretti.models import Installazione, Utente
    from valutazione.models import Evidenza, Imputazione

    Installazione.objects.update_or_create(pk=1, defaults={"dimostrazione": True})
    monkeypatch.setenv("DISTRETTI_DEMO_PASSWORD", "parola-di-prova")
    call_command("carica_dimostrazione", verbosity=0)
    Utente.objects.get(username="manager")
    evidenza = Evidenza.objects.filter(imputazioni__isnull=False, registrata_da__isnull=False).first()
    coda = Imputazione.objects.da_verificare().exclude(
        evidenza__programma__distretto__codice="distretto-dimostrativo"
    )
    imputazione = coda.order_by("pk").first()
    assert evidenza is not None
    assert imputazione is not None
    return {"EVIDENZA": imputazione.evidenza_id, "IMPUTAZIONE": imputazione.pk}


def pieni(indirizzi: list[str], numeri: dict[str, int]) -> list[str]:
    for nome, valore in numeri.items():
        indirizzi = [indirizzo.replace(nome, str(valore)) for indirizzo in indirizzi]
    return indirizzi


def test_pagine_pubbliche(sito: Sito, dimostrazione: dict[str, int]) -> None:
    controlla(sito.pagina(), PUBBLICHE)


def test_pagine_del_manager(sito: Sito, dimostrazione: dict[str, int]) -> None:
    controlla(sito.accedi("manager"), pieni(DEL_MANAGER, dimostrazione))


def test_pagine_dell_agenzia(sito: Sito, dimostrazione: dict[str, int]) -> None:
    controlla(sito.accedi("agenzia"), pieni(DELL_AGENZIA, dimostrazione))


def test_un_errore_prende_il_fuoco_e_porta_al_campo(sito: Sito) -> None:
    pagina = sito.accedi("manager")
    pagina.goto(f"{P}evidenze/nuova/")
    spunta(pagina.get_by_label("Incontro", exact=True))
    pagina.get_by_role("button", name="Continua").click()
    pagina.get_by_role("button", name="Registra l'evidenza").click()
    riepilogo = pagina.locator(".riepilogo-errori")
    assert riepilogo.evaluate("e => e === document.activeElement")
    assert pagina.title().startswith("Errore: ")
    assert gravi(pagina) == []
    riepilogo.get_by_role("link").first.click()
    assert pagina.locator("#id_data").evaluate("e => e === document.activeElement")
