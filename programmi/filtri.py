"""Filters of the list of programmes."""

from typing import Any

import django_filters as filtri

from distretti.basi.ricerca import LUNGHEZZA_DOMANDA
from distretti.models import Autorita, Distretto
from programmi.models import Programma, StatoProgramma
from programmi.models.programma import ProgrammaQuerySet


class ProgrammaFilter(filtri.FilterSet):
    """By words of the district and of the actions, by year, by state, by district, by authority."""

    q = filtri.CharFilter(
        label="Parole del distretto o delle progettualità", method="per_parole", max_length=LUNGHEZZA_DOMANDA
    )
    anno = filtri.NumberFilter(label="Anno", min_value=1, max_value=9999)
    stato = filtri.ChoiceFilter(label="Stato", choices=StatoProgramma.choices, empty_label="Tutti")
    distretto = filtri.ModelChoiceFilter(
        label="Distretto",
        queryset=Distretto.objects.order_by("denominazione", "codice"),
        to_field_name="codice",
        empty_label="Tutti",
    )
    autorita = filtri.ModelChoiceFilter(
        label="Autorità",
        field_name="distretto__autorita",
        queryset=Autorita.objects.order_by("denominazione", "codice"),
        to_field_name="codice",
        empty_label="Tutte",
    )

    class Meta:
        model = Programma
        fields: Any = ("q", "anno", "stato", "distretto", "autorita")

    def per_parole(self, righe: ProgrammaQuerySet, nome: str, valore: str) -> ProgrammaQuerySet:
        return righe.con_testo(valore)
