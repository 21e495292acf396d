"""The scan of what is uploaded, where the settings ask for it: no file is kept without a verdict."""

import logging
from typing import IO

from django.conf import settings
from django.core.cache import cache

from distretti.basi.antivirus import Clamd, ClamdMuto
from distretti.basi.file_caricati import FileNonAmmesso

_registro = logging.getLogger(__name__)

ATTESA_STATO = 2.0
"""Seconds the page of the state of the site waits for the daemon."""

_RICORDA = 30
"""Seconds an answer about the daemon holds: the page of the state is open to all."""


def esamina(file: IO[bytes], *, nome: str) -> None:
    """Scan ``file``, left at its beginning. Does nothing where no scan is set.

    Raises FileNonAmmesso for an infected file, whose signature goes to the logs, and when there is no
    verdict: who uploads is told to try again, the logs why.
    """
    if settings.ANTIVIRUS is None:
        return
    try:
        firma = settings.ANTIVIRUS.esamina(file)
    except ClamdMuto as errore:
        _registro.error("File non esaminato: %s", errore)
        raise FileNonAmmesso(
            f"«{nome}»: in questo momento il controllo antivirus non risponde, e senza non si può accettare "
            "nessun file. Riprova fra qualche minuto: ciò che hai scritto resta."
        ) from errore
    finally:
        file.seek(0)
    if firma is not None:
        _registro.warning("File rifiutato, infetto: %s", firma)
        raise FileNonAmmesso(
            f"«{nome}»: il controllo antivirus lo dà per infetto. Non è stato conservato: controlla il "
            "computer da cui viene."
        )


def stato() -> str:
    """ "spento", "risponde", "non risponde": remembered for half a minute."""
    if settings.ANTIVIRUS is None:
        return "spento"
    breve = Clamd(settings.ANTIVIRUS.dove, ATTESA_STATO)
    risponde = cache.get_or_set("antivirus", breve.risponde, _RICORDA)
    return "risponde" if risponde else "non risponde"
