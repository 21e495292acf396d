"""``python -m tests.bench.pdf``: time and memory of the documents, beside plain WeasyPrint.

The same HTML goes to the site's renderer and to WeasyPrint with its defaults and the same variant, one after
the other, each in a process of its own, for several rounds: what is compared ran in the same minutes. Also
the time per page at growing lengths. Seconds are of the processor, so that what else runs on the machine
weighs little; the memory is that of the render, above what the process held before. Results:
docs/prestazioni.md.
"""
# ruff: noqa: T201  # a command: it prints

import argparse
import io
import json
import os
import platform
import re
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from copy import deepcopy
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

LUNGHEZZE = {"reale": 0, "30 pagine": 26, "60 pagine": 76, "120 pagine": 176}
"""Progettualità added to the real programme, with the evidence of the first ones."""

MODI = ("nostro", "semplice")


@dataclass(frozen=True)
class Misura:
    """One render: seconds of it alone, its peak memory and that of its process (MB), pages and bytes."""

    secondi: float
    memoria: float
    processo: float
    pagine: int
    byte: int


def documento_lungo(aggiunte: int) -> dict[str, Any]:
    """The real programme with ``aggiunte`` progettualità more, each a copy of one of the first seven."""
    from tests.pdf.lettura import documento

    dati = documento()
    for indice in range(aggiunte):
        modello = dati["progettualita"][indice % 7]
        numero = len(dati["progettualita"]) + 1
        righe = {riga["codice"]: f"{numero}.{riga['codice'].split('.')[1]}" for riga in modello["indicatori"]}
        copia = deepcopy(modello) | {"numero": numero, "titolo": f"{modello['titolo']} ({numero})"}
        for riga in copia["indicatori"]:
            riga["codice"] = righe[riga["codice"]]
        dati["progettualita"].append(copia)
        for evidenza in [e for e in dati["evidenze"] if e["codice"].startswith("dim-")]:
            imputazioni = [i for i in evidenza["imputazioni"] if i["indicatore"] in righe]
            if imputazioni:
                dati["evidenze"].append(
                    deepcopy(evidenza)
                    | {
                        "codice": f"{numero}-{evidenza['codice']}",
                        "imputazioni": [i | {"indicatore": righe[i["indicatore"]]} for i in imputazioni],
                    }
                )
    return dati


def nostro(html: str) -> bytes:
    from distretti.basi.pdf import html_in_pdf

    return html_in_pdf(html)


def semplice(html: str) -> bytes:
    """WeasyPrint as its manual shows it; only our static files need our reader."""
    import weasyprint

    from distretti.basi.pdf import VARIANTE, _lettore_statici

    pdf: bytes = weasyprint.HTML(string=html, url_fetcher=_lettore_statici()()).write_pdf(
        pdf_variant=VARIANTE
    )
    return pdf


def misura(modo: str, lunghezza: str) -> Misura:
    """In this process: composed first, then timed; imports and a first small page are not counted."""
    import django

    django.setup()
    import pikepdf

    from tests.pdf.lettura import relazione
    from valutazione.relazione.documento import relazione_html
    from valutazione.scheda.lettura import leggi_scheda

    stampa: Callable[[str], bytes] = {"nostro": nostro, "semplice": semplice}[modo]
    html = relazione_html(relazione(leggi_scheda(documento_lungo(LUNGHEZZE[lunghezza]))))
    stampa('<html lang="it"><title>Prova</title><p>Prova</p></html>')
    prima, inizio = residente(), time.process_time()
    pdf = stampa(html)
    secondi = time.process_time() - inizio
    picco = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    with pikepdf.open(io.BytesIO(pdf)) as aperto:
        return Misura(secondi, picco - prima, picco, len(aperto.pages), len(pdf))


def residente() -> float:
    """The memory of this process now, in MB (Linux)."""
    pagine = int(Path("/proc/self/statm").read_text().split()[1])
    return pagine * resource.getpagesize() / 2**20


def in_un_processo(modo: str, lunghezza: str) -> Misura:
    uscita = subprocess.run(
        [sys.executable, "-m", "tests.bench.pdf", "--uno", modo, lunghezza],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"},
    ).stdout
    return Misura(**json.loads(uscita))


def macchina() -> str:
    modello = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    nome = modello[1] if modello else platform.machine()
    return f"{nome}, {os.cpu_count()} processori, Python {platform.python_version()}"


def confronta(giri: int) -> None:
    print(macchina())
    print(f"{giri} giri alternati; carico all'inizio {os.getloadavg()[0]:.1f}\n")
    print(INTESTAZIONE)
    for lunghezza in LUNGHEZZE:
        prese: dict[str, list[Misura]] = {modo: [] for modo in MODI}
        for giro in range(giri):
            for modo in MODI if giro % 2 == 0 else reversed(MODI):
                prese[modo].append(in_un_processo(modo, lunghezza))
        print(riga(lunghezza, prese["nostro"], prese["semplice"]), flush=True)


INTESTAZIONE = (
    "documento    pagine | secondi: nostro semplice rapporto | MB: nostro semplice rapporto | s/pagina"
)


def riga(lunghezza: str, nostri: list[Misura], semplici: list[Misura]) -> str:
    """The medians of the rounds, and the median of the ratios of each round."""
    valori: list[float] = []
    for campo in ("secondi", "memoria"):
        coppie = [(getattr(a, campo), getattr(b, campo)) for a, b in zip(nostri, semplici, strict=True)]
        valori += [statistics.median(coppia[lato] for coppia in coppie) for lato in (0, 1)]
        valori.append(statistics.median(a / b for a, b in coppie))
    secondi, altri, rapporto, mega, altri_mega, rapporto_mega = valori
    pagine = nostri[0].pagine
    return (
        f"{lunghezza:12} {pagine:6} | {secondi:15.2f} {altri:8.2f} {rapporto:8.2f} |"
        f" {mega:10.0f} {altri_mega:8.0f} {rapporto_mega:8.2f} | {secondi / pagine:8.3f}"
    )


if __name__ == "__main__":
    argomenti = argparse.ArgumentParser(description="Tempo e memoria dei documenti.")
    argomenti.add_argument("--giri", type=int, default=5)
    argomenti.add_argument("--uno", nargs=2, metavar=("MODO", "LUNGHEZZA"), help=argparse.SUPPRESS)
    scelti = argomenti.parse_args()
    if scelti.uno:
        print(json.dumps(asdict(misura(*scelti.uno))))
    else:
        confronta(scelti.giri)
