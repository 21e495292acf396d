"""``manage.py congela``: a frozen version of the programmes approved before the versions existed."""

from typing import Any

from django.core.management.base import BaseCommand

from programmi.versioni_congelate import congela_mancanti


class Command(BaseCommand):
    help = "Congela i programmi approvati o trasmessi che non hanno ancora una versione. Si può ripetere."

    def handle(self, *argomenti: Any, **opzioni: Any) -> None:
        congelate = congela_mancanti()
        for versione in congelate:
            self.stdout.write(f"{versione.programma.riferimento}: {versione}, sha256 {versione.sha256}")
        if not congelate and opzioni["verbosity"]:
            self.stdout.write("Nessun programma da congelare: ogni versione c'è già.")
