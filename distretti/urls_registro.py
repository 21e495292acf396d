"""Where the authority keeps the register: districts, memberships, organisations, marks, spreadsheets."""

from django.urls import path

from distretti.views.registro import adesioni, atti, distretti, importazione, indice, marchi, organizzazioni

urlpatterns = [
    path("autorita/<str:codice>/registro/", indice.registro_index, name="registro"),
    path("autorita/<str:codice>/registro/modello.xlsx", indice.registro_template, name="registro-modello"),
    path("autorita/<str:codice>/registro/esporta/", indice.registro_export, name="registro-esporta"),
    path(
        "autorita/<str:codice>/registro/importa/", importazione.importazione_create, name="registro-importa"
    ),
    path(
        "autorita/<str:codice>/registro/importazioni/<int:pk>/",
        importazione.importazione_detail,
        name="registro-importazione",
    ),
    path("autorita/<str:codice>/distretti/nuovo/", distretti.distretto_create, name="distretto-nuovo"),
    path(
        "distretti/<str:codice>/costituzione/", distretti.distretto_constitute, name="distretto-costituisci"
    ),
    path("distretti/<str:codice>/denominazione/", distretti.distretto_rename, name="distretto-rinomina"),
    path("distretti/<str:codice>/capofila/", distretti.distretto_capofila, name="distretto-capofila"),
    path("distretti/<str:codice>/chiusura/", distretti.distretto_close, name="distretto-chiudi"),
    path("distretti/<str:codice>/adesioni/nuova/", adesioni.adesione_create, name="adesione-nuova"),
    path("adesioni/<int:pk>/cancellazione/", adesioni.adesione_cancel, name="adesione-cancella"),
    path(
        "organizzazioni/<str:codice>/modifica/",
        organizzazioni.organizzazione_update,
        name="organizzazione-modifica",
    ),
    path(
        "organizzazioni/<str:codice>/unione/",
        organizzazioni.organizzazione_doppia,
        name="organizzazione-doppia",
    ),
    path(
        "organizzazioni/<str:codice>/unione/<str:altra>/",
        organizzazioni.organizzazione_merge,
        name="organizzazione-unisci",
    ),
    path(
        "organizzazioni/<str:codice>/marchi/nuovo/", marchi.certificazione_create, name="certificazione-nuova"
    ),
    path("marchi/<int:pk>/modifica/", marchi.certificazione_update, name="certificazione-modifica"),
    path("marchi/<int:pk>/rinnovo/", marchi.certificazione_renew, name="certificazione-rinnova"),
    path("marchi/<int:pk>/revoca/", marchi.certificazione_revoke, name="certificazione-revoca"),
    path("registro/atti/<str:codice>/file/", atti.atto_registro_file, name="registro-atto-file"),
]
