"""Every kind of document the product prints, and some that are broken on purpose."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache

import pikepdf

from distretti.basi.canonico import forma_canonica, sha256_di
from distretti.models import Atto, Distretto
from programmi.models import Passaggio, Programma, Versione
from tests.pdf.lettura import GIORNO, documento, relazione, scheda_piena
from valutazione.confronti import Confronto, Lato, in_pagina
from valutazione.confronto import Parole, confronta
from valutazione.confronto.effetto import effetto
from valutazione.elenchi.modello import elenco_da
from valutazione.letture import valuta_documento_di
from valutazione.pagine.registro import VoceRegistro
from valutazione.relazione.documento import in_pdf
from valutazione.relazione.modello import Estremi, Relazione
from valutazione.scheda.lettura import leggi_scheda
from valutazione.scheda.modello import Scheda
from valutazione.scheda.pubblica import forma_pubblica
from valutazione.stampa.autovalutazione import componi as componi_autovalutazione
from valutazione.stampa.confronto import componi as componi_confronto
from valutazione.stampa.elenco import componi as componi_elenco
from valutazione.stampa.modello import Documento
from valutazione.stampa.modello import in_pdf as stampa
from valutazione.stampa.versione import componi as componi_versione

ESTREMI = Estremi("123", date(2026, 1, 20), "2026-I090-00042")


def _scheda_lunga() -> Scheda:
    """Texts of several pages, in a row and in a cell."""
    dati = documento()
    dati["progettualita"][0]["indicatori"][0]["testo_regola"] = "parola " * 2000
    dati["evidenze"][0]["titolo_pubblico"] = "titolo " * 60
    return leggi_scheda(dati)


def _versione(*, approvata: bool = True, pubblica: bool = False) -> Documento:
    """The real programme as its act froze it, or as it was transmitted; no row is read."""
    dati = documento() | {"evidenze": []}
    distretto = Distretto(codice="dfa-alta-valsugana", denominazione=dati["distretto"]["denominazione"])
    atto = Atto(tipo="determinazione", numero="6607", data=date(2025, 6, 19), riferimento="2025-I090-00267")
    passaggio = Passaggio(
        azione="approvazione" if approvata else "trasmissione",
        il=date(2025, 6, 19) if approvata else date(2025, 4, 23),
        atto=atto,
    )
    versione = Versione(
        programma=Programma(distretto=distretto, anno=2025),
        numero=2,
        genere="approvazione" if approvata else "trasmissione",
        passaggio=passaggio,
        sha256=sha256_di(dati),
    )
    parole = Parole(
        marchi={"family_audit": "Family Audit", "family_in_trentino": "Family in Trentino"},
        classificazioni={("distretti-2025", "E0125"): "Azioni di contrasto alle dipendenze"},
    )
    return componi_versione(dati, versione, parole, pubblica=pubblica)


def _confronto() -> Documento:
    """The real programme before and after some changes of every kind, with its evidence."""
    oggi = documento()
    prima, dopo = oggi | {"evidenze": []}, documento() | {"evidenze": []}
    dopo["progettualita"][3]["indicatori"][1]["regola"]["percentuale"] = "25"
    dopo["progettualita"][0]["indicatori"][0]["regola"]["percentuale"] = "25"
    del dopo["progettualita"][9]
    dopo["progettualita"][7]["azioni"] = "Tutt'altro. " * 200
    dopo["aderenti"].pop()
    dopo["premessa"] = dopo["premessa"].replace("famiglia", "nucleo")
    dopo["obbligatorie"].reverse()
    for posto, riga in enumerate(dopo["obbligatorie"], start=1):
        riga["codice"] = f"obb.{posto}"
    programma = Programma(distretto=Distretto(denominazione=oggi["distretto"]["denominazione"]), anno=2025)
    trovato = effetto(prima, dopo, oggi)
    confronto = Confronto(
        programma,
        Lato("1", "versione 1, trasmessa il 23 aprile 2025", Versione(numero=1, sha256=sha256_di(prima))),
        Lato("oggi", "oggi, con il registro di oggi"),
        in_pagina(confronta(prima, dopo), trovato),
        trovato,
    )
    return componi_confronto(confronto, giorno=GIORNO)


def _elenco(codice: str) -> Documento:
    """The list of a line, with something of each outcome."""
    scheda = scheda_piena()
    imputate = [e for e in scheda.evidenze if any(i.indicatore == codice for i in e.imputazioni)]
    voci = [
        VoceRegistro(
            codice=evidenza.codice,
            pk=None,
            titolo=str(evidenza.titolo),
            data=evidenza.data,
            esito="Non conta" if posto == 0 else "In attesa",
            tono="attesa",
            dettaglio="fuori dall'esercizio" if posto == 0 else "",
            dichiarato="",
            riconosciuto="",
            classe="scartata" if posto == 0 else "",
        )
        for posto, evidenza in enumerate(imputate)
    ]
    return componi_elenco(scheda, elenco_da(scheda, scheda.righe[codice], voci), giorno=GIORNO)


def _autovalutazione() -> Documento:
    """The real programme with its evidence, some actions commented, as it is frozen; no row is read."""
    scheda = forma_pubblica(documento())
    commenti = {
        "obb.1": "L'elenco è aggiornato.",
        "P8": "Un testo lungo. " * 200,
        "P9": "Rinviata.\nPoi fatta.",
    }
    dati = {"numero": 1, "sha256_scheda": sha256_di(scheda), "scheda": scheda}
    programma = Programma(distretto=Distretto(codice="dfa-alta-valsugana"), anno=2025)
    valutazione = valuta_documento_di(programma, scheda)
    chi = "Manager (Manager territoriale)"
    return componi_autovalutazione(
        dati, forma_canonica(dati), valutazione, commenti, il=GIORNO, chi=chi, nota="Con i dati di dicembre."
    )


DOCUMENTI: dict[str, Callable[[], Relazione | Documento]] = {
    "relazione": lambda: relazione(scheda_piena(), estremi=ESTREMI),
    "relazione-senza-estremi": lambda: relazione(scheda_piena()),
    "relazione-senza-evidenze": lambda: relazione(replace(scheda_piena(), evidenze=())),
    "relazione-non-approvata": lambda: relazione(replace(scheda_piena(), evidenze=(), passaggi=())),
    "relazione-senza-contributo": lambda: relazione(
        replace(scheda_piena(), richiede_contributo=False, obbligatorie=(), evidenze=()), estremi=ESTREMI
    ),
    "relazione-dimostrazione": lambda: relazione(scheda_piena(), dimostrazione=True),
    "relazione-lunga": lambda: relazione(_scheda_lunga()),
    "versione": _versione,
    "versione-trasmessa": lambda: _versione(approvata=False),
    "versione-pubblica": lambda: _versione(pubblica=True),
    "confronto": _confronto,
    "autovalutazione": _autovalutazione,
    "elenco": lambda: _elenco("obb.3"),
    "elenco-progetti": lambda: _elenco("obb.4"),
}
"""Each as it is composed; the pages that print documents are ``MODELLI``."""

MODELLI = {
    "pdf/relazione.html": "relazione",
    "pdf/versione.html": "versione",
    "pdf/confronto.html": "confronto",
    "pdf/autovalutazione.html": "autovalutazione",
    "pdf/elenco.html": "elenco",
}
"""Each template of a whole document, with the prefix of its documents above."""


@cache
def pdf(nome: str) -> bytes:
    """The document of that name, printed once."""
    composto = DOCUMENTI[nome]()
    return in_pdf(composto) if isinstance(composto, Relazione) else stampa(composto)


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
