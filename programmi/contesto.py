"""What every template gets from the middle floor."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from distretti.models import Adesione
from programmi.models import Avviso, Programma


def aggiornamento(request: HttpRequest) -> dict[str, Any]:
    """``aggiornati_il``: the day on which what everyone may read last changed, None when there is nothing."""
    return {"aggiornati_il": SimpleLazyObject(_ultimo_giorno)}


def avvisi(request: HttpRequest) -> dict[str, Any]:
    """``avvisi_da_leggere``: how many notices who asks has not read, told in the head of every page."""
    return {"avvisi_da_leggere": SimpleLazyObject(lambda: _da_leggere(request))}


def _da_leggere(request: HttpRequest) -> int:
    return Avviso.objects.leggibili(request.user).da_leggere().count()


def _ultimo_giorno() -> date | None:
    programmi, adesioni = Programma.objects.filter(Programma.pubbliche), Adesione.objects.all()
    ultimi = (
        righe.order_by("-modificato_alle").values_list("modificato_alle", flat=True).first()
        for righe in (programmi, adesioni)
    )
    istanti = [istante for istante in ultimi if istante is not None]
    return timezone.localdate(max(istanti)) if istanti else None
