"""``manage.py ripristina``: an archive of ``salva`` back into this installation, all of it or nothing."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from distretti.salvataggio.ripristina import esamina, ripristina
from valutazione.management.salvataggio import esito, misure


class Command(BaseCommand):
    help = (
        "Rimette database e file di un archivio fatto con «salva». Prima di toccare qualcosa controlla ogni"
        " impronta; poi tutto o niente. Fermare prima il servizio. Esce con 2 se rifiuta: archivio guasto,"
        " di una versione più nuova o di un altro tipo di database, installazione non vuota."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("archivio", type=Path)
        parser.add_argument(
            "--sostituisci",
            action="store_true",
            help="perde i dati che ci sono, e rimette quelli dell'archivio",
        )
        parser.add_argument(
            "--prova",
            action="store_true",
            help="controlla che l'archivio sia intero e adatto, e non tocca nulla",
        )

    def handle(self, *args: Any, **opzioni: Any) -> None:
        archivio: Path = opzioni["archivio"]
        if opzioni["prova"]:
            with esito("Controllo non riuscito"):
                manifesto = esamina(archivio)
            self.stdout.write(f"L'archivio è intero ({misure(manifesto)}). Nulla è stato toccato.")
            self._mancanti(manifesto.mancanti)
            return
        with esito("Ripristino non riuscito, nulla è cambiato"):
            fatto = ripristina(archivio, sostituisci=opzioni["sostituisci"])
        manifesto = fatto.manifesto
        self.stdout.write(f"Ripristinato da {archivio}: {misure(manifesto)}.")
        self.stdout.write(
            f"File scritti: {fatto.nuovi}; già al loro posto: {len(manifesto.file) - fatto.nuovi}."
        )
        self._mancanti(manifesto.mancanti)
        if fatto.da_migrare:
            self.stdout.write(
                f"L'archivio è della versione {manifesto.versione}: eseguire «manage.py migrate» prima di"
                " riavviare il servizio."
            )

    def _mancanti(self, nomi: list[str]) -> None:
        for nome in nomi:
            self.stderr.write(f"Mancava, o era alterato, già nel salvataggio: {nome}")
