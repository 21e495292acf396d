"""The memory and the first byte of the CSV of a whole list."""

import time
from dataclasses import dataclass
from http.client import HTTPConnection

from tests.bench.scrittura import dici
from tests.bench.server import Server, azzera_massimo, memoria
from tests.bench.vie import ANNO, VOCE

FILTRI = (f"&anno={ANNO}&classificazione={VOCE}", f"&anno={ANNO}", "")
"""About a thousand rows, ten thousand, all."""
CRESCITA_AMMESSA = 16 * 1024
"""Kilobytes that a worker may need to write a table, whatever its rows: flat, but for what it keeps ready."""


@dataclass(frozen=True, slots=True)
class Tabella:
    """One CSV: its size, its times in seconds, the kilobytes of the worker that wrote it."""

    righe: int
    megabyte: float
    primo_byte: float
    secondi: float
    prima: int
    massimo: int
    dopo: int


def misura(server: Server) -> bool:
    """Print what each CSV takes; is the memory flat?"""
    for filtro in FILTRI:  # a worker's first answers load modules and fill caches: they are not measured
        _scarica(server, filtro)
    tabelle = [_scarica(server, filtro) for filtro in FILTRI]
    dici("\n| righe CSV | MB | primo byte ms | secondi | RSS prima MB | massimo | dopo |")
    dici("|---|---|---|---|---|---|---|")
    for tabella in tabelle:
        memorie = " | ".join(
            f"{valore / 1024:.1f}" for valore in (tabella.prima, tabella.massimo, tabella.dopo)
        )
        dici(
            f"| {tabella.righe} | {tabella.megabyte:.1f} | {tabella.primo_byte * 1000:.0f}"
            f" | {tabella.secondi:.1f} | {memorie} |"
        )
    return all(t.massimo - t.prima <= CRESCITA_AMMESSA for t in tabelle)


def _scarica(server: Server, filtro: str) -> Tabella:
    """Read the whole CSV, keeping nothing of it."""
    connessione = HTTPConnection("127.0.0.1", server.porta, timeout=120)
    intestazioni = {
        "Host": "distretti.example.org",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-For": "192.0.2.1",
    }
    connessione.request("GET", "/nuda/vuota", headers=intestazioni)
    risposta = connessione.getresponse()
    risposta.read()
    processo = int(risposta.headers["X-Processo"])
    azzera_massimo(processo)
    prima, _ = memoria(processo)
    inizio = time.perf_counter()
    connessione.request("GET", f"/api/v1/progettualita?formato=csv{filtro}", headers=intestazioni)
    risposta = connessione.getresponse()
    if risposta.status != 200 or int(risposta.headers["X-Processo"]) != processo:
        raise RuntimeError(f"CSV: {risposta.status} {risposta.read(500)!r}")
    byte, righe, primo = 0, 0, 0.0
    while pezzo := risposta.read1(65536):
        primo = primo or time.perf_counter() - inizio
        byte += len(pezzo)
        righe += pezzo.count(b"\n")
    secondi = time.perf_counter() - inizio
    dopo, massimo = memoria(processo)
    connessione.close()
    return Tabella(righe - 1, byte / 1e6, primo, secondi, prima, massimo, dopo)
