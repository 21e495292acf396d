"""How long an authority keeps the files of evidence."""

from django.urls import path

from valutazione.views import conservazione

urlpatterns = [
    path("autorita/<str:codice>/conservazione/", conservazione.conservazione, name="conservazione"),
    path(
        "autorita/<str:codice>/parametri/<int:anno>/conservazione/",
        conservazione.conservazione_parametri,
        name="conservazione-parametri",
    ),
]
