"""The addresses of recording at speed, below those of the evidence of a programme."""

from django.urls import path

from programmi.edizione import PERCORSO_ANNUALE
from valutazione.views import incolla, serie

EVIDENZE = f"{PERCORSO_ANNUALE}/evidenze/"

urlpatterns = [
    path(f"{EVIDENZE}in-serie/", serie.serie, name="evidenze-in-serie"),
    path(f"{EVIDENZE}incolla/", incolla.incolla, name="evidenze-incolla"),
]
