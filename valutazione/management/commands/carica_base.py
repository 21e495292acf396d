"""``manage.py carica_base``: the data every installation starts from."""

from typing import Any

from django.core.checks import Tags
from django.core.management.base import BaseCommand, CommandParser

from distretti.basi.italiano import elenco
from valutazione.dati_base import carica_base
from valutazione.management.comando import Rifiuto, righe_di
from valutazione.scheda.importa import ImportazioneRifiutata


class Command(BaseCommand):
    help = (
        "Carica autorità, strutture, distretti, marchi, schemi di classificazione, modelli annuali e il"
        " programma reale 2025 senza evidenze. Aggiunge quello che manca e non tocca quello che c'è già."
    )

    requires_system_checks = [Tags.models]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--senza-programmi", action="store_true", help="solo il registro, senza i programmi pubblicati"
        )

    def handle(self, *args: Any, **opzioni: Any) -> None:
        try:
            scritti = carica_base(senza_programmi=opzioni["senza_programmi"])
        except ImportazioneRifiutata as rifiuto:
            raise Rifiuto(*righe_di(rifiuto.errori)) from rifiuto
        if opzioni["verbosity"] >= 1:
            self.stdout.write(f"Dati di base: {_riepilogo(scritti)}.")


def _riepilogo(scritti: dict[str, int]) -> str:
    voci = [f"{nome} {quanti}" for nome, quanti in scritti.items() if quanti]
    return "aggiunti o aggiornati " + elenco(voci) if voci else "c'era già tutto, niente da fare"
