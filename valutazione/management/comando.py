"""What the commands share: errors one a line on standard error, output in UTF-8 whatever the terminal."""

import io
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser, SystemCheckError

from distretti.basi.lettore import Errore
from programmi.edizione import Edizione
from programmi.models import Programma
from valutazione.scheda.documenti import scrivi_file


class ArgomentiMisti(CommandParser):
    """Options may stand anywhere: ``importa UNO --sostituisci DUE``."""

    def parse_args(self, args: Any = None, namespace: Any = None) -> Any:
        return self.parse_intermixed_args(args, namespace)


class ComandoConFile(BaseCommand):
    """A command whose argument is a list of files."""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.__class__ = ArgomentiMisti
        return parser


class Rifiuto(SystemCheckError):
    """The command refuses: exit status 2, the text on standard error as it is.

    A ``SystemCheckError`` because it is the one ``CommandError`` that Django writes without putting the
    name of the class in front: every line here is ``FILE: PATH: messaggio`` (contract).
    """

    def __init__(self, *righe: str) -> None:
        super().__init__("\n".join(righe), returncode=2)


def righe_di(errori: Iterable[tuple[str, Errore]]) -> list[str]:
    """The errors of several documents, as the contract writes them."""
    return [f"{nome}: {errore}" for nome, errore in errori]


def uscita_utf8() -> None:
    """Make standard output UTF-8: what is written there is a document, not a message."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")


def scrivi(comando: BaseCommand, testo: str, destinazione: str | None) -> None:
    """Write a document to a file, whole or not at all, else to standard output. Raises ``Rifiuto``."""
    if destinazione is None:
        uscita_utf8()
        comando.stdout.write(testo, ending="")
        return
    try:
        scrivi_file(Path(destinazione), testo)
    except OSError as errore:
        raise Rifiuto(f"{destinazione}: il file non si può scrivere ({errore.strerror}).") from errore


def programma_da(riferimento: str) -> Programma:
    """The programme a person names on the command line: ``dfa-alta-valsugana/2025``. Raises ``Rifiuto``."""
    codice, _, anno = riferimento.rpartition("/")
    edizione = Edizione.letta(anno)
    if codice and edizione is not None and edizione.variazione:
        raise Rifiuto(
            f"«{riferimento}» è una variazione: evidenze, valutazione e scheda sono del programma che cambia,"
            f" {codice}/{int(edizione)}."
        )
    if not (codice and re.fullmatch("[0-9]{1,4}", anno)):
        raise Rifiuto(
            f"«{riferimento}» non è un programma: si scrive il codice del distretto, una barra e l'anno,"
            " ad esempio dfa-alta-valsugana/2025."
        )
    programmi = Programma.objects.annuali().select_related("distretto__autorita")
    programma = programmi.filter(distretto__codice=codice, anno=int(anno)).first()
    if programma is None:
        raise Rifiuto(f"Il programma «{riferimento}» non esiste.")
    return programma
