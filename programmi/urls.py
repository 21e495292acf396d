"""Addresses of the middle floor, and the page of a district (which shows its programmes)."""

from django.urls import path

from programmi.edizione import PERCORSO, PERCORSO_ANNUALE
from programmi.views import (
    atti,
    avvisi,
    elenchi,
    elenchi_parti,
    integrazione,
    modifica,
    osservazioni,
    procedura,
    progettualita,
    regola,
    ricerca,
    righe,
    ruoli,
    scadenze,
    variazione,
)

PROGRAMMA = f"{PERCORSO}/"
MODIFICA = f"{PROGRAMMA}modifica/"
PROGETTUALITA = f"{MODIFICA}progettualita/<int:pk>/"
RIGA = f"{MODIFICA}righe/<int:pk>/"

urlpatterns = [
    path("distretti/<str:codice>/", elenchi.distretto_detail, name="distretto"),
    path("distretti/<str:codice>/programmi/nuovo/", modifica.programma_create, name="programma-nuovo"),
    path("cerca/", ricerca.cerca, name="cerca"),
    path("avvisi/", avvisi.avviso_list, name="avvisi"),
    path("avvisi/letti/", avvisi.avviso_read_all, name="avvisi-letti"),
    path("avvisi/preferenze/", avvisi.avvisi_preferenze, name="avvisi-preferenze"),
    path("avvisi/preferenze/salva/", avvisi.avvisi_preferenze_save, name="avvisi-preferenze-salva"),
    path("avvisi/<int:pk>/letto/", avvisi.avviso_read, name="avviso-letto"),
    path("autorita/<str:codice>/scadenze/", scadenze.scadenza_list, name="scadenze"),
    path("autorita/<str:codice>/scadenze/nuova/", scadenze.scadenza_create, name="scadenza-nuova"),
    path("autorita/<str:codice>/scadenze/<int:pk>/", scadenze.scadenza_update, name="scadenza-modifica"),
    path("autorita/<str:codice>/scadenze/<int:pk>/cessa/", scadenze.scadenza_end, name="scadenza-cessa"),
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
    path(f"{PROGRAMMA}integrazione/", integrazione.programma_integrazione, name="programma-integrazione"),
    path(f"{PROGRAMMA}integrazione/dato/", integrazione.programma_cifra, name="programma-cifra"),
    path(f"{PROGRAMMA}passaggi/<str:azione>/", procedura.programma_passaggio, name="programma-passaggio"),
    path(f"{PROGRAMMA}osservazioni/", osservazioni.osservazione_list, name="osservazioni"),
    path(f"{PROGRAMMA}osservazioni/nuova/", osservazioni.osservazione_create, name="osservazione-nuova"),
    path(
        f"{PROGRAMMA}osservazioni/<int:numero>/replica/",
        osservazioni.osservazione_replica,
        name="osservazione-replica",
    ),
    path(
        f"{PROGRAMMA}osservazioni/<int:numero>/chiudi/",
        osservazioni.osservazione_chiudi,
        name="osservazione-chiudi",
    ),
    path(f"{PERCORSO_ANNUALE}/variazioni/nuova/", variazione.variazione_create, name="variazione-nuova"),
    path("atti/<str:codice>/file/", atti.atto_file, name="atto-file"),
    path("ruoli/", ruoli.ruolo_list, name="ruoli"),
]
