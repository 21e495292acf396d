"""Reads of the register that several pages share."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from distretti.models import Adesione, Certificazione, Distretto, Incarico, Organizzazione
from distretti.models.distretto import DistrettoQuerySet


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


def come_erano(distretti: Iterable[Distretto]) -> list[Distretto]:
    """Districts read with ``alla_data``, in the words of that day: not to be saved."""
    letti = list(distretti)
    for distretto in letti:
        for campo in ("denominazione", "stato", "capofila"):
            setattr(distretto, campo, getattr(distretto, f"{campo}_al"))
    return letti


def com_era(distretto: Distretto, giorno: date) -> Distretto:
    """The district in the words of ``giorno``: another object, not to be saved."""
    righe: DistrettoQuerySet = Distretto.objects.filter(pk=distretto.pk).select_related("autorita")
    return come_erano(righe.alla_data(giorno))[0]


def ruoli_del_distretto(distretto: Distretto, giorno: date) -> QuerySet[Incarico]:
    """Who holds which role over the district on ``giorno``, and over its authority."""
    incarichi = Incarico.objects.alla_data(giorno).filter(
        Q(distretto=distretto) | Q(autorita=distretto.autorita), utente__applicazione=False
    )
    return incarichi.select_related("utente", "distretto", "autorita").order_by(
        "autorita", "ruolo", "utente__nome_esteso", "pk"
    )


def organizzazioni_al(righe: QuerySet[Organizzazione], giorno: date) -> QuerySet[Organizzazione]:
    """With ``adesioni_al`` and ``marchi_al``: the memberships and the marks of ``giorno``, in two queries."""
    adesioni = Adesione.objects.alla_data(giorno).select_related("distretto").order_by("dal", "pk")
    marchi = Certificazione.objects.alla_data(giorno).select_related("marchio").order_by("marchio__codice")
    con_adesioni = righe.prefetch_related(Prefetch("adesioni", adesioni, to_attr="adesioni_al"))
    return con_adesioni.prefetch_related(Prefetch("certificazioni", marchi, to_attr="marchi_al"))
