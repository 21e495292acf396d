"""How fast the lists of the API are, next to simpler ways of giving the same rows, in one interleaved run.

``python -m tests.bench.api`` starts a temporary PostgreSQL, generates the rows and measures;
with ``DATABASE_URL`` it uses that database (an empty one, or one that ``tests.bench.genera`` filled).
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django

from tests.bench import tabella
from tests.bench.carico import Connessione, carica
from tests.bench.genera import DatiGiaPresenti, prepara
from tests.bench.misure import Misure
from tests.bench.scrittura import annota, dici
from tests.bench.server import Server, acceso, ambiente, figli, padre, usato
from tests.bench.vie import FILTRI, Via, rapporti, vie

PER_PROCESSO = 4
"""Connections to each worker: one for each of its threads."""
RIGHE_PRIMA = 90_000


def misura(server: Server, elenco: Sequence[Via], giri: int, secondi: float) -> None:
    """Load every way in turn, ``giri`` times over."""
    connessioni = server.connessioni(PER_PROCESSO)
    lavoratori = server.processi(connessioni)
    database = padre_del_database()
    for via in elenco:
        carica(connessioni, via.percorso, min(1.0, secondi))
    for giro in range(giri):
        for via in elenco:
            prima = usato(lavoratori), usato(figli(database))
            esito = carica(connessioni, via.percorso, secondi)
            dopo = usato(lavoratori), usato(figli(database))
            if set(esito.stati) != {200}:
                raise RuntimeError(f"{via.percorso}: {dict(esito.stati)}")
            usati = [(b - a) / esito.richieste * 1000 for a, b in zip(prima, dopo, strict=True)]
            via.al_secondo.append(esito.al_secondo)
            via.processore.append(usati[0])
            via.database.append(usati[1])
        annota(f"giro {giro + 1} di {giri}")
    for connessione in connessioni:
        connessione.chiudi()


def padre_del_database() -> int | None:
    """The process that all those of PostgreSQL come from; None with SQLite."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursore:
        cursore.execute("SELECT pg_backend_pid()")
        (mio,) = cursore.fetchone()
    connection.close()
    return padre(mio)


def pagina_profonda(connessione: Connessione) -> str:
    """The address of the page after ``RIGHE_PRIMA`` rows, found as a client does: page after page."""
    percorso, lette = "/api/v1/progettualita?limit=100", 0
    while lette < RIGHE_PRIMA:
        pagina = corpo(connessione, percorso)
        lette += len(pagina["items"])
        if pagina["successivo"] is None:
            break
        parti = urlsplit(pagina["successivo"])
        percorso = f"{parti.path}?{parti.query}"
    annota(f"pagina profonda dopo {lette} righe")
    return percorso.replace("limit=100", "limit=50")


def corpo(connessione: Connessione, percorso: str) -> Any:
    risposta = connessione.chiedi(percorso)
    if risposta.stato != 200:
        raise RuntimeError(f"{percorso}: {risposta.stato} {risposta.corpo[:500]!r}")
    return json.loads(risposta.corpo)


def controlla(connessione: Connessione, *, con_nuda: bool) -> None:
    """The ways that are compared give the same rows; raises RuntimeError when they do not."""
    for filtro in FILTRI.values():
        nostra = corpo(connessione, f"/api/v1/progettualita?{filtro}")
        if len(nostra["items"]) != 50:
            raise RuntimeError(f"{filtro}: {len(nostra['items'])} righe, non 50.")
        ordinaria = corpo(connessione, f"/ordinaria/progettualita?{filtro}")["results"]
        if [riga["href"] for riga in ordinaria] != [riga["href"] for riga in nostra["items"]]:
            raise RuntimeError(f"{filtro}: la vista ordinaria dà altre righe.")
        if con_nuda and corpo(connessione, f"/nuda/progettualita?{filtro}") != nostra:
            raise RuntimeError(f"{filtro}: la vista nuda dà altro.")


def stampa(elenco: Sequence[Via]) -> bool:
    """The tables of ``docs/prestazioni.md``; is every ratio reached?"""
    dici("\n| via | che cosa | richieste/s | CPU Python ms | CPU PostgreSQL ms |\n|---|---|---|---|---|")
    for via in elenco:
        dici(
            f"| {via.chi} | {via.che_cosa} | {via.mediana:.0f} | {min(via.processore):.2f}"
            f" | {min(via.database):.2f} |"
        )
    dici("\n| rapporto | misurato | almeno | |\n|---|---|---|---|")
    trovati = rapporti(elenco)
    for rapporto in trovati:
        esito = "raggiunto" if rapporto.raggiunto else "NON raggiunto"
        dici(f"| {rapporto.che_cosa} | {rapporto.valore:.2f} | {rapporto.almeno} | {esito} |")
    return all(rapporto.raggiunto for rapporto in trovati)


def principale(argomenti: Sequence[str]) -> int:
    lettore = argparse.ArgumentParser(prog="python -m tests.bench.api", description=__doc__)
    lettore.add_argument("--giri", type=int, default=7)
    lettore.add_argument("--secondi", type=float, default=3.0, help="di ogni via, in ogni giro")
    lettore.add_argument("--distretti", type=int, default=1000)
    opzioni = lettore.parse_args(argomenti)
    if "DATABASE_URL" not in os.environ:
        comando = ["script/con-postgresql", sys.executable, "-m", "tests.bench.api", *argomenti]
        os.execv(comando[0], comando)  # noqa: S606
    with tempfile.TemporaryDirectory() as cartella:
        os.environ.update(ambiente(Path(cartella)))
        django.setup()
        from django.db import connection

        try:
            prepara(Misure(distretti=opzioni.distretti))
        except DatiGiaPresenti:
            annota("Il database contiene già dei dati: si misura su quelli.")
        con_nuda = connection.vendor == "postgresql"
        with acceso(Path(cartella)) as server:
            connessione = Connessione(server.porta)
            controlla(connessione, con_nuda=con_nuda)
            elenco = vie(pagina_profonda(connessione), con_nuda=con_nuda)
            misura(server, elenco, opzioni.giri, opzioni.secondi)
        raggiunti = stampa(elenco)
        with acceso(Path(cartella)) as server:
            raggiunti &= tabella.misura(server)
    return 0 if raggiunti else 1


if __name__ == "__main__":
    sys.exit(principale(sys.argv[1:]))
