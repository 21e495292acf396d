"""The addresses of the API, mounted at ``/api/v1/``."""

from django.urls import path, re_path

from valutazione.api.distretti import ElencoDistretti, RisorsaDistretto
from valutazione.api.organizzazioni import ElencoOrganizzazioni, RisorsaOrganizzazione
from valutazione.api.programmi import ElencoProgrammi, RisorsaProgramma
from valutazione.api.radice import NonTrovata, Radice, RisorsaOpenAPI, RisorsaSchemaScheda
from valutazione.api.scheda import RisorsaScheda, RisorsaValutazione

urlpatterns = [
    path("", Radice.as_view(), name="api-radice"),
    path("openapi.json", RisorsaOpenAPI.as_view(), name="api-openapi"),
    path("schema/scheda-programma", RisorsaSchemaScheda.as_view(), name="api-schema-scheda"),
    path("distretti", ElencoDistretti.as_view(), name="api-distretti"),
    path("distretti/<str:codice>", RisorsaDistretto.as_view(), name="api-distretto"),
    path("organizzazioni", ElencoOrganizzazioni.as_view(), name="api-organizzazioni"),
    path("organizzazioni/<str:codice>", RisorsaOrganizzazione.as_view(), name="api-organizzazione"),
    path("programmi", ElencoProgrammi.as_view(), name="api-programmi"),
    path("programmi/<str:codice>/<int:anno>", RisorsaProgramma.as_view(), name="api-programma"),
    path("programmi/<str:codice>/<int:anno>/scheda", RisorsaScheda.as_view(), name="api-scheda"),
    path(
        "programmi/<str:codice>/<int:anno>/valutazione", RisorsaValutazione.as_view(), name="api-valutazione"
    ),
    re_path(r"^.*$", NonTrovata.as_view(), name="api-non-trovata"),
]
