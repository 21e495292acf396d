"""Is the service working? The national guidelines want a problem document in both cases."""

from typing import Any

from django.db import DatabaseError, connection
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response

from valutazione.api.errori import TIPO_CONTENUTO
from valutazione.api.formati import InJson
from valutazione.api.openapi import ProblemaSerializer
from valutazione.api.vista import Risorsa


class NonDisponibile(APIException):
    """The database does not answer (503)."""

    status_code = 503


class InProblema(InJson):
    media_type = TIPO_CONTENUTO
    format = "problema"


class RisorsaStato(Risorsa):
    """The health of the service, for whoever watches over it."""

    operazione = "leggiStato"
    sommario = "Lo stato del servizio"
    descrizione = (
        "200 quando il servizio funziona e la base di dati risponde, altrimenti 503 con Retry-After; in "
        "entrambi i casi un documento application/problem+json (RFC 9457)."
    )
    serializer_class = ProblemaSerializer
    renderer_classes = [InProblema, InJson]

    def get(self, request: Request) -> Response:
        try:
            with connection.cursor() as cursore:
                cursore.execute("SELECT 1")
        except DatabaseError as errore:
            raise NonDisponibile from errore
        dati: dict[str, Any] = {
            "type": "about:blank",
            "title": "Servizio disponibile",
            "status": 200,
            "detail": "Il servizio funziona e la base di dati risponde.",
            "instance": request.get_full_path().partition("?")[0],
        }
        return Response(dati, content_type=TIPO_CONTENUTO)

    def finalize_response(
        self, request: Request, response: Any, *args: Any, **kwargs: Any
    ) -> Any:  # what DRF declares
        risposta = super().finalize_response(request, response, *args, **kwargs)
        risposta["Cache-Control"] = "no-store"  # how things stand now is the whole answer
        return risposta
