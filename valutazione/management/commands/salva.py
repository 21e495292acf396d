"""``manage.py salva``: database and files in one archive, checked after it is written."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from distretti.salvataggio.salva import salva
from valutazione.management.salvataggio import esito, misure


class Command(BaseCommand):
    help = (
        "Scrive in un solo archivio il database, com'è in un istante, e i file che nomina, con le loro"
        " impronte SHA-256; poi lo rilegge. Il sito può restare in funzione. Esce con 2 se rifiuta (file"
        " perduti, archivio già presente), con 3 se l'archivio c'è ma incompleto."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("destinazione", type=Path, help="una cartella, o il file da scrivere")
        parser.add_argument(
            "--anche-incompleto",
            action="store_true",
            help="scrive l'archivio anche se mancano dei file, e li elenca",
        )

    def handle(self, *args: Any, **opzioni: Any) -> None:
        with esito("Salvataggio non riuscito"):
            fatto = salva(opzioni["destinazione"], anche_incompleto=opzioni["anche_incompleto"])
        self.stdout.write(f"Salvato in {fatto.file}: {misure(fatto.manifesto)}.")
        self.stdout.write(f"Impronta SHA-256 dell'archivio: {fatto.sha256}")
        if fatto.manifesto.mancanti:
            for nome in fatto.manifesto.mancanti:
                self.stderr.write(f"manca, o è alterato: {nome}")
            self.stderr.write("ATTENZIONE: l'archivio è incompleto.")
            raise SystemExit(3)
