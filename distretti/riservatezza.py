"""What somebody sees after signing in is kept neither by the browser nor by anything in between."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

MAI_CONSERVARE = "private, no-store"


class RiservatezzaMiddleware:
    """``Cache-Control: private, no-store`` for who is signed in, and on the sign-in page.

    Static files never come this far: WhiteNoise answers them earlier.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # Asked now, because signing out leaves no user; signing in begins on the sign-in page.
        riservata = request.user.is_authenticated or request.path == reverse("accesso")
        risposta = self.get_response(request)
        if riservata and "no-store" not in risposta.headers.get("Cache-Control", ""):
            risposta.headers["Cache-Control"] = MAI_CONSERVARE
        return risposta
