"""``manage.py conservazione``: the files of evidence that the authority's term no longer keeps."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from distretti.basi.italiano import al_giorno, conta
from valutazione.services.conservazione import Scaduto, cancella, scaduti, togli_resti


class Command(BaseCommand):
    help = (
        "Elenca i file delle evidenze che hanno superato il termine di conservazione stabilito"
        " dall'autorità per il loro anno; con --esegui ne cancella il contenuto. Del file restano"
        " dimensione, impronta, quando e perché è stato cancellato (il nome no, se conteneva dati"
        " personali); le percentuali non cambiano. Si può ripetere, anche dopo un'interruzione."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--esegui", action="store_true", help="cancella; senza, elenca soltanto")

    def handle(self, *args: Any, **opzioni: Any) -> None:
        tutti = scaduti(timezone.localdate())
        pronti = [scaduto for scaduto in tutti if not scaduto.in_verifica]
        for scaduto in tutti:
            self.stdout.write(self._riga(scaduto))
        if not opzioni["esegui"]:
            conto = conta(len(pronti), "file da cancellare", "file da cancellare")
            self.stdout.write(f"{conto}. Per farlo: --esegui." if pronti else "Nessun file da cancellare.")
            return
        resti = togli_resti()
        cancellati = sum(cancella(scaduto) for scaduto in pronti)
        if resti:
            self.stdout.write(f"Finita una cancellazione interrotta: {conta(resti, 'file', 'file')}.")
        self.stdout.write(conta(cancellati, "file cancellato.", "file cancellati."))

    @staticmethod
    def _riga(scaduto: Scaduto) -> str:
        """One line a file; a name that may be of a person does not end in the logs."""
        allegato, evidenza = scaduto.allegato, scaduto.allegato.evidenza
        dove = f"{scaduto.programma.riferimento}, {evidenza.codice}, allegato {allegato.ordine + 1}"
        attesa = "; aspetta che la chiusura dell'anno finisca" if scaduto.in_verifica else ""
        return f"{dove}: da conservare fino {al_giorno(scaduto.ultimo_giorno)}{attesa}"
