from django.urls import path

from programmi.edizione import PERCORSO, PERCORSO_ANNUALE
from valutazione import urls_conservazione, urls_contributo, urls_registrazione, urls_verifica
from valutazione.views import (
    allegati,
    andamento,
    confronto,
    evidenze,
    manca,
    programma,
    regola_effetto,
    relazione,
    ritiro,
    scrivania,
    stampa,
    storia,
    versioni,
)

PROGRAMMA = f"{PERCORSO}/"
ANNUALE = f"{PERCORSO_ANNUALE}/"
EVIDENZA = f"{ANNUALE}evidenze/<int:pk>/"

urlpatterns = [
    path("scrivania/", scrivania.scrivania, name="scrivania"),
    path("scrivania/attese/", scrivania.attese_agenzia, name="attese-agenzia"),
    path("scrivania/da-fare/", scrivania.attese_distretto, name="attese-distretto"),
    path(PROGRAMMA, programma.programma, name="programma"),
    path(f"{PROGRAMMA}progettualita/<int:numero>/", programma.progettualita, name="progettualita"),
    path(f"{PROGRAMMA}confronto/", confronto.confronto, name="confronto"),
    path(f"{PROGRAMMA}confronto.pdf", stampa.confronto, name="confronto-pdf"),
    path(f"{PROGRAMMA}versioni/<int:numero>.pdf", stampa.versione, name="versione-pdf"),
    path(f"{PROGRAMMA}storia/", storia.storia_programma, name="storia-programma"),
    path(f"{EVIDENZA}storia/", storia.storia_evidenza, name="storia-evidenza"),
    path("organizzazioni/<str:codice>/storia/", storia.storia_organizzazione, name="storia-organizzazione"),
    path(f"{PROGRAMMA}versioni/", versioni.versioni, name="versioni"),
    path(f"{PROGRAMMA}versioni/<int:numero>/", versioni.versione, name="versione"),
    path(f"{PROGRAMMA}versioni/<int:numero>.json", versioni.versione_json, name="versione-json"),
    path(
        f"{PROGRAMMA}modifica/righe/<int:pk>/effetto/",
        regola_effetto.regola_effetto,
        name="regola-effetto",
    ),
    path(f"{ANNUALE}perche/", programma.perche, name="perche"),
    path(f"{ANNUALE}perche/<str:azione>/", programma.perche, name="perche-azione"),
    path(f"{ANNUALE}andamento/", andamento.andamento, name="andamento"),
    path(f"{ANNUALE}cosa-manca/", manca.cosa_manca, name="cosa-manca"),
    path(f"{ANNUALE}relazione/", relazione.relazione_estremi, name="relazione-estremi"),
    path(f"{ANNUALE}relazione.pdf", relazione.relazione, name="relazione"),
    path(f"{ANNUALE}evidenze/", evidenze.evidenze, name="evidenze"),
    *urls_registrazione.urlpatterns,
    path(f"{ANNUALE}evidenze/nuova/", evidenze.evidenza_nuova, name="evidenza-nuova"),
    path(EVIDENZA, evidenze.evidenza, name="evidenza"),
    path(f"{EVIDENZA}modifica/", evidenze.evidenza_modifica, name="evidenza-modifica"),
    path(f"{EVIDENZA}ritira/", ritiro.evidenza_ritira, name="evidenza-ritira"),
    path(f"{EVIDENZA}elimina/", evidenze.evidenza_elimina, name="evidenza-elimina"),
    path(f"{EVIDENZA}allegati/<int:allegato_pk>/", allegati.allegato, name="allegato"),
    *urls_verifica.urlpatterns,
    *urls_conservazione.urlpatterns,
    *urls_contributo.urlpatterns,
]
