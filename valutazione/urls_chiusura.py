"""The addresses of the closing of a year."""

from django.urls import path

from programmi.edizione import PERCORSO_ANNUALE
from valutazione.views import autovalutazione, chiusura

ANNUALE = f"{PERCORSO_ANNUALE}/"
TRASMESSA = f"{ANNUALE}autovalutazione/<int:numero>"

urlpatterns = [
    path(f"{ANNUALE}chiusura/", chiusura.chiusura, name="chiusura"),
    path(f"{ANNUALE}chiusura/<str:azione>/", chiusura.chiusura_passo, name="chiusura-passo"),
    path(f"{ANNUALE}autovalutazione/", autovalutazione.autovalutazione, name="autovalutazione"),
    path(f"{TRASMESSA}/", autovalutazione.autovalutazione_trasmessa, name="autovalutazione-trasmessa"),
    path(f"{TRASMESSA}.pdf", autovalutazione.autovalutazione_stampata, name="autovalutazione-pdf"),
    path(f"{TRASMESSA}.json", autovalutazione.autovalutazione_json, name="autovalutazione-json"),
]
