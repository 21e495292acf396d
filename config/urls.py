"""The addresses of the three floors and of the REST interface."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("distretti.urls")),
    path("", include("programmi.urls")),
    path("", include("valutazione.urls")),
    path("api/v1/", include("valutazione.api.urls")),
]

handler500 = "distretti.views.guasto.guasto"
