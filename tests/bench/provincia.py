"""How long the percentages of a whole year take, next to the plain sums in SQL, and in how much memory.

``python -m tests.bench.provincia`` starts a temporary PostgreSQL, generates 1,000 programmes with 10,000
progettualità and 100,000 evidences of one year, and measures; with ``DATABASE_URL`` it uses that database
(an empty one, or one that ``tests.bench.genera --anni 2 --evidenze 100`` filled), SQLite too.
"""

import argparse
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import django

from tests.bench.genera import DatiGiaPresenti, prepara
from tests.bench.misure import Misure
from tests.bench.scrittura import annota, dici
from tests.bench.server import ambiente

MISURE = Misure(anni=2, evidenze=100)
RAPPORTO, MEMORIA, CRESCITA = 6.0, 300, 1.25
"""At most: times the sums in SQL; megabytes of the process; how far from linear (whole year / twice half)."""


@dataclass(frozen=True, slots=True)
class Giro:
    """Seconds, one after the other: sums in SQL, values of all, values of half the programmes."""

    somme: float
    valori: float
    meta: float


def secondi(lavoro: Callable[[], Any]) -> float:
    inizio = time.perf_counter()
    lavoro()
    return time.perf_counter() - inizio


def misura(anno: int, giri: int) -> list[Giro]:
    """``giri`` rounds over the programmes of ``anno``; the first, which fills the caches, is not kept."""
    from programmi.models import Programma
    from tests.bench.somme import somme_di
    from valutazione.provincia import valori_di

    tutti = Programma.objects.annuali().filter(anno=anno)
    chiavi = list(tutti.order_by("pk").values_list("pk", flat=True))
    meta = tutti.filter(pk__lte=chiavi[len(chiavi) // 2 - 1])
    fatti = []
    for giro in range(giri + 1):
        fatti.append(
            Giro(
                secondi(lambda: somme_di(anno)),
                secondi(lambda: _scorri(valori_di(tutti), len(chiavi))),
                secondi(lambda: _scorri(valori_di(meta), len(chiavi) // 2)),
            )
        )
        annota(f"giro {giro} di {giri}")
    return fatti[1:]


def _scorri(valori: Any, attesi: int) -> None:
    trovati = sum(1 for _, valore in valori if valore is not None)
    if trovati != attesi:
        raise RuntimeError(f"{trovati} programmi valutati, non {attesi}.")


def quante(anno: int) -> dict[str, int]:
    from programmi.models import Progettualita, Programma
    from valutazione.models import Evidenza, Imputazione

    return {
        "programmi": Programma.objects.annuali().filter(anno=anno).count(),
        "progettualità": Progettualita.objects.filter(programma__anno=anno).count(),
        "evidenze": Evidenza.objects.filter(programma__anno=anno).count(),
        "imputazioni": Imputazione.objects.filter(evidenza__programma__anno=anno).count(),
    }


def stampa(database: str, giri: Sequence[Giro]) -> bool:
    """The table of ``docs/prestazioni.md``; is everything within its limits?"""
    rapporto = statistics.median(giro.valori / giro.somme for giro in giri)
    crescita = statistics.median(giro.valori / (2 * giro.meta) for giro in giri)
    memoria = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    somme = statistics.median(giro.somme for giro in giri)
    valori = statistics.median(giro.valori for giro in giri)
    dici("\n| database | somme SQL | percentuali | rapporto | intero / due volte metà | memoria |")
    dici("|---|---|---|---|---|---|")
    dici(f"| {database} | {somme:.2f} s | {valori:.2f} s | {rapporto:.1f} | {crescita:.2f} | {memoria} MB |")
    return rapporto <= RAPPORTO and crescita <= CRESCITA and memoria <= MEMORIA


def principale(argomenti: Sequence[str]) -> int:
    lettore = argparse.ArgumentParser(prog="python -m tests.bench.provincia", description=__doc__)
    lettore.add_argument("--giri", type=int, default=7)
    lettore.add_argument("--distretti", type=int, default=MISURE.distretti)
    opzioni = lettore.parse_args(argomenti)
    if "DATABASE_URL" not in os.environ:
        comando = ["script/con-postgresql", sys.executable, "-m", "tests.bench.provincia", *argomenti]
        os.execv(comando[0], comando)  # noqa: S606
    with tempfile.TemporaryDirectory() as cartella:
        os.environ.update(ambiente(Path(cartella)))
        django.setup()
        from django.db import connection

        try:
            prepara(Misure(distretti=opzioni.distretti, anni=MISURE.anni, evidenze=MISURE.evidenze))
        except DatiGiaPresenti:
            annota("Il database contiene già dei dati: si misura su quelli.")
        dici(", ".join(f"{valore} {nome}" for nome, valore in quante(MISURE.anno_di_chiusura).items()))
        entro = stampa(connection.vendor, misura(MISURE.anno_di_chiusura, opzioni.giri))
    return 0 if entro else 1


if __name__ == "__main__":
    sys.exit(principale(sys.argv[1:]))
