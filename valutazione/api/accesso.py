"""Who reads: a read token in ``Authorization: Bearer …`` (RFC 6750), or the session of the site; and what."""

from collections.abc import Callable

from django.contrib.auth.models import AbstractBaseUser
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed, NotAuthenticated, PermissionDenied
from rest_framework.request import Request

from distretti.models import TokenLettura
from distretti.permissions import Persona, presta
from distretti.token_lettura import token_valido
from programmi.accesso import programma_o_404
from programmi.models import Programma
from programmi.permissions import segue_programma

REGNO = "distretti"


def programma_riservato(
    request: Request, codice: str, anno: int, puo: Callable[[Persona, Programma], bool] = segue_programma
) -> Programma:
    """The programme, for who may read what is not public of it.

    404 to whom it does not exist for; else 401 to who has not said who they are, 403 to the others.
    """
    programma = programma_o_404(request.user, codice, anno)
    if not puo(request.user, programma):
        raise PermissionDenied if request.user.is_authenticated else NotAuthenticated
    return programma


class AutenticazioneToken(BaseAuthentication):
    """A token lends its one role, and nothing else that the person may have.

    It goes before the session: who shows a token reads what the token reads, also in a browser where
    somebody is signed in. An ``Authorization`` that is not a good token is refused, never ignored, and the
    answer does not tell why it is not good.
    """

    def authenticate(self, request: Request) -> tuple[AbstractBaseUser, TokenLettura] | None:
        intestazione = get_authorization_header(request)
        if not intestazione:
            return None
        parti = intestazione.decode("latin-1").split()
        buona = len(parti) == 2 and parti[0].lower() == "bearer"
        token = token_valido(parti[1]) if buona else None
        if token is None:
            raise AuthenticationFailed
        return presta(token.incarico.utente, token.incarico), token

    def authenticate_header(self, request: Request) -> str:
        """Which credentials are wanted; with ``error`` only when some were given (RFC 6750, 3)."""
        sfida = f'Bearer realm="{REGNO}"'
        if get_authorization_header(request):
            sfida += ', error="invalid_token", error_description="token non valido, scaduto o revocato"'
        return sfida
