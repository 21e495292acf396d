from django.urls import path

from programmi.edizione import PERCORSO_ANNUALE
from valutazione.views import risultato

ANNUALE = f"{PERCORSO_ANNUALE}/"

urlpatterns = [
    path(f"{ANNUALE}risultato/", risultato.risultato, name="risultato"),
    path(f"{ANNUALE}risultato/<int:numero>/", risultato.risultato, name="risultato-numero"),
    path(
        f"{ANNUALE}risultato/<int:numero>/pacchetto.json",
        risultato.pacchetto,
        name="risultato-pacchetto",
    ),
    path(f"{ANNUALE}risultato/<int:numero>/atto/", risultato.risultato_atto, name="risultato-atto"),
    path(f"{ANNUALE}pacchetto.json", risultato.pacchetto_oggi, name="pacchetto"),
    path("verificatore/", risultato.verificatore, name="verificatore"),
    path("verificatore/verifica.py", risultato.verificatore_file, name="verificatore-file"),
]
