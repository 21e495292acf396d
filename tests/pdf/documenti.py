"""Every kind of document the product prints, and some that are broken on purpose."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache

import pikepdf

from tests.pdf.lettura import documento, relazione, scheda_piena
from valutazione.relazione.documento import in_pdf
from valutazione.relazione.modello import Estremi, Relazione
from valutazione.scheda.lettura import leggi_scheda
from valutazione.scheda.modello import Scheda

ESTREMI = Estremi("123", date(2026, 1, 20), "2026-I090-00042")


def _scheda_lunga() -> Scheda:
    """Texts of several pages, in a row and in a cell."""
    dati = documento()
    dati["progettualita"][0]["indicatori"][0]["testo_regola"] = "parola " * 2000
    dati["evidenze"][0]["titolo_pubblico"] = "titolo " * 60
    return leggi_scheda(dati)


DOCUMENTI: dict[str, Callable[[], Relazione]] = {
    "relazione": lambda: relazione(scheda_piena(), estremi=ESTREMI),
    "relazione-senza-estremi": lambda: relazione(scheda_piena()),
    "relazione-senza-evidenze": lambda: relazione(replace(scheda_piena(), evidenze=())),
    "relazione-non-approvata": lambda: relazione(replace(scheda_piena(), evidenze=(), passaggi=())),
    "relazione-senza-contributo": lambda: relazione(
        replace(scheda_piena(), richiede_contributo=False, obbligatorie=(), evidenze=()), estremi=ESTREMI
    ),
    "relazione-dimostrazione": lambda: relazione(scheda_piena(), dimostrazione=True),
    "relazione-lunga": lambda: relazione(_scheda_lunga()),
}
"""Each as it is composed; the pages that print documents are ``MODELLI``."""

MODELLI = {"pdf/relazione.html": "relazione"}
"""Each template of a whole document, with the prefix of its documents above."""


@cache
def pdf(nome: str) -> bytes:
    """The document of that name, printed once."""
    return in_pdf(DOCUMENTI[nome]())


def _senza_pdf_ua(file: pikepdf.Pdf) -> None:
    xmp = file.Root.Metadata.read_bytes()
    file.Root.Metadata.write(xmp.replace(b'pdfuaid:part="1"', b""))


def _senza_profilo_di_colore(file: pikepdf.Pdf) -> None:
    del file.Root.OutputIntents


def _senza_lingua(file: pikepdf.Pdf) -> None:
    del file.Root.Lang


def _senza_struttura(file: pikepdf.Pdf) -> None:
    del file.Root.StructTreeRoot


GUASTI: dict[str, Callable[[pikepdf.Pdf], None]] = {
    "senza-pdf-ua": _senza_pdf_ua,
    "senza-profilo-di-colore": _senza_profilo_di_colore,
    "senza-lingua": _senza_lingua,
    "senza-struttura": _senza_struttura,
}
"""What a validator worth its name refuses."""


def guasto(nome: str) -> bytes:
    """A good document with one thing taken away."""
    uscita = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf("relazione-non-approvata"))) as file:
        GUASTI[nome](file)
        file.save(uscita)
    return uscita.getvalue()
