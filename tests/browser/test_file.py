"""I file di un'evidenza: trascinati sulla pagina, con l'esito letto a voce; e col solo pulsante."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from programmi.models import Programma
from programmi.regola import TipoEvidenza
from tests.browser.conftest import Sito
from tests.conftest import CODICE, Persone
from tests.valutazione.test_allegati import foto
from valutazione.models import Allegato, Evidenza
from valutazione.services import aggiungi_allegato, crea_evidenza

pytestmark = pytest.mark.browser

TRASCINA = """(voci) => {
  const zona = document.querySelector("[data-lascia-file]");
  const carico = new DataTransfer();
  for (const [nome, tipo, numeri] of voci)
    carico.items.add(new File([new Uint8Array(numeri)], nome, {type: tipo}));
  for (const tipo of ["dragenter", "dragover", "drop"])
    zona.dispatchEvent(new DragEvent(tipo, {bubbles: true, cancelable: true, dataTransfer: carico}));
}"""


@pytest.fixture
def evidenza(persone_del_sito: Persone) -> Evidenza:
    programma = Programma.objects.get(distretto__codice=CODICE, anno=2025)
    return crea_evidenza(programma=programma, tipo=TipoEvidenza.INCONTRO, utente=persone_del_sito.manager)


def apri(sito: Sito, evidenza: Evidenza, **scelte: Any) -> Page:
    pagina = sito.accedi("manager", **scelte)
    pagina.goto(f"{evidenza.get_absolute_url()}modifica/")
    return pagina


def trascina(pagina: Page, *file: tuple[str, str, bytes]) -> None:
    pagina.evaluate(TRASCINA, [[nome, tipo, list(contenuto)] for nome, tipo, contenuto in file])


@contextmanager
def senza_rete(pagina: Page) -> Iterator[None]:
    """For the files: the preview of the percentages, that the page asks for by itself, goes through."""

    def cade(strada: Route) -> None:
        if strada.request.headers["content-type"].startswith("multipart/"):
            strada.abort()
        else:
            strada.continue_()

    pagina.route("**/modifica/", cade)
    yield
    pagina.unroute("**/modifica/")


def test_si_trascinano_piu_file_e_di_ognuno_si_sa_com_e_finita(sito: Sito, evidenza: Evidenza) -> None:
    pagina = apri(sito, evidenza)
    pagina.get_by_label("Titolo", exact=True).fill("Scritto prima dei file")
    buona = foto().read()
    esito = pagina.locator("[data-esito-file]")
    with senza_rete(pagina):
        trascina(pagina, ("uno.jpg", "image/jpeg", buona))
        expect(esito).to_contain_text("«uno.jpg»: il caricamento non è riuscito")
    trascina(
        pagina,
        ("uno.jpg", "image/jpeg", buona),
        ("due.jpg", "image/jpeg", foto(colore="green").read()),
        ("finto.pdf", "application/pdf", b"MZ\x90\x00" + bytes(100)),
        ("uno-di-nuovo.jpg", "image/jpeg", buona),
    )
    expect(esito).to_contain_text("2 file caricati.", timeout=30_000)
    expect(esito).to_contain_text("«finto.pdf»: è un programma eseguibile")
    expect(esito).to_contain_text("lo stesso file non si allega due volte")
    elenco = pagina.locator("#allegati-caricati")
    expect(elenco.get_by_role("link", name="uno.jpg")).to_be_visible()
    expect(elenco).to_contain_text("dati di posizione tolti")
    expect(elenco.get_by_text("Contiene dati personali", exact=True).first).to_be_visible()
    expect(pagina.get_by_label("Titolo", exact=True)).to_have_value("Scritto prima dei file")
    # What was typed is kept on the server too, and the buttons of the new list work.
    elenco.get_by_role("button", name="Togli uno.jpg").click()
    expect(pagina.get_by_text("Il file «uno.jpg» è stato tolto")).to_be_visible()
    expect(pagina.get_by_label("Titolo", exact=True)).to_have_value("Scritto prima dei file")
    assert [a.nome for a in Allegato.objects.all()] == ["due.jpg"]


def test_col_pulsante_senza_lasciare_la_pagina_e_senza_javascript(
    sito: Sito, evidenza: Evidenza, tmp_path: Any
) -> None:
    for nome, con_script in (("con.jpg", True), ("senza.jpg", False)):
        percorso = tmp_path / nome
        percorso.write_bytes(foto(colore="red" if con_script else "blue").read())
        pagina = apri(sito, evidenza, javascript=con_script)
        expect(pagina.get_by_text("Oppure trascina qui i file")).to_be_visible(visible=con_script)
        pagina.get_by_label("Titolo", exact=True).fill("Con un file")
        pagina.get_by_label("Scegli uno o più file").set_input_files(percorso)
        pagina.get_by_role("button", name="Carica i file").click()
        expect(pagina.get_by_role("link", name=nome)).to_be_visible()
        expect(pagina.get_by_label("Titolo", exact=True)).to_have_value("Con un file")
        expect(pagina.get_by_label("Scegli uno o più file")).to_have_value("")


def test_chi_registra_mentre_i_file_salgono_non_ne_perde(
    sito: Sito, evidenza: Evidenza, monkeypatch: pytest.MonkeyPatch
) -> None:
    def adagio(**cosa: Any) -> Any:
        time.sleep(0.5)
        return aggiungi_allegato(**cosa)

    monkeypatch.setattr("valutazione.views.allegati.aggiungi_allegato", adagio)
    pagina = apri(sito, evidenza)
    trascina(
        pagina,
        ("uno.jpg", "image/jpeg", foto().read()),
        ("due.jpg", "image/jpeg", foto(colore="green").read()),
    )
    pagina.get_by_role("button", name="Salva e continua dopo").click()
    expect(pagina.get_by_text("Bozza salvata")).to_be_visible()
    assert [a.nome for a in Allegato.objects.order_by("ordine")] == ["uno.jpg", "due.jpg"]
