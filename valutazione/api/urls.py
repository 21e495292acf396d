"""The addresses of the API, mounted at ``/api/v1/``."""

from django.urls import path, re_path

from programmi.edizione import PERCORSO, PERCORSO_ANNUALE
from valutazione.api.adesioni import ElencoAdesioni, RisorsaAdesione
from valutazione.api.atti import ElencoAtti, RisorsaAtto
from valutazione.api.autorita import ElencoAutorita, RisorsaAutorita
from valutazione.api.chiusura import RisorsaChiusura
from valutazione.api.classificazioni import ElencoSchemi, ElencoVoci, RisorsaSchema, RisorsaVoce
from valutazione.api.contributo import RisorsaContributo
from valutazione.api.distretti import ElencoDistretti, RisorsaDistretto
from valutazione.api.documentazione import documentazione
from valutazione.api.indicatori import ElencoIndicatori, RisorsaIndicatore
from valutazione.api.marchi import (
    ElencoCertificazioni,
    ElencoMarchi,
    RisorsaCertificazione,
    RisorsaMarchio,
)
from valutazione.api.organizzazioni import ElencoOrganizzazioni, RisorsaOrganizzazione
from valutazione.api.osservazioni import RisorsaOsservazioni
from valutazione.api.procedura import RisorsaProcedura
from valutazione.api.progettualita import ElencoProgettualita, RisorsaProgettualita
from valutazione.api.programmi import ElencoProgrammi, RisorsaProgramma
from valutazione.api.radice import NonTrovata, Radice, RisorsaOpenAPI, RisorsaSchemaScheda
from valutazione.api.repliche import RisorsaRepliche
from valutazione.api.risultato import RisorsaPacchetto, RisorsaRisultato
from valutazione.api.scheda import RisorsaScheda, RisorsaValutazione
from valutazione.api.stato import RisorsaStato
from valutazione.api.valutazioni import ElencoRisultati, ElencoValutazioni
from valutazione.api.versioni import RisorsaVersione, RisorsaVersioni

urlpatterns = [
    path("", Radice.as_view(), name="api-radice"),
    path("status", RisorsaStato.as_view(), name="api-stato"),
    path("documentazione", documentazione, name="documentazione"),
    path("openapi.json", RisorsaOpenAPI.as_view(), name="api-openapi"),
    path("schema/scheda-programma", RisorsaSchemaScheda.as_view(), name="api-schema-scheda"),
    path("autorita", ElencoAutorita.as_view(), name="api-autorita"),
    path("autorita/<str:codice>", RisorsaAutorita.as_view(), name="api-una-autorita"),
    path("distretti", ElencoDistretti.as_view(), name="api-distretti"),
    path("distretti/<str:codice>", RisorsaDistretto.as_view(), name="api-distretto"),
    path("organizzazioni", ElencoOrganizzazioni.as_view(), name="api-organizzazioni"),
    path("organizzazioni/<str:codice>", RisorsaOrganizzazione.as_view(), name="api-organizzazione"),
    path("adesioni", ElencoAdesioni.as_view(), name="api-adesioni"),
    path(
        "adesioni/<str:distretto>/<str:organizzazione>/<str:dal>",
        RisorsaAdesione.as_view(),
        name="api-adesione",
    ),
    path("marchi", ElencoMarchi.as_view(), name="api-marchi"),
    path("marchi/<str:autorita>/<str:codice>", RisorsaMarchio.as_view(), name="api-marchio"),
    path("certificazioni", ElencoCertificazioni.as_view(), name="api-certificazioni"),
    path(
        "certificazioni/<str:organizzazione>/<str:autorita>/<str:marchio>/<str:dal>",
        RisorsaCertificazione.as_view(),
        name="api-certificazione",
    ),
    path("schemi-classificazione", ElencoSchemi.as_view(), name="api-schemi-classificazione"),
    path("schemi-classificazione/<str:codice>", RisorsaSchema.as_view(), name="api-schema-classificazione"),
    path("voci-classificazione", ElencoVoci.as_view(), name="api-voci-classificazione"),
    path(
        "voci-classificazione/<str:schema>/<str:codice>",
        RisorsaVoce.as_view(),
        name="api-voce-classificazione",
    ),
    path("atti", ElencoAtti.as_view(), name="api-atti"),
    path("atti/<str:codice>", RisorsaAtto.as_view(), name="api-atto"),
    path("progettualita", ElencoProgettualita.as_view(), name="api-progettualita"),
    path("indicatori", ElencoIndicatori.as_view(), name="api-indicatori"),
    path("risultati", ElencoRisultati.as_view(), name="api-risultati"),
    path("valutazioni", ElencoValutazioni.as_view(), name="api-valutazioni"),
    path("programmi", ElencoProgrammi.as_view(), name="api-programmi"),
    path(PERCORSO, RisorsaProgramma.as_view(), name="api-programma"),
    path(
        f"{PERCORSO}/progettualita/<int:numero>",
        RisorsaProgettualita.as_view(),
        name="api-una-progettualita",
    ),
    path(
        f"{PERCORSO}/indicatori/<str:riga>",
        RisorsaIndicatore.as_view(),
        name="api-indicatore",
    ),
    path(f"{PERCORSO}/osservazioni", RisorsaOsservazioni.as_view(), name="api-osservazioni"),
    path(f"{PERCORSO}/versioni", RisorsaVersioni.as_view(), name="api-versioni"),
    path(f"{PERCORSO}/versioni/<int:numero>", RisorsaVersione.as_view(), name="api-versione"),
    path(f"{PERCORSO}/procedura", RisorsaProcedura.as_view(), name="api-procedura"),
    path(f"{PERCORSO_ANNUALE}/chiusura", RisorsaChiusura.as_view(), name="api-chiusura"),
    path(f"{PERCORSO_ANNUALE}/repliche", RisorsaRepliche.as_view(), name="api-repliche"),
    path(f"{PERCORSO_ANNUALE}/contributo", RisorsaContributo.as_view(), name="api-contributo"),
    path(f"{PERCORSO_ANNUALE}/risultato", RisorsaRisultato.as_view(), name="api-risultato"),
    path(f"{PERCORSO_ANNUALE}/pacchetto", RisorsaPacchetto.as_view(), name="api-pacchetto"),
    path(f"{PERCORSO_ANNUALE}/scheda", RisorsaScheda.as_view(), name="api-scheda"),
    path(f"{PERCORSO_ANNUALE}/valutazione", RisorsaValutazione.as_view(), name="api-valutazione"),
    re_path(r"^", NonTrovata.as_view(), name="api-non-trovata"),
]
