"""The addresses of the figures of an authority."""

from django.urls import path

from valutazione.views import quadro

QUADRO = "quadro/<str:codice>/<int:anno>"

urlpatterns = [
    path(f"{QUADRO}/", quadro.quadro, name="quadro"),
    path(f"{QUADRO}.csv", quadro.quadro_csv, name="quadro-csv"),
    path(f"{QUADRO}.xlsx", quadro.quadro_xlsx, name="quadro-xlsx"),
]
