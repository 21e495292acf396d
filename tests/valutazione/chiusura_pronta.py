"""L'anno portato a un passo della chiusura, per i servizi veri."""

from datetime import date
from typing import Any
from unittest import mock

from django.utils import timezone

from distretti.models import Utente
from programmi.models import Programma
from tests.conftest import Persone
from valutazione.autovalutazione.commenti import Scritto, impronta_commento, salva_commenti
from valutazione.chiusura import compi
from valutazione.models import AzioneChiusura, Imputazione, ParametriChiusura, PassaggioChiusura

_A = AzioneChiusura
NON_VALUTATE = ("obb.9", "P8", "P9", "P10")
"""Of the real programme of 2025."""
GIORNI = 15


def il_giorno(giorno: date) -> Any:
    """A context in which today is ``giorno``."""
    return mock.patch("django.utils.timezone.localdate", return_value=giorno)


def commenta(programma: Programma, utente: Utente, *azioni: str, testo: str = "Un anno pieno.") -> None:
    """Write the same comment to ``azioni`` (default: those that must have one)."""
    scritti = {azione: Scritto(testo, impronta_commento("")) for azione in azioni or NON_VALUTATE}
    salva_commenti(programma=programma, utente=utente, scritti=scritti)


def trasmessa(programma: Programma, persone: Persone) -> PassaggioChiusura:
    commenta(programma, persone.manager)
    return compi(_A.TRASMISSIONE_AUTOVALUTAZIONE, programma=programma, utente=persone.manager)


def verificata(programma: Programma, persone: Persone) -> PassaggioChiusura:
    """Everything accepted, the verification concluded today: ``GIORNI`` for the replies."""
    trasmessa(programma, persone)
    ParametriChiusura.objects.get_or_create(
        autorita=programma.distretto.autorita,
        anno=programma.anno,
        defaults={"giorni_replica": GIORNI, "fonte": "Prova"},
    )
    accogli_tutto(programma, persone)
    return compi(_A.CONCLUSIONE_VERIFICA, programma=programma, utente=persone.verificatore)


def accogli_tutto(programma: Programma, persone: Persone) -> None:
    Imputazione.objects.filter(evidenza__programma=programma).update(
        stato="accolta", verificata_da=persone.verificatore, verificata_alle=timezone.now()
    )
