"""The environment, typed: each reader gives a value of its kind or refuses in words what is not one.

``NOME_FILE`` may name a file that holds the value of ``NOME`` (a systemd credential, a container secret);
an empty value is a missing one. No message repeats a value that may hold a password.
The table of every variable is in ``docs/esercizio.md``, kept true by a test.
"""

import os
import re
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import SplitResult, urlsplit

from django.core.exceptions import ImproperlyConfigured

T = TypeVar("T")


def rifiuta(nome: str, perche: str) -> ImproperlyConfigured:
    """The refusal of a variable, to be raised: its name and what is wrong with it."""
    return ImproperlyConfigured(f"{nome}: {perche}")


def testo(nome: str, predefinito: str | None) -> str:
    """The text of a variable; when ``predefinito`` is None it is compulsory."""
    custodito = os.environ.get(f"{nome}_FILE", "")
    if custodito:
        try:
            valore = Path(custodito).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeError) as errore:
            raise rifiuta(f"{nome}_FILE", f"il file «{custodito}» non si legge.") from errore
    else:
        valore = os.environ.get(nome, "").strip()
    if valore:
        return valore
    if predefinito is None:
        raise rifiuta(nome, "manca, e qui è obbligatoria.")
    return predefinito


def pagina_web(nome: str) -> str:
    """An ``https://`` address, empty when there is none."""
    valore = testo(nome, "")
    if valore and not re.fullmatch(r"https://[^\s/]+\S*", valore):
        raise rifiuta(nome, "un indirizzo https://.")
    return valore


def intero(nome: str, predefinito: int, *, minimo: int, massimo: int) -> int:
    """A whole number between ``minimo`` and ``massimo``, both included."""
    valore = testo(nome, str(predefinito))
    if not re.fullmatch("[0-9]{1,9}", valore) or not minimo <= int(valore) <= massimo:
        raise rifiuta(nome, f"«{valore}» non è un numero intero da {minimo} a {massimo}.")
    return int(valore)


def scelta(nome: str, ammessi: Sequence[str], predefinito: str) -> str:
    """One of ``ammessi``."""
    valore = testo(nome, predefinito)
    if valore not in ammessi:
        raise rifiuta(nome, f"«{valore}» non è {', '.join(ammessi[:-1])} o {ammessi[-1]}.")
    return valore


def elenco(nome: str, predefinito: Sequence[str] | None, *, forma: str, che_cosa: str) -> list[str]:
    """Items divided by commas, each wholly of the regular expression ``forma``."""
    voci = [voce.strip() for voce in testo(nome, None if predefinito is None else "").split(",")]
    voci = [voce for voce in voci if voce] or list(predefinito or ())
    for voce in voci:
        if not re.fullmatch(forma, voce):
            raise rifiuta(nome, f"«{voce}» non è {che_cosa}.")
    if not voci and predefinito is None:
        raise rifiuta(nome, "manca, e qui è obbligatoria.")
    return voci


def cartella(nome: str, predefinita: Path) -> Path:
    """A folder, made when it is not there yet. A relative path starts where the program was started."""
    percorso = Path(testo(nome, str(predefinita))).absolute()
    try:
        percorso.mkdir(parents=True, exist_ok=True)
    except OSError as errore:
        motivo = errore.strerror or str(errore)
        raise rifiuta(nome, f"la cartella «{percorso}» non si può creare ({motivo}).") from errore
    return percorso


def parti(nome: str, indirizzo: str, schemi: Collection[str], che_cosa: str) -> SplitResult:
    """The parts of an address that may hold a password: never repeated in the refusal."""
    try:
        divise = urlsplit(indirizzo)
        _ = divise.port
    except ValueError as errore:
        raise rifiuta(nome, "l'indirizzo non è scritto bene: controllare host e porta.") from errore
    if divise.scheme not in schemi:
        raise rifiuta(nome, f"{che_cosa}.")
    return divise


def configurazione(nome: str, leggi: Callable[[str], dict[str, Any]], indirizzo: str) -> dict[str, Any]:
    """What one of django-environ's readers makes of an address, or the refusal in our words."""
    try:
        return leggi(indirizzo)
    except (ValueError, ImproperlyConfigured) as errore:
        raise rifiuta(nome, "l'indirizzo non è scritto bene.") from errore
