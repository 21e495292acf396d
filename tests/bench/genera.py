"""Fills a database with invented programmes in bulk: ``python -m tests.bench.genera [--distretti 1000] …``.

The database is the one of ``DATABASE_URL``, already migrated; the base data (``carica_base``) are loaded
when they are not there, and the installation is marked as a demonstration: it must not hold anything else.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable
from dataclasses import fields

import django

from tests.bench.misure import Misure
from tests.bench.scrittura import annota

BLOCCO = 20
"""Districts written together: a few thousand rows in memory, whatever the total."""


def genera(
    misure: Misure,
    avanzamento: Callable[[int], None] = lambda fatti: None,
    *,
    semplici: bool = False,
) -> None:
    """Write the rows of these measures; ``avanzamento`` is told how many districts are done.

    ``semplici``: with rules and evidence of one simple kind (``tests.bench.evidenze``).

    Raises ``DatiGiaPresenti`` when there are generated rows already.
    """
    # Imported here: the models need ``django.setup()``, and the command reads its arguments first.
    from django.db import transaction

    from distretti.models import Distretto
    from programmi.models import StatoProgramma
    from tests.bench import evidenze, promessa, registro

    if Distretto.objects.filter(codice__startswith=registro.PREFISSO).exists():
        raise DatiGiaPresenti("Ci sono già righe generate: usare un database nuovo.")
    basi = promessa.leggi_basi()
    with transaction.atomic():
        organizzazioni = registro.crea_organizzazioni(misure)
    for primo in range(1, misure.distretti + 1, BLOCCO):
        numeri = range(primo, min(primo + BLOCCO, misure.distretti + 1))
        with transaction.atomic():
            distretti = registro.crea_distretti(misure, basi.modello.autorita, numeri)
            aderenti = registro.crea_adesioni(misure, distretti, organizzazioni)
            programmi = promessa.crea_programmi(misure, distretti)
            promessa.crea_promesse(misure, basi, programmi, aderenti)
            promessa.crea_passaggi(programmi)
            if misure.evidenze:
                chiusi = [p for p in programmi if p.anno == misure.anno_di_chiusura]
                approvati = [p for p in chiusi if p.stato == StatoProgramma.APPROVATO]
                evidenze.crea_evidenze(misure, approvati, semplici=semplici)
        avanzamento(numeri[-1])


class DatiGiaPresenti(Exception):
    """The database already holds generated rows."""


def prepara(misure: Misure) -> None:
    """Migrate, load the base data, generate, and let the database count its rows."""
    from django.core.management import call_command
    from django.db import connection

    from distretti.models import Installazione
    from valutazione.dati_base import carica_base
    from valutazione.installazione import installazione_vuota

    call_command("migrate", verbosity=0)
    if not installazione_vuota():
        raise DatiGiaPresenti("Il database contiene già dati: usarne uno nuovo.")
    carica_base()
    Installazione.objects.update_or_create(id=1, defaults={"dimostrazione": True})
    inizio = time.monotonic()

    def avanzamento(fatti: int) -> None:
        secondi = time.monotonic() - inizio
        annota(f"\r{fatti} distretti di {misure.distretti} ({secondi:.0f} s)", fine="")

    genera(misure, avanzamento)
    annota("")
    with connection.cursor() as cursore:
        cursore.execute("ANALYZE")


def leggi_misure(argomenti: list[str]) -> Misure:
    """The measures that the command line asks for."""
    lettore = argparse.ArgumentParser(
        prog="python -m tests.bench.genera", description="Genera dati di prova."
    )
    for campo in fields(Misure):
        lettore.add_argument(f"--{campo.name.replace('_', '-')}", type=int, default=campo.default)
    try:
        return Misure(**vars(lettore.parse_args(argomenti)))
    except ValueError as errore:
        lettore.error(str(errore))


if __name__ == "__main__":
    richieste = leggi_misure(sys.argv[1:])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    try:
        prepara(richieste)
    except DatiGiaPresenti as errore:
        sys.exit(str(errore))
