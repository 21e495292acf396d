"""The whole purpose, walked by five people: once with scripts, once without."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from programmi.models import Programma
from tests.browser.conftest import Sito, spunta
from tests.browser.passi import (
    P2025,
    P2026,
    approva,
    atto_firmato,
    chiede_integrazioni,
    mette_alla_firma,
    prende_in_carico,
    propone,
    scrive_una_bozza,
    trasmette,
)
from valutazione.models import Evidenza
from valutazione.services import registra_evidenza

pytestmark = pytest.mark.browser


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    return atto_firmato(tmp_path)


def registra_un_incontro(pagina: Page, allegato: Path) -> None:
    pagina.get_by_role("link", name="Registra un'evidenza").first.click()
    spunta(pagina.get_by_label("Incontro", exact=True))
    pagina.get_by_role("button", name="Continua").click()
    pagina.get_by_label("Data", exact=True).fill("2025-03-10")
    pagina.get_by_label("Titolo", exact=True).fill("Incontro di avvio")
    pagina.get_by_label("Argomento trattato").fill("Programma dell'anno")
    pagina.get_by_label("Persone coinvolte").fill("Coordinatrice istituzionale")
    spunta(pagina.get_by_label("Manager territoriale", exact=True))
    spunta(pagina.get_by_label("Numero di incontri formali con la presenza del Manager territoriali"))
    pagina.get_by_label("Scegli uno o più file").set_input_files(allegato)
    pagina.get_by_role("button", name="Carica i file").click()
    expect(pagina.get_by_text("1 file caricato").first).to_be_visible()
    # What was typed before the upload is still there.
    expect(pagina.get_by_label("Titolo", exact=True)).to_have_value("Incontro di avvio")
    pagina.get_by_role("button", name="Vedi l'effetto sulle percentuali").click()
    riga = pagina.get_by_role("row", name="obb.3")
    expect(riga).to_contain_text("0,00%")
    expect(riga).to_contain_text("20,00%")
    pagina.get_by_role("button", name="Registra l'evidenza").click()
    expect(pagina.get_by_text("Evidenza registrata")).to_be_visible()
    expect(pagina.get_by_role("row", name="obb.3")).to_contain_text("20,00%")


def stato_2026() -> str:
    return Programma.objects.get(distretto__codice="dfa-alta-valsugana", anno=2026).stato


@pytest.mark.parametrize("javascript", [True, False], ids=["con script", "senza script"])
def test_dal_programma_alla_relazione(sito: Sito, pdf: Path, javascript: bool) -> None:
    entra: Callable[[str], Page] = lambda nome: sito.accedi(nome, javascript=javascript)  # noqa: E731

    pubblico = sito.pagina(javascript=javascript)
    pubblico.goto(P2025)
    expect(pubblico.get_by_role("heading", name="Progettualità", exact=True)).to_be_visible()
    expect(pubblico.get_by_text("Dichiarato")).to_have_count(0)

    manager = entra("manager")
    registra_un_incontro(manager, pdf)
    manager.goto(P2025)
    manager.get_by_role("link", name="Perché? Numero di incontri formali").click()
    expect(manager.get_by_text("1 incontro × 20% = 20%")).to_be_visible()
    expect(manager.get_by_role("link", name="Incontro di avvio")).to_be_visible()

    agenzia = entra("agenzia")
    agenzia.goto(f"{P2025}verifica/")
    agenzia.get_by_role("link", name="Incontro di avvio").click()
    agenzia.get_by_role("main").get_by_role("button", name="Accogli").first.click()
    expect(agenzia.get_by_text("Niente da verificare")).to_be_visible()

    scrive_una_bozza(manager)
    referente = entra("referente")
    trasmette(referente, "1", il="2026-04-23")
    assert stato_2026() == "trasmesso"
    prende_in_carico(agenzia, il="2026-04-24")
    chiede_integrazioni(agenzia, "2026-05-04", "Manca l'organizzazione referente")
    assert stato_2026() == "integrazioni_richieste"
    manager.goto(f"{P2026}modifica/")
    expect(manager.get_by_text("Manca l'organizzazione referente")).to_be_visible()
    trasmette(referente, "2", il="2026-05-11")
    pubblico.goto(P2026)
    expect(pubblico.get_by_text("Guida ai servizi")).to_have_count(0)
    prende_in_carico(agenzia, il="2026-05-12")
    propone(agenzia, il="2026-05-20")
    dirigente = entra("dirigente")
    mette_alla_firma(dirigente, il="2026-06-01")
    approva(dirigente, pdf, "6607", il="2026-06-19")
    assert stato_2026() == "approvato"
    pubblico.goto(P2026)
    expect(pubblico.get_by_role("link", name="Guida ai servizi")).to_be_visible()

    relazione = manager.context.request.get(f"{P2025}relazione.pdf")
    assert relazione.ok
    assert relazione.body().startswith(b"%PDF-")
    numeri = manager.context.request.get("/api/v1/programmi/dfa-alta-valsugana/2025/valutazione").json()
    riga = next(a for a in numeri["azioni"] if a["codice"] == "obb.3")
    assert (riga["dichiarato"], riga["riconosciuto"]) == ("20.00", "20.00")


def test_con_gli_script_l_effetto_si_vede_mentre_si_scrive(sito: Sito) -> None:
    pagina = sito.accedi("manager")
    pagina.goto(f"{P2025}evidenze/nuova/")
    spunta(pagina.get_by_label("Comunicato stampa"))
    pagina.get_by_role("button", name="Continua").click()
    pagina.get_by_label("Data", exact=True).fill("2025-03-10")
    pagina.get_by_label("Titolo", exact=True).fill("Comunicato")
    spunta(pagina.get_by_role("checkbox", name="Comunicati stampa"))
    expect(pagina.get_by_role("row", name="obb.6")).to_contain_text("25,00%")
    pagina.reload()
    # What was typed was kept while the effect was computed.
    expect(pagina.get_by_label("Titolo", exact=True)).to_have_value("Comunicato")


def test_chi_registra_subito_non_si_ritrova_modifiche_non_confermate(
    sito: Sito, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The preview that a form asks for by itself, some moments later, never comes after its recording."""

    def adagio(**cosa: Any) -> Any:
        fatto = registra_evidenza(**cosa)
        time.sleep(1.5)
        return fatto

    monkeypatch.setattr("valutazione.views.evidenze.registra_evidenza", adagio)
    pagina = sito.accedi("manager")
    pagina.goto(f"{P2025}evidenze/nuova/")
    spunta(pagina.get_by_label("Comunicato stampa"))
    pagina.get_by_role("button", name="Continua").click()
    pagina.get_by_label("Data", exact=True).fill("2025-03-10")
    pagina.get_by_label("Titolo", exact=True).fill("Comunicato")
    casella = pagina.get_by_role("checkbox", name="Comunicati stampa")
    casella.evaluate("""casella => {
      casella.click();
      casella.form.querySelector("button[value=registra]").click();
    }""")
    expect(pagina.get_by_text("Evidenza registrata")).to_be_visible()
    assert Evidenza.objects.get().dati_modulo is None
