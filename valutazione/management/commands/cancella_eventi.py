"""``manage.py cancella_eventi``: erase what some events tell of persons; the chain still verifies."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from distretti.basi.italiano import conta
from distretti.errori import DatiNonValidi, StatoNonAmmesso
from distretti.models import Evento
from distretti.registro_eventi import cancella_dati
from valutazione.management.comando import Rifiuto


class Command(BaseCommand):
    help = (
        "Cancella ciò che gli eventi indicati raccontano: nomi, testi prima e dopo, motivi. Tutti o nessuno."
        " La catena regge, e ogni cancellazione è a sua volta un evento."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "eventi", nargs="+", type=int, metavar="NUMERO", help="il numero che si legge nella storia"
        )
        parser.add_argument("--motivo", required=True, help="perché si cancellano: resta nel registro")

    @transaction.atomic
    def handle(self, *args: Any, eventi: list[int], motivo: str, **opzioni: Any) -> None:
        numeri = sorted(set(eventi))
        trovati = {evento.numero: evento for evento in Evento.objects.filter(numero__in=numeri)}
        for numero in numeri:
            if numero not in trovati:
                raise Rifiuto(f"L'evento n. {numero} non esiste: nulla è cancellato.")
            try:
                cancella_dati(evento=trovati[numero], motivo=motivo)
            except (DatiNonValidi, StatoNonAmmesso) as errore:
                raise Rifiuto(f"{errore} Nulla è cancellato.") from errore
        quanti = conta(len(numeri), "evento", "eventi")
        self.stdout.write(f"Cancellati i dati di {quanti}; i salvataggi già fatti li contengono ancora.")
