"""``manage.py relazione``: the PDF of the evaluation of a programme."""

from pathlib import Path
from typing import Any

from django.core.checks import Tags
from django.core.management.base import BaseCommand, CommandParser

from distretti.basi.pdf import MotorePdfAssente
from distretti.errori import ErroreDominio
from valutazione.forms.relazione import EstremiForm
from valutazione.management.comando import Rifiuto, programma_da
from valutazione.relazione import Estremi, relazione_pdf


class Command(BaseCommand):
    help = "Scrive il PDF della relazione di valutazione di un programma."
    requires_system_checks = [Tags.models]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("programma", metavar="PROGRAMMA", help="ad esempio dfa-alta-valsugana/2025")
        parser.add_argument("-o", "--output", metavar="FILE", required=True, help="il PDF da scrivere")
        parser.add_argument("--numero", help="numero dell'atto, con --data e --riferimento")
        parser.add_argument("--data", metavar="AAAA-MM-GG", help="data dell'atto")
        parser.add_argument("--riferimento", help="riferimento dell'atto")

    def handle(self, *args: Any, **opzioni: Any) -> None:
        programma = programma_da(opzioni["programma"])
        destinazione: str = opzioni["output"]
        estremi = _estremi(opzioni)
        try:
            pdf = relazione_pdf(programma, estremi=estremi)
        except (MotorePdfAssente, ErroreDominio) as errore:
            raise Rifiuto(errore.messaggio) from errore
        try:
            Path(destinazione).write_bytes(pdf)
        except OSError as errore:
            raise Rifiuto(f"{destinazione}: il file non si può scrivere ({errore.strerror}).") from errore


def _estremi(opzioni: dict[str, Any]) -> Estremi | None:
    """Number, date and reference: all of them or none. Raises ``Rifiuto`` when one is missing or wrong."""
    form = EstremiForm.da(opzioni)
    if form is None:
        return None
    if not form.is_valid():
        raise Rifiuto(*(f"--{campo}: {' '.join(map(str, errori))}" for campo, errori in form.errors.items()))
    return form.estremi
