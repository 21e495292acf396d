"""How long an authority keeps the files of evidence."""

from django.urls import path

from valutazione.views import conservazione
from valutazione.views.parametri_anno import CONSERVAZIONE, parametro_anno

urlpatterns = [
    path("autorita/<str:codice>/conservazione/", conservazione.conservazione, name="conservazione"),
    path(
        "autorita/<str:codice>/parametri/<int:anno>/conservazione/",
        parametro_anno,
        {"pagina": CONSERVAZIONE},
        name="conservazione-parametri",
    ),
]
