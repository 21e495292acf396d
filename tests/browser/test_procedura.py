"""Un programma nuovo lungo tutto il percorso, con sei persone, fino alla sua prima variazione."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from distretti.models import Distretto, Incarico, Ruolo, Utente
from programmi.models import Programma
from tests.browser.conftest import Sito
from tests.browser.passi import (
    P2025,
    P2026,
    PROGRAMMI,
    approva,
    atto_firmato,
    chiede_integrazioni,
    mette_alla_firma,
    prende_in_carico,
    propone,
    pubblica,
    scrive_una_bozza,
    trasmette,
)
from tests.conftest import CODICE

pytestmark = pytest.mark.browser

VARIAZIONE = f"{PROGRAMMI}2026-v1/"
PERCORSO = [
    "trasmissione",
    "presa_in_carico",
    "rinvio",
    "trasmissione",
    "presa_in_carico",
    "proposta",
    "messa_alla_firma",
    "approvazione",
    "pubblicazione",
    "variazione",
]


@dataclass(frozen=True)
class Persone:
    """Each with their own browser."""

    manager: Page
    referente: Page
    agenzia: Page
    dirigente: Page
    sostituto: Page
    cittadino: Page


@pytest.fixture
def persone(sito: Sito) -> Persone:
    sostituto = Utente.objects.create_user(
        username="sostituto", password="parola-di-prova", nome_esteso="sostituto"
    )
    autorita = Distretto.objects.get(codice=CODICE).autorita
    Incarico.objects.create(utente=sostituto, ruolo=Ruolo.SOSTITUTO, autorita=autorita, dal=date(2026, 6, 1))
    nomi = ("manager", "referente", "agenzia", "dirigente", "sostituto")
    return Persone(**{nome: sito.accedi(nome) for nome in nomi}, cittadino=sito.pagina())


def stato(variazione: int = 0) -> str:
    return Programma.objects.get(distretto__codice=CODICE, anno=2026, variazione=variazione).stato


def vede_sulla_scrivania(pagina: Page, che_cosa: str) -> None:
    """The row of the programme of 2026 says what is to be done, and the link leads to it."""
    pagina.goto("/scrivania/")
    expect(pagina.get_by_role("row").filter(has_text="2026").filter(has_text=che_cosa).first).to_be_visible()


def e_avvisato(pagina: Page, di_che_cosa: str) -> None:
    pagina.goto("/avvisi/")
    expect(pagina.get_by_role("main").get_by_text(di_che_cosa).first).to_be_visible()


def scrivono_insieme_la_premessa(prima: Page, dopo: Page) -> None:
    """Two pages open on the same part: who saves second is told, and loses nothing."""
    for pagina in (prima, dopo):
        pagina.goto(f"{P2026}modifica/premessa/")
    prima.get_by_label("Premessa").fill("Premessa del manager.")
    prima.get_by_role("main").get_by_role("button", name="Salva").first.click()
    expect(prima).to_have_url(re.compile(r"/modifica/(#.*)?$"))
    dopo.get_by_label("Premessa").fill("Premessa del referente.")
    dopo.get_by_role("main").get_by_role("button", name="Salva").first.click()
    expect(dopo.get_by_role("heading", name="Qualcun altro ha salvato mentre scrivevi")).to_be_visible()
    expect(dopo.get_by_text("Premessa del manager.")).to_be_visible()
    expect(dopo.get_by_label("Premessa")).to_have_value("Premessa del referente.")
    dopo.get_by_role("main").get_by_role("button", name="Salva").first.click()
    expect(dopo).to_have_url(re.compile(r"/modifica/(#.*)?$"))


def esamina(agenzia: Page) -> None:
    """The Agenzia takes its own data in, and says what is to mend."""
    agenzia.goto(f"{P2026}integrazione/")
    agenzia.get_by_label("Organizzazioni aderenti al").fill("2026-03-31")
    agenzia.get_by_role("main").get_by_role("button", name="Salva").click()
    expect(agenzia.get_by_text("I dati dell'Agenzia sono salvati")).to_be_visible()
    agenzia.goto(f"{P2026}osservazioni/nuova/?oggetto=P1")
    agenzia.get_by_label("Che cosa c'è da correggere").fill("Manca l'organizzazione referente.")
    agenzia.get_by_role("button", name="Scrivi l'osservazione").click()
    expect(agenzia.get_by_text("Manca l'organizzazione referente.").first).to_be_visible()


def corregge_e_replica(manager: Page) -> None:
    manager.goto(f"{P2026}osservazioni/")
    manager.get_by_role("link", name="Replica").click()
    manager.get_by_label("Replica", exact=True).fill("È il Comune di Pergine Valsugana.")
    manager.get_by_role("button", name="Invia la replica").click()
    expect(manager.get_by_text("È il Comune di Pergine Valsugana.").first).to_be_visible()


def chiude_l_osservazione(agenzia: Page) -> None:
    agenzia.goto(f"{P2026}osservazioni/")
    agenzia.get_by_role("link", name="Chiudi").click()
    agenzia.get_by_role("button", name="Chiudi l'osservazione").click()
    expect(agenzia.get_by_role("heading", name="Chiuse")).to_be_visible()


def varia(manager: Page) -> None:
    """Another title for the only progettualità."""
    manager.goto(f"{PROGRAMMI}2026/variazioni/nuova/")
    manager.get_by_label("Motivo").fill("Cambia il titolo della guida.")
    manager.get_by_role("button", name="Apri la variazione").click()
    expect(manager.get_by_text("La variazione n. 1 è pronta")).to_be_visible()
    manager.get_by_role("link", name="Guida ai servizi", exact=True).click()
    manager.get_by_label("Titolo", exact=True).fill("Guida ai servizi e mappa")
    manager.get_by_role("button", name="Salva").first.click()
    expect(manager.get_by_text("Guida ai servizi e mappa").first).to_be_visible()


def test_dalla_bozza_alla_variazione_approvata(persone: Persone, tmp_path: Path) -> None:
    manager, referente, agenzia = persone.manager, persone.referente, persone.agenzia
    dirigente, sostituto, cittadino = persone.dirigente, persone.sostituto, persone.cittadino
    atto = atto_firmato(tmp_path)

    scrive_una_bozza(manager)
    scrivono_insieme_la_premessa(manager, referente)
    vede_sulla_scrivania(referente, "Trasmetti all'Agenzia")
    trasmette(referente, "1", il="2026-04-23")

    vede_sulla_scrivania(agenzia, "Prendi in carico")
    e_avvisato(agenzia, "è trasmesso e aspetta la presa in carico")
    prende_in_carico(agenzia, il="2026-04-24")
    esamina(agenzia)
    chiede_integrazioni(agenzia, "2026-05-04")
    vede_sulla_scrivania(manager, "1 osservazione aperta")
    e_avvisato(manager, "l'Agenzia chiede integrazioni")
    corregge_e_replica(manager)
    trasmette(referente, "2", il="2026-05-11")
    prende_in_carico(agenzia, il="2026-05-12")
    chiude_l_osservazione(agenzia)
    propone(agenzia, il="2026-05-20")

    e_avvisato(dirigente, "è proposto per l'approvazione")
    vede_sulla_scrivania(dirigente, "Metti alla firma")
    mette_alla_firma(dirigente, il="2026-06-01")
    vede_sulla_scrivania(sostituto, "Registra l'approvazione")
    cittadino.goto(P2026)
    expect(cittadino.get_by_text("Guida ai servizi")).to_have_count(0)
    approva(sostituto, atto, "6607", il="2026-06-19")
    e_avvisato(manager, "è approvato")
    pubblica(agenzia, il="2026-06-23")
    assert stato() == "in_attuazione"
    cittadino.goto(P2026)
    expect(cittadino.get_by_role("link", name="Guida ai servizi")).to_be_visible()

    varia(manager)
    trasmette(referente, "3", il="2026-07-01", programma=VARIAZIONE)
    prende_in_carico(agenzia, il="2026-07-02", programma=VARIAZIONE)
    propone(agenzia, il="2026-07-03", programma=VARIAZIONE)
    mette_alla_firma(dirigente, il="2026-07-06", programma=VARIAZIONE)
    cittadino.goto(P2026)
    expect(cittadino.get_by_text("Guida ai servizi e mappa")).to_have_count(0)
    approva(dirigente, atto, "7001", il="2026-07-10", programma=VARIAZIONE)
    assert stato(1) == "approvato"
    cittadino.goto(P2026)
    expect(cittadino.get_by_role("link", name="Guida ai servizi e mappa")).to_be_visible()

    programma = Programma.objects.get(distretto__codice=CODICE, anno=2026, variazione=0)
    assert list(programma.passaggi.order_by("ordine").values_list("azione", flat=True)) == PERCORSO
    guarda_la_storia(manager)


def guarda_la_storia(manager: Page) -> None:
    """Who did what, of the new programme; and the path of the real one, as it happened."""
    manager.goto(P2026)
    passaggi = manager.locator("#procedura")
    for chi in ("referente", "agenzia", "dirigente", "sostituto"):
        expect(passaggi.get_by_role("cell").filter(has_text=chi).first).to_be_visible()
    manager.goto(f"{P2026}storia/")
    expect(manager.locator(".storia-azione").first).to_be_visible()
    expect(manager.locator(".storia-chi").filter(has_text="sostituto").first).to_be_visible()

    manager.goto(P2025)
    vero = manager.locator("#procedura")
    expect(vero).to_contain_text("57 giorni")
    expect(vero.get_by_role("row")).to_have_count(3)  # the heading, the transmission, the approval
    for parola in ("23 aprile 2025", "324973", "19 giugno 2025", "6607", "trascritto dall'atto"):
        expect(vero).to_contain_text(parola)
