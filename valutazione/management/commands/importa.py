"""``manage.py importa``: schede into the database, all or nothing."""

from typing import Any

from django.core.checks import Tags
from django.core.management.base import CommandParser
from django.db import transaction

from distretti.basi.italiano import elenco
from distretti.basi.lettore import Errore
from valutazione.management.comando import ComandoConFile, Rifiuto, righe_di
from valutazione.scheda.documenti import apri_documento
from valutazione.scheda.errori import SchedaNonValida
from valutazione.scheda.importa import (
    EsitoImportazione,
    Importato,
    ImportazioneRifiutata,
    importa_documenti,
)

_ESITI = {
    EsitoImportazione.CREATO: "programma importato",
    EsitoImportazione.SOSTITUITO: "bozza sostituita",
    EsitoImportazione.INVARIATO: "già presente e uguale, niente da cambiare",
}

SEGNATA = (
    "L'installazione era vuota e la scheda contiene dati inventati: da ora è segnata come dimostrazione,"
    " e ogni pagina lo dice."
)


class Command(ComandoConFile):
    help = (
        "Importa una o più schede programma: tutte o nessuna. Dopo un errore esce con stato 2 e non ha"
        " scritto niente."
    )
    requires_system_checks = [Tags.models]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="+", metavar="FILE", help="scheda programma")
        parser.add_argument(
            "--sostituisci", action="store_true", help="riscrive un programma diverso che è ancora in bozza"
        )

    def handle(self, *args: Any, **opzioni: Any) -> None:
        letti: list[tuple[str, dict[str, Any]]] = []
        errori: list[tuple[str, Errore]] = []
        for nome in opzioni["file"]:
            try:
                letti.append((nome, apri_documento(nome)))
            except SchedaNonValida as non_valida:
                errori += [(nome, errore) for errore in non_valida.errori]
        importati: list[Importato] = []
        with transaction.atomic():
            # The valid ones are tried even when others are not, so that every error is told at once.
            try:
                importati = importa_documenti(letti, sostituisci=opzioni["sostituisci"])
            except ImportazioneRifiutata as rifiuto:
                errori += rifiuto.errori
            if errori:
                errori.sort(key=lambda errore: opzioni["file"].index(errore[0]))
                raise Rifiuto(*righe_di(errori))
        if any(importato.installazione_segnata for importato in importati):
            self.stdout.write(SEGNATA)
        for importato in importati:
            for riga in _righe(importato):
                self.stdout.write(riga)


def _righe(importato: Importato) -> list[str]:
    righe = [f"{importato.nome}: {importato.riferimento}: {_ESITI[importato.esito]}."]
    if importato.distretto_nuovo:
        righe.append(f"  Nuovo distretto nel registro: {importato.distretto_nuovo}.")
    if importato.organizzazioni_nuove:
        righe.append(f"  Nuove organizzazioni nel registro: {elenco(importato.organizzazioni_nuove)}.")
    if importato.distretti_da_completare:
        codici = elenco(importato.distretti_da_completare)
        righe.append(f"  Distretti nuovi nel registro, da completare: {codici}.")
    if importato.conservato:
        righe.append(
            "  Il registro resta com'è; il programma conserva ciò che la sua scheda dice diversamente:"
        )
        righe += [f"    {differenza}" for differenza in importato.conservato]
    return righe
