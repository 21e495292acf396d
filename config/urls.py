"""The addresses of the three floors and of the REST interface."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", include("valutazione.api.urls")),  # first: programs ask for it most, one look tells
    path("", include("distretti.urls")),
    path("", include("programmi.urls")),
    path("", include("valutazione.urls")),
    path("", include("valutazione.urls_chiusura")),
    path("", include("valutazione.urls_risultato")),
    path("", include("valutazione.urls_quadro")),
]

handler500 = "distretti.views.guasto.guasto"
