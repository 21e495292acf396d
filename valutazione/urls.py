from django.urls import path

from valutazione.views import allegati, evidenze, programma, relazione, scrivania, verifica

PROGRAMMA = "programmi/<str:codice>/<int:anno>/"
EVIDENZA = f"{PROGRAMMA}evidenze/<int:pk>/"

urlpatterns = [
    path("scrivania/", scrivania.scrivania, name="scrivania"),
    path(PROGRAMMA, programma.programma, name="programma"),
    path(f"{PROGRAMMA}progettualita/<int:numero>/", programma.progettualita, name="progettualita"),
    path(f"{PROGRAMMA}perche/", programma.perche, name="perche"),
    path(f"{PROGRAMMA}perche/<str:azione>/", programma.perche, name="perche-azione"),
    path(f"{PROGRAMMA}relazione/", relazione.relazione_estremi, name="relazione-estremi"),
    path(f"{PROGRAMMA}relazione.pdf", relazione.relazione, name="relazione"),
    path(f"{PROGRAMMA}evidenze/", evidenze.evidenze, name="evidenze"),
    path(f"{PROGRAMMA}evidenze/nuova/", evidenze.evidenza_nuova, name="evidenza-nuova"),
    path(EVIDENZA, evidenze.evidenza, name="evidenza"),
    path(f"{EVIDENZA}modifica/", evidenze.evidenza_modifica, name="evidenza-modifica"),
    path(f"{EVIDENZA}ritira/", evidenze.evidenza_ritira, name="evidenza-ritira"),
    path(f"{EVIDENZA}elimina/", evidenze.evidenza_elimina, name="evidenza-elimina"),
    path(f"{EVIDENZA}allegati/<int:allegato_pk>/", allegati.allegato, name="allegato"),
    path(
        f"{EVIDENZA}verifica/<int:imputazione_pk>/",
        verifica.imputazione_verifica,
        name="imputazione-verifica",
    ),
    path(f"{PROGRAMMA}verifica/", verifica.verifica, name="verifica"),
]
