"""What every template gets from the middle floor."""

from datetime import date, datetime
from typing import Any

from django.db.models import Subquery
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from distretti.models import Adesione
from programmi.models import Programma


def aggiornamento(request: HttpRequest) -> dict[str, Any]:
    """``aggiornati_il``: the day on which what everyone may read last changed, None when there is nothing."""
    return {"aggiornati_il": SimpleLazyObject(_ultimo_giorno)}


def _ultimo_giorno() -> date | None:
    adesioni = Adesione.objects.order_by("-modificato_alle").values("modificato_alle")[:1]
    ultimo: tuple[datetime | None, ...] = (
        Programma.objects.filter(Programma.pubbliche)
        .order_by("-modificato_alle")
        .annotate(del_registro=Subquery(adesioni))
        .values_list("modificato_alle", "del_registro")
        .first()
    ) or ()
    istanti = [istante for istante in ultimo if istante is not None]
    return timezone.localdate(max(istanti)) if istanti else None
