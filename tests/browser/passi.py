"""I passi di un programma come li fa una persona: le pagine, i moduli, i pulsanti."""

import io
from pathlib import Path

import pikepdf
from playwright.sync_api import Page, expect

from tests.browser.conftest import spunta

DISTRETTO = "/distretti/dfa-alta-valsugana/"
PROGRAMMI = "/programmi/dfa-alta-valsugana/"
P2025, P2026 = f"{PROGRAMMI}2025/", f"{PROGRAMMI}2026/"


def atto_firmato(cartella: Path) -> Path:
    """A small real PDF, as a signed act would be."""
    documento = pikepdf.new()
    documento.add_blank_page()
    uscita = io.BytesIO()
    documento.save(uscita)
    percorso = cartella / "atto firmato.pdf"
    percorso.write_bytes(uscita.getvalue())
    return percorso


def scrive_una_bozza(pagina: Page) -> None:
    """That of 2026, with a progettualità, its indicator and, at the second attempt, its rule."""
    pagina.goto(f"{DISTRETTO}programmi/nuovo/")
    pagina.get_by_label("Anno").fill("2026")
    pagina.get_by_role("button", name="Crea la bozza").click()
    pagina.get_by_role("link", name="Aggiungi una progettualità").click()
    pagina.get_by_label("Titolo", exact=True).fill("Guida ai servizi")
    pagina.get_by_label("Obiettivo generale").fill("Far conoscere i servizi")
    pagina.get_by_role("button", name="Salva").first.click()
    pagina.get_by_role("link", name="Aggiungi un indicatore").click()
    pagina.get_by_label("Indicatore").fill("Realizzazione di due post")
    pagina.get_by_role("button", name="Salva e scegli la regola").click()
    spunta(pagina.get_by_label("Percentuale per ogni unità"))
    pagina.get_by_role("button", name="Continua").click()
    pagina.get_by_role("textbox", name="Percentuale per ogni unità").fill("150")
    spunta(pagina.get_by_label("Post", exact=True))
    pagina.get_by_role("button", name="Salva la regola").click()
    expect(pagina.get_by_role("heading", name="Controlla i dati inseriti")).to_be_visible()
    pagina.get_by_role("textbox", name="Percentuale per ogni unità").fill("50")
    pagina.get_by_role("button", name="Salva la regola").click()
    expect(pagina.get_by_text("50% per ogni post").first).to_be_visible()


def _compie(pagina: Page, programma: str, azione: str, pulsante: str, fatto: str) -> None:
    """Send the form of the step, on its page, and read that it is done."""
    assert pagina.url.endswith(f"{programma}passaggi/{azione}/"), pagina.url
    pagina.get_by_role("main").get_by_role("button", name=pulsante, exact=True).click()
    expect(pagina.get_by_role("status").filter(has_text=fatto)).to_be_visible()


def trasmette(pagina: Page, volta: str, il: str, programma: str = P2026) -> None:
    pagina.goto(f"{programma}passaggi/trasmissione/")
    pagina.get_by_label("Ente che ha deliberato").fill("Comune di Pergine Valsugana")
    pagina.get_by_label("Numero della delibera").fill(f"99/{volta}")
    pagina.get_by_label("Data della delibera").fill("2026-04-22")
    pagina.get_by_label("Data di trasmissione").fill(il)
    pagina.get_by_label("Protocollo del mittente").fill(f"100{volta}")
    pagina.get_by_label("Protocollo dell'Agenzia").fill(f"32497{volta}")
    _compie(pagina, programma, "trasmissione", "Trasmetti", "è trasmesso")


def prende_in_carico(pagina: Page, il: str, programma: str = P2026) -> None:
    pagina.goto(f"{programma}passaggi/presa_in_carico/")
    pagina.get_by_label("Data", exact=True).fill(il)
    _compie(pagina, programma, "presa_in_carico", "Prendi in carico", "è in esame")


def chiede_integrazioni(pagina: Page, il: str, che_cosa: str = "") -> None:
    """With nothing said, the open osservazioni say it."""
    pagina.goto(f"{P2026}passaggi/rinvio/")
    pagina.get_by_label("Data", exact=True).fill(il)
    if che_cosa:
        pagina.get_by_label("Che cosa va integrato o corretto").fill(che_cosa)
    _compie(pagina, P2026, "rinvio", "Rinvia al distretto", "sono richieste")


def propone(pagina: Page, il: str, programma: str = P2026) -> None:
    pagina.goto(f"{programma}passaggi/proposta/")
    pagina.get_by_label("Data", exact=True).fill(il)
    _compie(pagina, programma, "proposta", "Proponi", "è proposto")


def mette_alla_firma(pagina: Page, il: str, programma: str = P2026) -> None:
    pagina.goto(f"{programma}passaggi/messa_alla_firma/")
    pagina.get_by_label("Data", exact=True).fill(il)
    _compie(pagina, programma, "messa_alla_firma", "Metti alla firma", "è alla firma")


def approva(pagina: Page, atto: Path, numero: str, il: str, programma: str = P2026) -> None:
    pagina.goto(f"{programma}passaggi/approvazione/")
    pagina.get_by_label("Struttura").select_option(index=1)
    pagina.get_by_label("Numero della determinazione").fill(numero)
    pagina.get_by_label("Data della determinazione").fill(il)
    pagina.get_by_label("Riferimento").fill(f"2026-I090-{numero:0>5}")
    pagina.get_by_label("File firmato della determinazione").set_input_files(atto)
    _compie(pagina, programma, "approvazione", "Approva il programma", "è approvato")


def pubblica(pagina: Page, il: str) -> None:
    pagina.goto(f"{P2026}passaggi/pubblicazione/")
    pagina.get_by_label("Data", exact=True).fill(il)
    _compie(pagina, P2026, "pubblicazione", "Registra la pubblicazione", "è in attuazione")
