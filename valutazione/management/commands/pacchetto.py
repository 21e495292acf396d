"""``manage.py pacchetto``: what anyone needs to compute every percentage of a programme again."""

import re
from typing import Any

from django.core.checks import Tags
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from distretti.basi.italiano import il_giorno
from distretti.errori import ErroreDominio
from programmi.models import Programma
from valutazione.management.comando import Rifiuto, programma_da, righe_di, scrivi
from valutazione.risultati.lettura import PacchettoLetto, pacchetto_congelato, pacchetto_di_oggi
from valutazione.scheda.documenti import testo_di
from valutazione.scheda.errori import SchedaNonValida


class Command(BaseCommand):
    help = (
        "Scrive il pacchetto di un programma: la scheda in forma pubblica e il suo esito, da ricalcolare con"
        " docs/verificatore/verifica.py. È quello dell'ultimo risultato definito; se non ce n'è, quello di"
        " oggi. Quale sia, lo dice sull'errore standard."
    )
    requires_system_checks = [Tags.models]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("programma", metavar="PROGRAMMA", help="ad esempio dfa-alta-valsugana/2025")
        parser.add_argument("-o", "--output", metavar="FILE", help="scrive in un file, per intero o niente")
        parser.add_argument("--risultato", metavar="N", help="quello del risultato numero N")
        parser.add_argument("--oggi", action="store_true", help="quello di oggi, anche se c'è un risultato")

    def handle(self, *args: Any, **opzioni: Any) -> None:
        riferimento: str = opzioni["programma"]
        numero = _numero(opzioni["risultato"])
        if numero is not None and opzioni["oggi"]:
            raise Rifiuto("--risultato e --oggi non stanno insieme: si chiede l'uno o l'altro.")
        try:
            with transaction.atomic():
                letto = _letto(programma_da(riferimento), numero, oggi=opzioni["oggi"])
        except SchedaNonValida as non_valida:
            righe = righe_di((riferimento, errore) for errore in non_valida.errori)
            raise Rifiuto(*righe) from non_valida
        except ErroreDominio as errore:
            raise Rifiuto(errore.messaggio) from errore
        scrivi(self, testo_di(letto.pacchetto.documento), opzioni["output"])
        self.stderr.write(f"{riferimento}: {_quale(letto)}")


def _numero(scritto: str | None) -> int | None:
    if scritto is None:
        return None
    if not re.fullmatch("[1-9][0-9]{0,3}", scritto):
        raise Rifiuto(f"--risultato: «{scritto}» non è il numero di un risultato (1, 2, 3…).")
    return int(scritto)


def _letto(programma: Programma, numero: int | None, *, oggi: bool) -> PacchettoLetto:
    congelato = None if oggi else pacchetto_congelato(programma, numero)
    if congelato is not None:
        return congelato
    if numero is not None:
        raise Rifiuto(f"Il programma «{programma.riferimento}» non ha un risultato numero {numero}.")
    return pacchetto_di_oggi(programma)


def _quale(letto: PacchettoLetto) -> str:
    risultato = letto.risultato
    if risultato is None:
        return (
            "pacchetto di oggi, calcolato sulle evidenze registrate fino a ora: non è un risultato definito."
        )
    quando = il_giorno(risultato.passaggio.il)
    return f"pacchetto del risultato n. {risultato.numero}, definito {quando}."
