"""Gli indirizzi veri, con rifiuti di una parola: le loro pagine si guardano in tests/indirizzi."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from config.urls import urlpatterns

__all__ = ["handler403", "handler404", "urlpatterns"]


def handler403(request: HttpRequest, exception: Any) -> HttpResponse:
    return HttpResponse("no", status=403)


def handler404(request: HttpRequest, exception: Any) -> HttpResponse:
    return HttpResponse("no", status=404)
