"""The views of the comparison, beside all the addresses of the product."""

from django.urls import URLPattern, URLResolver, include, path

from tests.bench import viste

urlpatterns: list[URLPattern | URLResolver] = [
    path("nuda/vuota", viste.vuota),
    path("nuda/progettualita", viste.progettualita_dal_database),
    path("ordinaria/vuota", viste.vuota),
    path("ordinaria/progettualita", viste.ProgettualitaViewSet.as_view({"get": "list"})),
    path("", include("config.urls")),
]
