"""``manage.py esporta``: the scheda of a programme, to be imported elsewhere without loss."""

from typing import Any

from django.core.checks import Tags
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from valutazione.management.comando import Rifiuto, programma_da, righe_di, scrivi
from valutazione.scheda.da_database import documento_di
from valutazione.scheda.documenti import testo_di
from valutazione.scheda.errori import SchedaNonValida
from valutazione.scheda.lettura import leggi_scheda
from valutazione.scheda.pubblica import forma_pubblica


class Command(BaseCommand):
    help = "Scrive la scheda di un programma: importandola altrove si ottiene lo stesso programma."
    requires_system_checks = [Tags.models]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("programma", metavar="PROGRAMMA", help="ad esempio dfa-alta-valsugana/2025")
        parser.add_argument("--pubblica", action="store_true", help="la forma pubblica, senza dati personali")
        parser.add_argument("-o", "--output", metavar="FILE", help="scrive in un file, per intero o niente")

    def handle(self, *args: Any, **opzioni: Any) -> None:
        riferimento: str = opzioni["programma"]
        with transaction.atomic():
            documento = documento_di(programma_da(riferimento))
        try:
            if opzioni["pubblica"]:
                documento = forma_pubblica(documento)
            else:
                leggi_scheda(documento)
        except SchedaNonValida as non_valida:
            righe = righe_di((riferimento, errore) for errore in non_valida.errori)
            raise Rifiuto(*righe) from non_valida
        scrivi(self, testo_di(documento), opzioni["output"])
