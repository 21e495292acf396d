"""However much one works, a session ends some hours after the sign-in."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseBase

ENTRATO = "entrato_alle"
"""In the session: seconds of the epoch at the sign-in. Sessions older than this rule begin now."""


class DurataMiddleware:
    """Before the forms are set aside: whoever is over the time is nobody, and what they send is kept.

    How long one may be idle is Django's own ``SESSION_COOKIE_AGE``.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated and _scaduta(request):
            request.session.flush()
            request.user = AnonymousUser()
        return self.get_response(request)


def _scaduta(request: HttpRequest) -> bool:
    entrato = request.session.get(ENTRATO)
    if not isinstance(entrato, float):
        request.session[ENTRATO] = time.time()
        return False
    return time.time() - entrato > settings.SESSIONE_MASSIMA
