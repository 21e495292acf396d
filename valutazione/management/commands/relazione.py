"""``manage.py relazione PROGRAMMA -o FILE``: the PDF of the evaluation (contract, "Commands")."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from distretti.basi.pdf import MotorePdfAssente
from distretti.errori import ErroreDominio
from programmi.models import Programma
from valutazione.relazione import relazione_pdf

ESITO_ERRORE = 2


class Command(BaseCommand):
    help = "Scrive il PDF della relazione di valutazione di un programma."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("programma", help="distretto e anno, per esempio dfa-alta-valsugana/2025")
        parser.add_argument("-o", "--output", required=True, metavar="FILE", help="il PDF da scrivere")

    def handle(self, *args: Any, programma: str, output: str, **options: Any) -> None:
        try:
            pdf = relazione_pdf(_programma(programma))
        except (MotorePdfAssente, ErroreDominio) as errore:
            raise CommandError(errore.messaggio, returncode=ESITO_ERRORE) from errore
        try:
            Path(output).write_bytes(pdf)
        except OSError as errore:
            raise CommandError(
                f"Non si può scrivere «{output}»: {errore.strerror}.", returncode=ESITO_ERRORE
            ) from errore
        if options["verbosity"]:
            self.stderr.write(f"Scritto {output} ({len(pdf)} byte).")


def _programma(riferimento: str) -> Programma:
    """The programme named ``dfa-alta-valsugana/2025``."""
    codice, _, anno = riferimento.rpartition("/")
    if not codice or not anno.isascii() or not anno.isdigit() or len(anno) > 4:
        raise CommandError(
            f"«{riferimento}» non è il nome di un programma: si scrive distretto/anno, per esempio "
            "dfa-alta-valsugana/2025.",
            returncode=ESITO_ERRORE,
        )
    programma = Programma.objects.per_elenco().filter(distretto__codice=codice, anno=int(anno)).first()
    if programma is None:
        raise CommandError(f"Il programma «{riferimento}» non esiste.", returncode=ESITO_ERRORE)
    return programma
