"""What the browser is asked of every page: axe, and what axe does not look at."""

from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.raccolta import Pagina
from tests.browser.vetrina import AXE, Vetrina

REGOLE = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
"""Everything axe knows of WCAG 2.0, 2.1 and 2.2 up to AA (24 px targets too), and its best practices."""

_AXE = """async ([regole, copione, fogli]) => {
  await new Promise((pronto, guasto) => {
    const script = document.createElement("script");
    script.src = copione; script.onload = pronto; script.onerror = guasto;
    document.head.append(script);
  });
  const esito = await axe.run(document, {
    resultTypes: ["violations"], elementRef: false, runOnly: {type: "tag", values: regole},
    rules: fogli ? {} : {"css-orientation-lock": {enabled: false}}});
  return esito.violations.map(v =>
    `axe ${v.id} (${v.impact}, ${v.nodes.length}): ${v.nodes[0].html.slice(0, 160)}`);
}"""

_STRUTTURA = """essenziale => {
  const difetti = [], tutti = s => [...document.querySelectorAll(s)];
  const dici = (vero, che) => { if (vero) difetti.push(che); };
  dici(tutti("h1").length !== 1, `${tutti("h1").length} h1`);
  dici(tutti("main").length !== 1, "non c'è un main");
  dici(document.documentElement.lang !== "it", "la lingua non è detta");
  if (!essenziale) {
    dici(tutti("header, nav[aria-label], footer").length < 4, "mancano testata, navigazione o piè di pagina");
    dici(document.links[0]?.hash !== "#contenuto", "il primo collegamento non salta");
    tutti(".salta a").forEach(a => dici(!document.querySelector(a.hash), `${a.hash} non c'è`));
  }
  tutti("table").forEach(t => {
    dici(!t.caption?.textContent.trim(), "tabella senza didascalia");
    dici([...t.querySelectorAll("th")].some(th => !th.scope), "intestazione senza scope");
  });
  dici(tutti("[style], style, script:not([src])").length, "stile o script nella pagina");
  const titolo = document.title, riepilogo = document.querySelector("[data-riepilogo-errori]");
  const sbagliata = document.getElementById("riepilogo-errori") !== null;
  dici(sbagliata !== titolo.startsWith("Errore: "), `titolo «${titolo}»`);
  dici(tutti("[aria-invalid=true]").length && !sbagliata, "errori senza riepilogo");
  dici(riepilogo && document.activeElement !== riepilogo, "il riepilogo non ha il fuoco");
  tutti(".riepilogo-errori a").forEach(a => {
    const campo = document.querySelector(a.getAttribute("href"));
    campo?.focus();
    dici(!campo || document.activeElement !== campo, `«${a.textContent}» non porta al campo`);
  });
  return difetti;
}"""

_LARGA = "() => document.documentElement.scrollWidth"


class Esaminatore:
    """A browser that shows the pages that were asked for, each with its own headers, and no other."""

    def __init__(self, browser: Browser, *, javascript: bool = True) -> None:
        self.errori: list[str] = []
        self.fogli: set[tuple[str, ...]] = set()
        self.vetrina = Vetrina(self.errori)
        self.contesto = self._contesto(browser, javascript)
        self.scheda: Page = self.contesto.new_page()
        self.scheda.on("console", self._console)
        self.scheda.on("pageerror", lambda errore: self.errori.append(f"errore nello script: {errore}"))
        self.scheda.on("request", lambda richiesta: self._solo_nostre(richiesta.url))

    def _contesto(self, browser: Browser, javascript: bool) -> BrowserContext:
        return browser.new_context(
            viewport={"width": 1280, "height": 900}, locale="it-IT", java_script_enabled=javascript
        )

    def _solo_nostre(self, url: str) -> None:
        if not url.startswith((self.vetrina.indirizzo + "/", "data:")):
            self.errori.append(f"richiesta a terzi: {url}")

    def _console(self, messaggio: Any) -> None:
        # An error page is an error of the network too, and the browser says so.
        if messaggio.type == "error" and "Failed to load resource" not in messaggio.text:
            self.errori.append(f"console: {messaggio.text}")

    def mostra(self, pagina: Pagina) -> None:
        self.vetrina.mostrata = pagina
        self.scheda.goto(self.vetrina.indirizzo + pagina.indirizzo)
        if b"data-riepilogo-errori" in pagina.corpo:
            self._lascia_il_tempo_al_fuoco()

    def _lascia_il_tempo_al_fuoco(self) -> None:
        """The browser gives it with the first frame, which on a busy machine comes after the load."""
        for _ in range(200):
            if self.scheda.evaluate("document.activeElement !== document.body"):
                return
            self.scheda.wait_for_timeout(50)

    def difetti(self, pagina: Pagina) -> list[str]:
        """What is wrong with this page, at 1280 and at 320 pixels (a page of 1280 at 400 %)."""
        self.errori.clear()
        self.mostra(pagina)
        essenziale = b'<nav class="navigazione"' not in pagina.corpo
        trovati: list[str] = self.scheda.evaluate(_STRUTTURA, essenziale)
        trovati += self.scheda.evaluate(_AXE, [REGOLE, AXE, self._fogli_nuovi()])
        self.scheda.set_viewport_size({"width": 320, "height": 800})
        larga = self.scheda.evaluate(_LARGA)
        self.scheda.set_viewport_size({"width": 1280, "height": 900})
        if larga > 320:
            trovati.append(f"a 320 px è larga {larga}")
        return [f"{pagina}: {difetto}" for difetto in trovati + self.errori]

    def _fogli_nuovi(self) -> bool:
        """Whether this page has other style sheets than those looked at.

        css-orientation-lock reads them rule by rule, and nothing of the page: once is enough.
        """
        fogli = tuple(self.scheda.evaluate("[...document.styleSheets].map(f => f.href)"))
        nuovi = fogli not in self.fogli
        self.fogli.add(fogli)
        return nuovi

    def chiudi(self) -> None:
        self.contesto.close()
        self.vetrina.chiudi()
