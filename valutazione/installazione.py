"""What an installation is: where its base data are, and whether anyone has begun to use it."""

from datetime import date
from pathlib import Path

from django.conf import settings

from distretti.dati_base import distretti_di_base
from distretti.models import Adesione, Distretto, Organizzazione, Utente
from programmi.models import Programma
from valutazione.models import Evidenza
from valutazione.scheda.testo import Documento, leggi_json


def fixtures() -> Path:
    """The folder of the data that come with the product."""
    return Path(settings.BASE_DIR) / "fixtures"


def programmi_di_base() -> list[Documento]:
    """The published programmes that ``carica_base`` loads, as documents."""
    return [leggi_json(file.read_bytes()) for file in sorted((fixtures() / "programmi").glob("*.json"))]


def installazione_vuota() -> bool:
    """Nobody has an account, nothing is recorded, and nothing is there but what ``carica_base`` loads."""
    if Utente.objects.exists() or Evidenza.objects.exists():
        return False
    schede = programmi_di_base()
    programmi = {(scheda["distretto"]["codice"], int(scheda["dal"][:4])) for scheda in schede}
    organizzazioni = {voce["codice"] for scheda in schede for voce in scheda["organizzazioni"]}
    adesioni = {
        (scheda["distretto"]["codice"], voce["organizzazione"], date.fromisoformat(voce["dal"]))
        for scheda in schede
        for voce in scheda["aderenti"]
    }
    return (
        programmi.issuperset(Programma.objects.values_list("distretto__codice", "anno"))
        and distretti_di_base(fixtures() / "registro").issuperset(
            Distretto.objects.values_list("codice", flat=True)
        )
        and organizzazioni.issuperset(Organizzazione.objects.values_list("codice", flat=True))
        and adesioni.issuperset(
            Adesione.objects.values_list("distretto__codice", "organizzazione__codice", "dal")
        )
    )
