"""Filters of the lists of the ground floor."""

from typing import Any

import django_filters as filtri
from django.db.models import QuerySet

from distretti.basi.ricerca import LUNGHEZZA_DOMANDA
from distretti.models import Distretto, StatoDistretto, TipoDistretto
from distretti.models.distretto import DistrettoQuerySet


class DistrettoFilter(filtri.FilterSet):
    """By words of the name, by type, by state."""

    q = filtri.CharFilter(
        label="Nome del distretto o dell'ente capofila", method="per_parole", max_length=LUNGHEZZA_DOMANDA
    )
    tipo = filtri.ChoiceFilter(label="Tipo", choices=TipoDistretto.choices(), empty_label="Tutti")
    stato = filtri.ChoiceFilter(label="Stato", choices=StatoDistretto.choices, empty_label="Tutti")

    class Meta:
        model = Distretto
        fields = ("q", "tipo", "stato")

    def per_parole(self, righe: DistrettoQuerySet, nome: str, valore: str) -> DistrettoQuerySet:
        return righe.con_testo(valore)


def filtrate(filtro: Any) -> QuerySet[Any]:
    """The filtered rows; none when the filter itself is wrong, so that nobody takes them for an answer."""
    giusto = filtro.is_valid() or not filtro.is_bound
    righe: QuerySet[Any] = filtro.qs if giusto else filtro.queryset.none()
    return righe
