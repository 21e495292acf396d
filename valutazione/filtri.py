"""Filters of the lists of this floor."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import Truncator

from programmi.models import Indicatore
from valutazione.models import Evidenza, Imputazione, StatoEvidenza, StatoImputazione
from valutazione.models.evidenza import scelte_tipo
from valutazione.models.imputazione import ImputazioneQuerySet


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


class CodaFilter(django_filters.FilterSet):
    """By line, by type of evidence, only what was replied to; by date or by line."""

    riga = django_filters.ChoiceFilter(label="Riga", empty_label="Tutte le righe", method="della_riga")
    tipo = django_filters.ChoiceFilter(
        label="Tipo", choices=scelte_tipo, empty_label="Tutti i tipi", field_name="evidenza__tipo"
    )
    repliche = django_filters.ChoiceFilter(
        label="Repliche", choices=[("si", "Solo con una replica")], empty_label="Tutte", method="con_replica"
    )
    ordine = django_filters.ChoiceFilter(
        label="In ordine di", choices=[("riga", "Riga")], empty_label="Data", method="in_ordine"
    )

    class Meta:
        model = Imputazione
        fields = ["riga", "tipo", "repliche", "ordine"]

    def __init__(self, *args: Any, righe: list[Indicatore], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.righe = {riga.codice: riga for riga in righe}
        self.filters["riga"].extra["choices"] = [
            (codice, Truncator(f"{codice} {riga.testo}").chars(80)) for codice, riga in self.righe.items()
        ]

    def della_riga(self, coda: QuerySet[Imputazione], nome: str, valore: str) -> QuerySet[Imputazione]:
        return coda.filter(indicatore=self.righe[valore])

    def con_replica(self, coda: QuerySet[Imputazione], nome: str, valore: str) -> QuerySet[Imputazione]:
        return coda.exclude(stato="in_attesa")

    def in_ordine(self, coda: ImputazioneQuerySet, nome: str, valore: str) -> ImputazioneQuerySet:
        return coda.per_riga()
