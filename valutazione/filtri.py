"""Filters of the lists of this floor."""

import django_filters
from django.db.models import QuerySet

from valutazione.models import Evidenza, StatoEvidenza, StatoImputazione
from valutazione.models.evidenza import scelte_tipo


class EvidenzaFilter(django_filters.FilterSet):
    """By type, by state, by what the Agenzia said."""

    tipo = django_filters.ChoiceFilter(label="Tipo", choices=scelte_tipo, empty_label="Tutti i tipi")
    stato = django_filters.ChoiceFilter(
        label="Stato", choices=StatoEvidenza.choices, empty_label="Tutti gli stati"
    )
    verifica = django_filters.ChoiceFilter(
        label="Verifica",
        choices=StatoImputazione.choices,
        empty_label="Qualsiasi",
        method="con_verifica",
    )

    class Meta:
        model = Evidenza
        fields = ["tipo", "stato", "verifica"]

    def con_verifica(self, elenco: QuerySet[Evidenza], nome: str, valore: str) -> QuerySet[Evidenza]:
        return elenco.filter(imputazioni__stato=valore).distinct()
