"""L'anno dimostrativo si chiude, fino al cittadino che rifà i conti; quaranta incontri si incollano."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Sito, spunta
from tests.browser.passi import P2025
from tests.conftest import CODICE
from valutazione.dimostrazione import carica_dimostrazione
from valutazione.models import Chiusura, Evidenza, Imputazione, Risultato

pytestmark = pytest.mark.browser

RADICE = Path(__file__).parents[2]


@pytest.fixture
def dimostrazione(transactional_db: None, browser: Browser, live_server: Any) -> Iterator[Sito]:
    """The demonstration as ``carica_dimostrazione`` leaves it."""
    carica_dimostrazione(password="parola-di-prova")
    sito = Sito(browser, live_server.url)
    yield sito
    sito.chiudi()
    assert sito.errori == []


def principale(pagina: Page, pulsante: str) -> None:
    pagina.get_by_role("main").get_by_role("button", name=pulsante, exact=True).click()


def compie(pagina: Page, azione: str, pulsante: str, fatto: str, **campi: str) -> None:
    """Take a step of the closing from its page, and read that it is taken."""
    pagina.goto(f"{P2025}chiusura/{azione}/")
    for etichetta, valore in campi.items():
        pagina.get_by_label(etichetta).fill(valore)
    principale(pagina, pulsante)
    expect(pagina.get_by_role("status").filter(has_text=fatto)).to_be_visible()


def conferma_cio_che_era_pianificato(manager: Page) -> None:
    """The desk asks; both things happened."""
    manager.goto("/scrivania/")
    expect(manager.get_by_role("main").get_by_text("avvenut").first).to_be_visible()
    manager.goto(f"{P2025}evidenze/avvenute/")
    for casella in manager.get_by_role("checkbox").all():
        spunta(casella)
    principale(manager, "Sì, sono avvenute")
    expect(manager.get_by_role("status").first).to_be_visible()
    assert not Evidenza.objects.filter(
        pianificata=True, programma__distretto__codice="dfa-alta-valsugana"
    ).exists()


def dichiara(manager: Page) -> None:
    """Without the compulsory comments the year is not transmitted; with them it is, and frozen."""
    manager.goto(f"{P2025}autovalutazione/")
    principale(manager, "Salva e rivedi prima di trasmettere")
    expect(manager.get_by_text("Non si può ancora fare")).to_be_visible()
    manager.goto(f"{P2025}autovalutazione/")
    obbligatori = manager.locator("section.scheda").filter(has_text="il commento è obbligatorio")
    for sezione in obbligatori.all():
        sezione.get_by_role("textbox").fill("Le attività si sono svolte come previsto.")
    principale(manager, "Salva e rivedi prima di trasmettere")
    principale(manager, "Trasmetti l'autovalutazione")
    expect(manager.get_by_role("status").filter(has_text="trasmessa all'Agenzia")).to_be_visible()


def verifica(agenzia: Page) -> None:
    """One by one with the keyboard: a rejection, a partial acceptance, the rest accepted."""
    agenzia.goto(f"{P2025}verifica/")
    agenzia.get_by_role("link", name="Verifica una per una").click()
    _respinge_per_motivo(agenzia)
    parziale = False
    for _ in range(60):
        if not re.search(r"/verifica/\d+/", agenzia.url):
            break
        riconosciute = agenzia.get_by_role("group", name="Organizzazioni riconosciute")
        if not parziale and riconosciute.count():
            spunta(riconosciute.get_by_role("checkbox").first)
            agenzia.get_by_label("Nota").fill("L'altra non era presente.")
            principale_a_tasto(agenzia, "Accogli in parte")
            parziale = True
        else:
            with agenzia.expect_navigation():
                agenzia.locator("body").press("a")
    agenzia.goto(f"{P2025}verifica/")
    assert (
        not Imputazione.objects.da_verificare().filter(evidenza__programma__distretto__codice=CODICE).exists()
    )
    assert parziale


def principale_a_tasto(pagina: Page, pulsante: str) -> None:
    with pagina.expect_navigation():
        pagina.get_by_role("main").get_by_role("button", name=re.compile(f"^{pulsante}")).first.click()


def _respinge_per_motivo(agenzia: Page) -> None:
    """A coded reason is asked for; then the decision is undone, and taken again."""
    prima = agenzia.url
    principale_a_tasto(agenzia, "Respingi")
    expect(agenzia.get_by_role("heading", name="Controlla i dati inseriti")).to_be_visible()
    agenzia.get_by_label("Motivo").select_option(index=1)
    principale_a_tasto(agenzia, "Respingi")
    principale_a_tasto(agenzia, "Annulla")
    agenzia.goto(prima)
    agenzia.get_by_label("Motivo").select_option(index=2)
    principale_a_tasto(agenzia, "Respingi")


def replica(manager: Page) -> None:
    """To one decision with an argument; to the others by giving up."""
    manager.goto(f"{P2025}repliche/")
    quante = manager.get_by_role("rowheader").count()
    assert quante >= 3
    for numero in range(quante):
        manager.goto(f"{P2025}repliche/")
        manager.get_by_role("rowheader").nth(numero).get_by_role("link").click()
        if numero == 0:
            manager.get_by_role("textbox", name="Replica").fill("Il verbale è nella relazione di fine anno.")
            principale(manager, "Invia la replica")
        else:
            manager.get_by_text("Rinuncio a replicare", exact=True).click()
            principale(manager, "Sì, rinuncio a replicare")
        expect(manager.get_by_role("status").first).to_be_visible()


def risponde(agenzia: Page) -> None:
    agenzia.goto(f"{P2025}repliche/")
    agenzia.get_by_role("row").filter(has_text="aspetta la risposta").get_by_role("link").first.click()
    agenzia.get_by_role("textbox", name="Risposta").fill("Il verbale non dice chi c'era.")
    principale(agenzia, "Conferma la decisione")
    expect(agenzia.get_by_role("status").first).to_be_visible()


def dichiara_il_costo(referente: Page) -> None:
    referente.goto(f"{P2025}contributo/")
    referente.get_by_role("link", name="Dichiara il costo").click()
    referente.get_by_label("Costo del manager, in euro").fill("11.350,00")
    referente.get_by_label("Da dove viene").fill("Rendiconto del 2025")
    principale(referente, "Salva")
    expect(referente.get_by_role("main").get_by_text("9.080,00 €").first).to_be_visible()
    expect(referente.get_by_role("heading", name="Simulazione del contributo")).to_be_visible()


def rifa_i_conti(cittadino: Page, cartella: Path) -> None:
    """From the public page: the package, the script, the same percentages."""
    with cittadino.expect_download() as attesa:
        cittadino.get_by_role("link", name=re.compile("pacchetto", re.IGNORECASE)).first.click()
    pacchetto = cartella / "pacchetto.json"
    attesa.value.save_as(pacchetto)
    verificatore = RADICE / "docs/verificatore/verifica.py"
    fatto = subprocess.run(
        [sys.executable, "-I", str(verificatore), str(pacchetto)], capture_output=True, text=True, check=False
    )
    assert fatto.returncode == 0, fatto.stdout + fatto.stderr
    assert "tutte le percentuali coincidono" in fatto.stdout


def test_l_anno_dimostrativo_si_chiude(dimostrazione: Sito, tmp_path: Path) -> None:
    manager, agenzia = dimostrazione.accedi("manager"), dimostrazione.accedi("agenzia")
    cittadino = dimostrazione.pagina(larghezza=360)
    risposta = cittadino.goto(f"{P2025}risultato/")
    assert risposta is not None
    assert risposta.status == 404, "prima della pubblicazione il risultato non esiste"
    conferma_cio_che_era_pianificato(manager)
    dichiara(manager)
    verifica(agenzia)
    compie(agenzia, "conclusione_verifica", "Concludi la verifica", "conclusa")
    replica(manager)
    risponde(agenzia)
    compie(agenzia, "definizione_risultato", "Definisci il risultato", "definito")
    dichiara_il_costo(dimostrazione.accedi("referente"))
    compie(
        dimostrazione.accedi("dirigente"), "pubblicazione_risultato", "Pubblica il risultato", "pubblicato"
    )
    assert Chiusura.objects.get().stato == "pubblicata"
    risultato = Risultato.objects.get()
    cittadino.goto(f"{P2025}risultato/")
    expect(cittadino.get_by_role("heading", name="Che cosa è stato realizzato nel 2025")).to_be_visible()
    atteso = f"{risultato.riconosciuto}".replace(".", ",")
    expect(cittadino.get_by_role("main").get_by_text(f"{atteso}%").first).to_be_visible()
    rifa_i_conti(cittadino, tmp_path)


INCONTRI = 40
SBAGLIATI = {5: "31/02/2025", 17: "2024-12-30", 33: ""}
"""By number of row: the day as it was wrongly written."""


def foglio() -> str:
    """Forty meetings as they come out of a spreadsheet."""
    righe = ["Data\tArgomento trattato\tPersone coinvolte"]
    for numero in range(1, INCONTRI + 1):
        giorno = SBAGLIATI.get(numero, f"{numero % 27 + 1}/{numero % 9 + 1}/2025")
        righe.append(f"{giorno}\tIncontro {numero}\tCoordinatrice istituzionale; Referente amministrativo")
    return "\n".join(righe)


def test_quaranta_incontri_incollati_con_tre_righe_sbagliate(sito: Sito) -> None:
    manager = sito.accedi("manager")
    manager.goto(f"{P2025}evidenze/incolla/")
    manager.get_by_role("combobox").first.select_option("incontro")
    manager.locator("#id_testo").fill(foglio())
    principale(manager, "Leggi la tabella")
    expect(manager.get_by_text(f"{INCONTRI} righe lette")).to_be_visible()
    principale(manager, f"Metti le {INCONTRI} righe nella tabella")
    spunta(manager.get_by_role("checkbox", name=re.compile(r"obb\.2")).first)
    principale(manager, "Controlla e vedi l'effetto")
    expect(manager.locator("#quante-giuste")).to_have_text("37 righe giuste")
    expect(manager.locator("#quante-errate")).to_have_text("3 da correggere")
    principale(manager, "Registra le 37 righe giuste")
    expect(manager.get_by_role("status").first).to_be_visible()
    assert Evidenza.objects.registrate().count() == INCONTRI - len(SBAGLIATI)
    manager.goto(f"{P2025}evidenze/in-serie/")
    date = manager.get_by_role("textbox", name=re.compile("^Data"))
    rimaste = [casella for casella in date.all() if casella.input_value() in SBAGLIATI.values()]
    argomenti = [c.input_value() for c in manager.get_by_role("textbox", name=re.compile("^Argomento")).all()]
    assert [a for a in argomenti if a] == [f"Incontro {numero}" for numero in SBAGLIATI]
    for casella in rimaste[: len(SBAGLIATI)]:
        casella.fill("15 ottobre 2025")
    principale(manager, "Controlla e vedi l'effetto")
    principale(manager, "Registra tutte e 3")
    expect(manager.get_by_role("status").first).to_be_visible()
    assert Evidenza.objects.registrate().count() == INCONTRI
    manager.goto(f"{P2025}elenchi/obb.2/")
    expect(manager.get_by_role("main").get_by_text("Incontro 33").first).to_be_visible()
