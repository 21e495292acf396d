"""``manage.py carica_dimostrazione``: invented evidence and demonstration accounts."""

import os
from typing import Any

from django.core.checks import Tags
from django.core.management.base import BaseCommand

from distretti.basi.italiano import elenco
from distretti.errori import ErroreDominio
from valutazione.dimostrazione import Caricata, carica_dimostrazione
from valutazione.management.comando import Rifiuto, righe_di
from valutazione.scheda.importa import ImportazioneRifiutata

VARIABILE = "DISTRETTI_DEMO_PASSWORD"


class Command(BaseCommand):
    help = (
        "Carica dati inventati e account dimostrativi e segna l'installazione come dimostrazione. Si rifiuta"
        f" se il database contiene già dati reali. La password viene da {VARIABILE}; se manca viene creata e"
        " scritta una volta sola."
    )
    requires_system_checks = [Tags.models]

    def handle(self, *args: Any, **opzioni: Any) -> None:
        try:
            caricata = carica_dimostrazione(password=os.environ.get(VARIABILE, ""))
        except ImportazioneRifiutata as rifiuto:
            raise Rifiuto(*righe_di(rifiuto.errori)) from rifiuto
        except ErroreDominio as errore:
            raise Rifiuto(errore.messaggio) from errore
        for riga in _riepilogo(caricata):
            self.stdout.write(riga)


def _riepilogo(caricata: Caricata) -> list[str]:
    righe = []
    if caricata.programmi:
        righe.append(f"Programmi dimostrativi: {elenco(caricata.programmi)}.")
    if caricata.evidenze:
        righe.append(f"Evidenze inventate: {caricata.evidenze}.")
    if caricata.account:
        righe.append(f"Account dimostrativi: {elenco(caricata.account)}.")
    if caricata.password:
        righe.append(f"Password degli account creati ora (non sarà più mostrata): {caricata.password}")
    return righe or ["Dimostrazione: c'era già tutto, niente da fare."]
