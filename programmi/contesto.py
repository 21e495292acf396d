"""What every template gets from the middle floor."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from distretti.models import Adesione
from programmi.models import Programma


def aggiornamento(request: HttpRequest) -> dict[str, Any]:
    """``aggiornati_il``: the day on which what everyone may read last changed, None when there is nothing."""
    return {"aggiornati_il": SimpleLazyObject(_ultimo_giorno)}


def _ultimo_giorno() -> date | None:
    programmi, adesioni = Programma.objects.filter(Programma.pubbliche), Adesione.objects.all()
    ultimi = (
        righe.order_by("-modificato_alle").values_list("modificato_alle", flat=True).first()
        for righe in (programmi, adesioni)
    )
    istanti = [istante for istante in ultimi if istante is not None]
    return timezone.localdate(max(istanti)) if istanti else None
