"""The addresses of recording at speed, below those of the evidence of a programme."""

from django.urls import path

from programmi.edizione import PERCORSO_ANNUALE
from valutazione.views import avvenute, breve, incolla, serie

EVIDENZE = f"{PERCORSO_ANNUALE}/evidenze/"

urlpatterns = [
    path(f"{EVIDENZE}in-serie/", serie.serie, name="evidenze-in-serie"),
    path(f"{EVIDENZE}incolla/", incolla.incolla, name="evidenze-incolla"),
    path(f"{EVIDENZE}in-breve/", breve.breve, name="evidenza-breve"),
    path(f"{EVIDENZE}avvenute/", avvenute.avvenute, name="evidenze-avvenute"),
    path(f"{EVIDENZE}<int:pk>/avvenuta/", avvenute.avvenuta, name="evidenza-avvenuta"),
]
