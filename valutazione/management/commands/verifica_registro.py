"""``manage.py verifica_registro``: nothing that was frozen has changed, and the chain of events is whole."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection

from distretti.basi.istante import un_istante
from distretti.basi.italiano import conta
from distretti.congelamento import mancanti
from distretti.errori import DatiNonValidi
from distretti.models import Evento
from distretti.registro_eventi import (
    Anello,
    alterazioni_dalla_testa,
    alterazioni_della_catena,
    ultimo_anello,
)
from programmi.models import Versione
from programmi.verifica_versioni import (
    alterazioni_dei_passaggi,
    alterazioni_dei_programmi,
    alterazioni_delle_versioni,
)
from valutazione.autovalutazione.congelamento import alterazioni_delle_autovalutazioni
from valutazione.chiusura.verifica import alterazioni_delle_chiusure
from valutazione.management.comando import Rifiuto
from valutazione.models import Risultato
from valutazione.risultati.verifica import alterazioni_dei_risultati


class Command(BaseCommand):
    help = (
        "Ricalcola la catena degli eventi, le impronte delle versioni congelate e ogni percentuale dei"
        " risultati, e confronta i programmi approvati con la loro ultima versione. Dice che cosa è alterato"
        " ed esce con 1."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--testa",
            action="store_true",
            help="se tutto è in ordine, scrive soltanto la testa della catena (JSON), da conservare altrove",
        )
        parser.add_argument(
            "--contro",
            metavar="FILE",
            type=Path,
            help="una testa esportata prima: deve essere ancora nella catena",
        )

    def handle(self, *args: Any, testa: bool, contro: Path | None, **opzioni: Any) -> None:
        esportata = None if contro is None else _testa_di(contro)
        with un_istante():  # what is written meanwhile is not an alteration
            self._verifica(esportata, testa)

    def _verifica(self, esportata: Anello | None, testa: bool) -> None:
        trovate = 0
        for alterazione in _alterazioni(esportata):
            trovate += 1
            self.stderr.write(alterazione)
        if trovate:
            self.stderr.write(f"{conta(trovate, 'alterazione trovata', 'alterazioni trovate')}.")
            raise SystemExit(1)
        attuale = ultimo_anello()
        if testa:
            if attuale is None:
                raise Rifiuto("Il registro è ancora vuoto: non c'è una testa da esportare.")
            self.stdout.write(attuale.in_json())
            return
        eventi = conta(Evento.objects.count(), "evento", "eventi")
        versioni = conta(Versione.objects.count(), "versione congelata", "versioni congelate")
        risultati = conta(Risultato.objects.count(), "risultato", "risultati")
        self.stdout.write(f"Registro in ordine: {eventi}, {versioni} e {risultati}, nessuna alterazione.")


def _alterazioni(esportata: Anello | None) -> Iterator[str]:
    senza = (
        f"Le righe di «{modello._meta.db_table}» si possono cambiare: manca il trigger «{nome}»"
        " (lo rimette «manage.py migrate»)."
        for modello, nome in mancanti(connection)
    )
    dalla_testa = () if esportata is None else alterazioni_dalla_testa(esportata)
    return chain(
        alterazioni_della_catena(),
        dalla_testa,
        alterazioni_delle_versioni(),
        alterazioni_dei_programmi(),
        alterazioni_dei_passaggi(),
        alterazioni_delle_autovalutazioni(),
        alterazioni_delle_chiusure(),
        alterazioni_dei_risultati(),
        senza,
    )


def _testa_di(file: Path) -> Anello:
    try:
        return Anello.da_json(file.read_text(encoding="utf-8"))
    except OSError as errore:
        raise Rifiuto(f"Il file «{file}» non si può leggere: {errore.strerror}.") from errore
    except (DatiNonValidi, UnicodeDecodeError) as errore:
        raise Rifiuto(f"{file}: non è la testa di un registro, come la scrive --testa.") from errore
