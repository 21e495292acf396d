"""Reads of the register that several pages share."""

from datetime import date

from django.db.models import Prefetch, QuerySet

from distretti.models import Adesione, Certificazione, Distretto


def aderenti_alla_data(distretto: Distretto, giorno: date) -> QuerySet[Adesione]:
    """The members of ``distretto`` on ``giorno``, each with the marks it held on that day.

    The marks are in ``adesione.organizzazione.marchi_validi``; two queries in all.
    """
    validi = Certificazione.objects.alla_data(giorno).select_related("marchio").order_by("marchio__codice")
    return (
        distretto.adesioni.alla_data(giorno)
        .select_related("organizzazione")
        .prefetch_related(
            Prefetch("organizzazione__certificazioni", queryset=validi, to_attr="marchi_validi")
        )
        .order_by("ordine", "organizzazione__denominazione")
    )
