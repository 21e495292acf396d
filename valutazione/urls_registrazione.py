"""The addresses of recording at speed and of the prescribed lists, below those of a programme."""

from django.urls import path

from programmi.edizione import PERCORSO_ANNUALE
from valutazione.views import avvenute, breve, elenchi, incolla, serie

EVIDENZE = f"{PERCORSO_ANNUALE}/evidenze/"
ELENCHI = f"{PERCORSO_ANNUALE}/elenchi/"

urlpatterns = [
    path(f"{EVIDENZE}in-serie/", serie.serie, name="evidenze-in-serie"),
    path(f"{EVIDENZE}incolla/", incolla.incolla, name="evidenze-incolla"),
    path(f"{EVIDENZE}in-breve/", breve.breve, name="evidenza-breve"),
    path(f"{EVIDENZE}avvenute/", avvenute.avvenute, name="evidenze-avvenute"),
    path(f"{EVIDENZE}<int:pk>/avvenuta/", avvenute.avvenuta, name="evidenza-avvenuta"),
    path(ELENCHI, elenchi.elenchi, name="elenchi"),
    path(f"{ELENCHI}<str:riga>/", elenchi.elenco, name="elenco"),
    path(f"{ELENCHI}<str:riga>.xlsx", elenchi.elenco_foglio, name="elenco-xlsx"),
    path(f"{ELENCHI}<str:riga>.pdf", elenchi.elenco_stampato, name="elenco-pdf"),
]
