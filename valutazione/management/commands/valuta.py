"""``manage.py valuta``: offline evaluation of schede. Touches no database."""

import json
from typing import Any

from django.core.management.base import CommandParser

from distretti.basi.lettore import Errore
from valutazione.kernel.scrittura import valuta_documento
from valutazione.management.comando import ComandoConFile, Rifiuto, righe_di, uscita_utf8
from valutazione.scheda.documenti import INGRESSO_STANDARD, apri_documento, testo_di
from valutazione.scheda.errori import SchedaNonValida


class Command(ComandoConFile):
    help = (
        "Valuta una o più schede programma senza usare il database. Con più file scrive un oggetto JSON per"
        " riga, nell'ordine dei file; se anche uno solo non è valido non scrive niente ed esce con stato 2."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="+", metavar="FILE", help="scheda programma; - legge l'ingresso")

    def handle(self, *args: Any, **opzioni: Any) -> None:
        nomi: list[str] = opzioni["file"]
        if nomi.count(INGRESSO_STANDARD) > 1:
            raise Rifiuto(f"{INGRESSO_STANDARD}: $: l'ingresso si può leggere una volta sola")
        esiti: list[dict[str, Any]] = []
        errori: list[tuple[str, Errore]] = []
        for nome in nomi:
            try:
                esiti.append(valuta_documento(apri_documento(nome)))
            except SchedaNonValida as non_valida:
                errori += [(nome, errore) for errore in non_valida.errori]
        if errori:
            raise Rifiuto(*righe_di(errori))
        uscita_utf8()
        if len(esiti) == 1:
            self.stdout.write(testo_di(esiti[0]), ending="")
            return
        for esito in esiti:
            self.stdout.write(json.dumps(esito, ensure_ascii=False))
