"""The addresses of the three floors and of the REST interface."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("distretti.urls")),
    path("", include("programmi.urls")),
]
for inizio, piano in (("", "valutazione.urls"), ("api/v1/", "valutazione.api.urls")):
    try:
        urlpatterns.append(path(inizio, include(piano)))
    except ModuleNotFoundError:  # being written at this very moment; made strict as soon as it is there
        continue
