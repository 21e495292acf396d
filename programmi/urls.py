"""Addresses of the middle floor, and the page of a district (which shows its programmes)."""

from django.urls import path

from programmi.edizione import PERCORSO
from programmi.views import elenchi, elenchi_parti, modifica, procedura, progettualita, regola, ricerca, righe

PROGRAMMA = f"{PERCORSO}/"
MODIFICA = f"{PROGRAMMA}modifica/"
PROGETTUALITA = f"{MODIFICA}progettualita/<int:pk>/"
RIGA = f"{MODIFICA}righe/<int:pk>/"

urlpatterns = [
    path("distretti/<str:codice>/", elenchi.distretto_detail, name="distretto"),
    path("distretti/<str:codice>/programmi/nuovo/", modifica.programma_create, name="programma-nuovo"),
    path("cerca/", ricerca.cerca, name="cerca"),
    path("programmi/", elenchi.programma_list, name="programmi"),
    path(MODIFICA, modifica.programma_modifica, name="programma-modifica"),
    path(f"{MODIFICA}dati/", modifica.programma_dati, name="programma-dati"),
    path(f"{MODIFICA}premessa/", modifica.programma_premessa, name="programma-premessa"),
    path(f"{MODIFICA}attori/", elenchi_parti.programma_attori, name="programma-attori"),
    path(f"{MODIFICA}canali/", elenchi_parti.programma_canali, name="programma-canali"),
    path(f"{MODIFICA}progettualita/nuova/", progettualita.progettualita_create, name="progettualita-nuova"),
    path(PROGETTUALITA, progettualita.progettualita_update, name="progettualita-modifica"),
    path(f"{PROGETTUALITA}elimina/", progettualita.progettualita_delete, name="progettualita-elimina"),
    path(f"{PROGETTUALITA}sposta/", progettualita.progettualita_move, name="progettualita-sposta"),
    path(f"{PROGETTUALITA}righe/nuova/", righe.indicatore_create, name="indicatore-nuovo"),
    path(f"{MODIFICA}obbligatorie/nuova/", righe.obbligatoria_create, name="obbligatoria-nuova"),
    path(RIGA, righe.indicatore_update, name="indicatore-modifica"),
    path(f"{RIGA}elimina/", righe.indicatore_delete, name="indicatore-elimina"),
    path(f"{RIGA}sposta/", righe.indicatore_move, name="indicatore-sposta"),
    path(f"{RIGA}regola/", regola.indicatore_regola, name="indicatore-regola"),
    path(f"{PROGRAMMA}trasmetti/", procedura.programma_trasmetti, name="programma-trasmetti"),
    path(f"{PROGRAMMA}rinvia/", procedura.programma_rinvia, name="programma-rinvia"),
    path(f"{PROGRAMMA}approva/", procedura.programma_approva, name="programma-approva"),
    path("atti/<str:codice>/file/", procedura.atto_file, name="atto-file"),
]
