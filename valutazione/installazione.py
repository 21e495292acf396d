"""What an installation is: where its base data are, and whether anyone has begun to use it."""

from pathlib import Path

from django.conf import settings

from distretti.models import Utente
from programmi.models import Programma
from valutazione.models import Evidenza
from valutazione.scheda.testo import Documento, leggi_testo


def fixtures() -> Path:
    """The folder of the data that come with the product."""
    return Path(settings.BASE_DIR) / "fixtures"


def programmi_di_base() -> list[Documento]:
    """The published programmes that ``carica_base`` loads, as documents."""
    return [leggi_testo(file.read_bytes()) for file in sorted((fixtures() / "programmi").glob("*.json"))]


def installazione_vuota() -> bool:
    """Nobody has an account, nothing is recorded, and no programme is there but those of ``carica_base``."""
    if Utente.objects.exists() or Evidenza.objects.exists():
        return False
    di_base = {(scheda["distretto"]["codice"], int(scheda["dal"][:4])) for scheda in programmi_di_base()}
    return all(
        programma in di_base for programma in Programma.objects.values_list("distretto__codice", "anno")
    )
