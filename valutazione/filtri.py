"""Filters of the lists of this floor."""

import django_filters
from django.db.models import QuerySet
from django.utils import timezone

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

    pianificate = django_filters.ChoiceFilter(
        label="Pianificate",
        choices=(("future", "Che devono avvenire"), ("passate", "Con la data già passata")),
        empty_label="Tutte le evidenze",
        method="con_pianificate",
    )

    class Meta:
        model = Evidenza
        fields = ["tipo", "stato", "verifica", "pianificate"]

    def con_verifica(self, elenco: QuerySet[Evidenza], nome: str, valore: str) -> QuerySet[Evidenza]:
        return elenco.filter(imputazioni__stato=valore).distinct()

    def con_pianificate(self, elenco: QuerySet[Evidenza], nome: str, valore: str) -> QuerySet[Evidenza]:
        pianificate, oggi = elenco.filter(pianificata=True), timezone.localdate()
        return (
            pianificate.filter(data__lt=oggi) if valore == "passate" else pianificate.exclude(data__lt=oggi)
        )
