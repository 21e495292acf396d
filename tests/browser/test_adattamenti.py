"""Chi legge adatta la pagina a sé: testo più grande e più largo, colori suoi, niente movimento, carta."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.esame import Esaminatore
from tests.browser.raccolta import Pagina, quella_di, scena, una_di_ciascuna

# No transaction around a test: the browser's event loop, begun in the middle, would not see it.
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NOMI = ("inizio", "distretti", "programma", "scrivania", "programma-modifica", "evidenza-modifica", "perche")

SPAZIATURA = """
  * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
  p { margin-bottom: 2em !important; }
"""
"""The text spacing of WCAG 1.4.12, as a reader's own style sheet would impose it."""

_TAGLIATI = """() => [...document.querySelectorAll("main *, header *, footer *")].filter(e => {
  const s = getComputedStyle(e);
  if (e.closest(".visually-hidden, svg, .salta, thead") || !e.textContent.trim()) return false;
  const taglia = s.overflowX !== "visible" || s.overflowY !== "visible";
  return taglia && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1)
    && !["TEXTAREA", "SELECT", "OPTION"].includes(e.tagName);
}).map(e => `${e.tagName}.${e.className}: ${e.textContent.trim().slice(0, 40)}`)"""
_SPORGENTI = """() => [...document.querySelectorAll("main *")]
  .filter(e => e.getBoundingClientRect().right > innerWidth && !e.closest(".visually-hidden, thead"))
  .map(e => `${e.tagName}.${e.className}`).slice(0, 5)"""
_SPEZZATE = """() => [...document.querySelectorAll("main .grafico th, main .btn")].flatMap(e => {
  const nodi = document.createTreeWalker(e, NodeFilter.SHOW_TEXT), rotte = [];
  for (let n = nodi.nextNode(); n; n = nodi.nextNode()) for (const p of n.data.matchAll(/\\p{L}{3,}/gu)) {
    const r = document.createRange();
    r.setStart(n, p.index); r.setEnd(n, p.index + p[0].length);
    const righe = new Set([...r.getClientRects()].filter(q => q.width > 1).map(q => Math.round(q.top)));
    if (righe.size > 1 && !e.closest("details:not([open])")) rotte.push(p[0]);
  }
  return rotte;
})"""
"""The words that go on in the next line, in the headings of the charts and in the buttons."""
_LARGA = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def pagine(transactional_db: None, tmp_path: Path) -> list[Pagina]:
    with scena(tmp_path) as mondo:
        return [*una_di_ciascuna(mondo, NOMI), quella_di(mondo, "agenzia", "quadro")]


def imponi(scheda: Page, stile: str) -> None:
    """A reader's style sheet: the Content-Security-Policy of the page does not reach it."""
    scheda.evaluate(
        """stile => { const foglio = new CSSStyleSheet(); foglio.replaceSync(stile);
                      document.adoptedStyleSheets = [foglio]; }""",
        stile,
    )


def guasti(scheda: Page) -> list[str]:
    """Sideways scrolling, and texts that a box cuts."""
    trovati: list[str] = scheda.evaluate(_TAGLIATI)
    larga = scheda.evaluate(_LARGA)
    return trovati + ([f"larga {larga} px di troppo: {scheda.evaluate(_SPORGENTI)}"] if larga > 0 else [])


def test_la_pagina_si_adatta_a_chi_legge(pagine: list[Pagina], request: pytest.FixtureRequest) -> None:
    esaminatore = Esaminatore(request.getfixturevalue("browser"))
    scheda, difetti = esaminatore.scheda, []
    assert {pagina.nome for pagina in pagine} == {*NOMI, "quadro"}
    for pagina in pagine:
        esaminatore.mostra(pagina)
        scheda.set_viewport_size({"width": 360, "height": 780})
        difetti += [f"{pagina} a 360 px spezza «{parola}»" for parola in scheda.evaluate(_SPEZZATE)]
        scheda.set_viewport_size({"width": 640, "height": 450})  # 1280 at 200 %
        difetti += [f"{pagina} al 200 %: {g}" for g in guasti(scheda)]
        imponi(scheda, SPAZIATURA)
        difetti += [f"{pagina} con la spaziatura: {g}" for g in guasti(scheda)]
        scheda.set_viewport_size({"width": 320, "height": 450})
        difetti += [f"{pagina} con la spaziatura, a 320 px: {g}" for g in guasti(scheda)]
        scheda.set_viewport_size({"width": 1280, "height": 900})
        imponi(scheda, "html { font-size: 200% !important; }")
        difetti += [f"{pagina} con il testo al doppio: {g}" for g in guasti(scheda)]
    esaminatore.chiudi()
    assert difetti == []


def test_colori_imposti_movimento_ridotto_e_stampa(
    pagine: list[Pagina], request: pytest.FixtureRequest
) -> None:
    esaminatore = Esaminatore(request.getfixturevalue("browser"))
    scheda = esaminatore.scheda
    programma = next(pagina for pagina in pagine if pagina.nome == "programma")
    esaminatore.mostra(programma)

    scheda.emulate_media(forced_colors="active", reduced_motion="reduce")
    # Bars keep their own colours; buttons keep an edge; the focus keeps an outline.
    assert scheda.evaluate(
        "getComputedStyle(document.querySelector('.percentuale-barra')).forcedColorAdjust"
    ) == ("none")
    bordo = "getComputedStyle(document.querySelector('main .btn')).borderStyle"
    assert scheda.evaluate(bordo) != "none"
    scheda.keyboard.press("Tab")
    contorno = "getComputedStyle(document.activeElement)"
    assert scheda.evaluate(f"{contorno}.outlineStyle") != "none"
    assert scheda.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"

    scheda.emulate_media(media="print", forced_colors="none")
    nascosti = ".salta, .navigazione, .breadcrumb-container, .pie-di-pagina nav, .azioni-pagina"
    visibili = f"[...document.querySelectorAll('{nascosti}')].filter(e => e.checkVisibility()).length"
    assert scheda.evaluate(visibili) == 0
    assert scheda.evaluate("document.querySelector('main table').checkVisibility()")
    assert scheda.evaluate("getComputedStyle(document.querySelector('.testata')).color") == "rgb(0, 0, 0)"
    # What is folded away on the screen is read on paper.
    assert (
        scheda.evaluate("document.querySelector('details.testo-lungo p').getBoundingClientRect().height") > 0
    )
    esaminatore.chiudi()
