"""Schede as files: read with every fault told, written whole or not at all."""

import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from distretti.basi.lettore import Errore
from valutazione.scheda.errori import SchedaNonValida
from valutazione.scheda.lettura import leggi
from valutazione.scheda.testo import analizza

INGRESSO_STANDARD = "-"


def apri_documento(nome: str) -> dict[str, Any]:
    """The document of a file, for whoever reads the scheda afterwards; ``-`` is the standard input.

    Raises ``SchedaNonValida`` when it cannot be read (no file, not UTF-8, not strict JSON), with
    everything else that is wrong in it.
    """
    contenuto = _contenuto(nome)
    documento, difetti = analizza(contenuto)
    return leggi(contenuto)[0] if difetti else documento


def _contenuto(nome: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if nome == INGRESSO_STANDARD else Path(nome).read_bytes()
    except (OSError, ValueError) as errore:
        perche = errore.strerror if isinstance(errore, OSError) and errore.strerror else str(errore)
        raise SchedaNonValida([Errore("$", _illeggibile(errore, perche))]) from errore


def _illeggibile(errore: Exception, perche: str) -> str:
    if isinstance(errore, FileNotFoundError):
        return "il file non esiste"
    if isinstance(errore, IsADirectoryError):
        return "è una cartella, non un file"
    if isinstance(errore, PermissionError):
        return "il file non si può leggere: manca il permesso"
    return f"il file non si può leggere ({perche})"


def testo_di(documento: Any) -> str:
    """A document as it is written: UTF-8 text, indented by one, with its final newline."""
    return json.dumps(documento, ensure_ascii=False, indent=1) + "\n"


def scrivi_file(destinazione: Path, testo: str) -> None:
    """Write the file in one go: whoever reads it finds the old content or the new, never half of it.

    Raises ``OSError``; the old content is then still there.
    """
    maschera = os.umask(0)
    os.umask(maschera)
    descrittore, provvisorio = tempfile.mkstemp(dir=destinazione.parent, prefix=f".{destinazione.name}.")
    try:
        with os.fdopen(descrittore, "w", encoding="utf-8", newline="\n") as file:
            file.write(testo)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(provvisorio, 0o666 & ~maschera)
        os.replace(provvisorio, destinazione)
    except BaseException:
        Path(provvisorio).unlink(missing_ok=True)
        raise
