"""``manage.py controlla_file``: every stored file is there, and is what it was when it was received."""

from typing import Any

from django.core.management.base import BaseCommand

from distretti.salvataggio.salva import file_guasti
from valutazione.management.salvataggio import esito


class Command(BaseCommand):
    help = (
        "Rilegge ogni file che il database nomina e ne confronta l'impronta SHA-256."
        " Esce con 2 e li elenca se qualcuno manca o è alterato."
    )
    requires_system_checks = []

    def handle(self, *args: Any, **opzioni: Any) -> None:
        with esito("Controllo non riuscito"):
            quanti, guasti = file_guasti()
        for nome in guasti:
            self.stderr.write(f"manca, o è alterato: {nome}")
        self.stdout.write(f"File controllati: {quanti}; guasti: {len(guasti)}.")
        if guasti:
            raise SystemExit(2)
