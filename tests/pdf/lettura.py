"""What the tests of the report share: the real programme with the invented evidence, and its pages."""

import io
import json
from datetime import date
from functools import cache
from html import unescape
from typing import Any

from django.conf import settings
from django.utils.html import strip_tags
from pypdf import PdfReader

from valutazione.kernel import Esito, valuta
from valutazione.relazione.documento import componi, relazione_html
from valutazione.relazione.modello import Estremi, Intestazione, Relazione
from valutazione.relazione.testi import leggi_testi
from valutazione.scheda.lettura import leggi_scheda
from valutazione.scheda.modello import Scheda

GIORNO = date(2026, 1, 20)
INTESTAZIONE = Intestazione(
    ("Ente di prova", "Autorità di prova"), ("via di prova, 1",), "Struttura di prova"
)


def fixture(nome: str) -> Any:
    return json.loads((settings.BASE_DIR / "fixtures" / nome).read_text(encoding="utf-8"))


def documento() -> dict[str, Any]:
    """The real 2025 programme with evidence of every outcome; a new one at each call."""
    programma: dict[str, Any] = fixture("programmi/dfa-alta-valsugana-2025.json")
    programma["evidenze"] = fixture("dimostrazione/evidenze-dfa-alta-valsugana-2025.json")["evidenze"]
    return programma


@cache
def scheda_piena() -> Scheda:
    return leggi_scheda(documento())


@cache
def esito_pieno() -> Esito:
    return valuta(scheda_piena())


def relazione(
    scheda: Scheda,
    *,
    giorno: date = GIORNO,
    estremi: Estremi | None = None,
    dimostrazione: bool = False,
) -> Relazione:
    """The report of a scheda with the real texts of the yearly template."""
    return componi(
        scheda,
        valuta(scheda),
        testi=leggi_testi(fixture("modelli/pat-acs-2025.json")["relazione"]),
        intestazione=INTESTAZIONE,
        giorno=giorno,
        estremi=estremi or Estremi(),
        dimostrazione=dimostrazione,
    )


def in_testo(documento: Relazione) -> str:
    """The words of the page that is printed, without printing it."""
    return " ".join(unescape(strip_tags(relazione_html(documento))).split())


def pagine(pdf: bytes) -> list[str]:
    """The text of each page, with single spaces."""
    return [" ".join(pagina.extract_text().split()) for pagina in PdfReader(io.BytesIO(pdf)).pages]


def leggi_pdf(pdf: bytes) -> str:
    return " ".join(pagine(pdf))
