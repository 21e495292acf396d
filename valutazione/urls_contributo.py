"""The contribution of a programme, and the parameters of an authority."""

from django.urls import path

from programmi.edizione import PERCORSO_ANNUALE
from valutazione.views import contributo, parametri
from valutazione.views.parametri_anno import REPLICHE, parametro_anno

CONTRIBUTO = f"{PERCORSO_ANNUALE}/contributo/"
PARAMETRI = "autorita/<str:codice>/parametri/<int:anno>/"

urlpatterns = [
    path(CONTRIBUTO, contributo.contributo, name="contributo"),
    path(f"{CONTRIBUTO}costo/", contributo.contributo_costo, name="contributo-costo"),
    path(PARAMETRI, parametri.parametri, name="parametri"),
    path(f"{PARAMETRI}repliche/", parametro_anno, {"pagina": REPLICHE}, name="repliche-parametri"),
    path(f"{PARAMETRI}contributo/", parametri.contributo_parametri, name="contributo-parametri"),
    path(
        f"{PARAMETRI}contributo/<int:pk>/adozione/",
        parametri.contributo_adozione,
        name="contributo-adozione",
    ),
]
