"""Filters of the list of programmes."""

from typing import Any

import django_filters as filtri

from distretti.models import Distretto
from programmi.models import Programma, StatoProgramma


class ProgrammaFilter(filtri.FilterSet):
    """By year, by state, by district."""

    anno = filtri.NumberFilter(label="Anno", min_value=1, max_value=9999)
    stato = filtri.ChoiceFilter(label="Stato", choices=StatoProgramma.choices, empty_label="Tutti")
    distretto = filtri.ModelChoiceFilter(
        label="Distretto",
        queryset=Distretto.objects.order_by("denominazione", "codice"),
        to_field_name="codice",
        empty_label="Tutti",
    )

    class Meta:
        model = Programma
        fields: Any = ("anno", "stato", "distretto")
