"""The addresses of the verification: the queue, the replies, what is left to the authority, its reasons."""

from django.urls import path

from programmi.edizione import PERCORSO_ANNUALE
from valutazione.views import completamento, motivi, repliche, verifica, verifica_in_blocco

ANNUALE = f"{PERCORSO_ANNUALE}/"
MOTIVI = "autorita/<str:codice>/motivi/"

urlpatterns = [
    path(
        f"{ANNUALE}evidenze/<int:pk>/verifica/<int:imputazione_pk>/",
        verifica.imputazione_verifica,
        name="imputazione-verifica",
    ),
    path(f"{ANNUALE}verifica/", verifica.verifica, name="verifica"),
    path(f"{ANNUALE}verifica/annulla/", verifica.verifica_annulla, name="verifica-annulla"),
    path(f"{ANNUALE}verifica/in-blocco/", verifica_in_blocco.verifica_in_blocco, name="verifica-in-blocco"),
    path(f"{ANNUALE}repliche/", repliche.replica_list, name="repliche"),
    path(f"{ANNUALE}repliche/rinuncia/", repliche.replica_rinuncia, name="repliche-rinuncia"),
    path(f"{ANNUALE}repliche/<int:imputazione_pk>/", repliche.replica, name="replica"),
    path(f"{ANNUALE}righe/<str:riga>/completa/", completamento.completamento, name="riga-completa"),
    path(MOTIVI, motivi.motivo_list, name="motivi"),
    path(f"{MOTIVI}<int:pk>/cessa/", motivi.motivo_cessa, name="motivo-cessa"),
]
