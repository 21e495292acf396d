"""The filters of the usual way, as the documentation of django-filter writes them."""

from django_filters import rest_framework as filters


class FiltriOrdinari(filters.FilterSet):
    anno = filters.NumberFilter(field_name="programma__anno")
    distretto = filters.CharFilter(field_name="programma__distretto__codice")
    classificazione = filters.CharFilter(field_name="classificazioni__codice", distinct=True)
