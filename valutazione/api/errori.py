"""Every error of the API as ``application/problem+json`` (RFC 9457), in Italian.

The members are those of the RFC: ``type`` (always ``about:blank``: the status says the kind), ``title``,
``status``, ``detail``, ``instance`` (the path that was asked, without its query); and ``errors``, a list of
``{"parameter", "detail"}`` when single parameters are wrong, of ``{"pointer", "detail"}`` (JSON path) when
the scheda of a programme is.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.signals import got_request_exception
from django.db import InterfaceError, OperationalError
from django.http import Http404
from django.utils.log import log_response
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import set_rollback

from distretti.basi.lettore import Errore
from distretti.errori import DatiNonValidi, ErroreDominio
from programmi.errori import ContenutoAlterato

TIPO_CONTENUTO = "application/problem+json"

LUNGHEZZA_PERCORSO = 2000
"""Characters of the path that a problem repeats."""

TITOLI: Mapping[int, str] = {
    400: "Richiesta non valida",
    401: "Accesso richiesto",
    403: "Accesso negato",
    404: "Risorsa non trovata",
    405: "Metodo non ammesso",
    406: "Formato non disponibile",
    409: "Stato non ammesso",
    415: "Formato del contenuto non accettato",
    429: "Troppe richieste",
    500: "Errore interno",
    503: "Servizio non disponibile",
}

DETTAGLI: Mapping[int, str] = {
    400: "La richiesta non è scritta correttamente.",
    401: "Per leggere questa risorsa occorre accedere, oppure mandare un token di lettura.",
    403: "Non si ha il ruolo necessario per leggere questa risorsa.",
    404: "Non c'è nulla a questo indirizzo, o non è pubblico.",
    405: "Questa interfaccia è di sola lettura: i metodi ammessi sono GET, HEAD e OPTIONS.",
    406: "L'intestazione Accept chiede un formato che non c'è: si risponde in JSON, e gli elenchi in CSV.",
    409: "L'operazione non è ammessa nello stato attuale.",
    415: "Il contenuto inviato non è in un formato accettato.",
    429: "Si è superato il limite di richieste: Retry-After dice tra quanti secondi si può riprovare.",
    500: "Si è verificato un errore inatteso. È stato registrato: si può riprovare più tardi.",
    503: "La base di dati non risponde: si può riprovare tra poco (Retry-After).",
}


CREDENZIALI_RIFIUTATE = (
    "L'intestazione Authorization non porta un token di lettura valido: può essere scritto male, scaduto o "
    "revocato, oppure è finito l'incarico."
)


class ParametriNonValidi(exceptions.APIException):
    """One or more parameters of the query are unknown, repeated or wrong (400)."""

    status_code = 400

    def __init__(self, errori: Mapping[str, Sequence[str]]) -> None:
        super().__init__("Uno o più parametri della richiesta non sono validi.")
        self.errori = [
            {"parameter": parametro, "detail": messaggio}
            for parametro, messaggi in errori.items()
            for messaggio in messaggi
        ]


class SchedaIncompleta(exceptions.APIException):
    """The programme is still being written and cannot be evaluated yet (409)."""

    status_code = 409

    def __init__(self, errori: Sequence[Errore]) -> None:
        super().__init__("Il programma non è ancora completo: la valutazione non si può calcolare.")
        self.errori = [{"pointer": errore.percorso, "detail": errore.messaggio} for errore in errori]


def gestisci(errore: Exception, contesto: dict[str, Any]) -> Response:
    """The exception handler named in the settings: never lets an HTML page out of the API."""
    request: Request = contesto["request"]
    set_rollback()
    stato, dettaglio = _stato_e_dettaglio(errore)
    risposta = problema(request, stato, dettaglio, _errori_dei_campi(errore))
    if isinstance(errore, exceptions.APIException):
        # DRF computes this header: it belongs to 401 only, and says how to authenticate.
        autenticazione = getattr(errore, "auth_header", None)
        if autenticazione:
            risposta["WWW-Authenticate"] = autenticazione
    if stato >= 500:
        got_request_exception.send(sender=None, request=request._request)
        log_response("%s", request.path, response=risposta, request=request._request, exception=errore)
    return risposta


def problema(
    request: Request, stato: int, dettaglio: str = "", errori: Sequence[Mapping[str, str]] = ()
) -> Response:
    """A problem document as a response."""
    dati: dict[str, Any] = {
        "type": "about:blank",
        "title": TITOLI.get(stato, "Errore"),
        "status": stato,
        "detail": dettaglio or DETTAGLI.get(stato, "La richiesta non può essere soddisfatta."),
        "instance": request.get_full_path().partition("?")[0][:LUNGHEZZA_PERCORSO],
    }
    if errori:
        dati["errors"] = list(errori)
    return Response(dati, status=stato, content_type=TIPO_CONTENUTO)


def _stato_e_dettaglio(errore: Exception) -> tuple[int, str]:
    """The status, and a detail where the exception says more than the status does."""
    match errore:
        case Http404():
            return 404, ""
        case PermissionDenied():
            return 403, ""
        case DatiNonValidi():
            return 400, errore.messaggio
        case ContenutoAlterato():
            return 500, errore.messaggio
        case ErroreDominio():
            return 409, errore.messaggio
        case ParametriNonValidi() | SchedaIncompleta():
            return errore.status_code, str(errore.detail)
        case exceptions.AuthenticationFailed():
            return errore.status_code, CREDENZIALI_RIFIUTATE
        case exceptions.NotAuthenticated():
            return errore.status_code, DETTAGLI[401]
        case exceptions.APIException():
            # DRF's own sentences speak of its internals: the status is told in our words.
            return errore.status_code, ""
        case OperationalError() | InterfaceError():
            return 503, ""
    return 500, ""


def _errori_dei_campi(errore: Exception) -> Sequence[Mapping[str, str]]:
    if isinstance(errore, (ParametriNonValidi, SchedaIncompleta)):
        return errore.errori
    if isinstance(errore, DatiNonValidi):
        return [{"parameter": campo, "detail": messaggio} for campo, messaggio in errore.campi.items()]
    return ()
