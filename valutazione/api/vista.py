"""What every resource of the API has in common: read only, strict parameters, problem documents."""

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.exceptions import MethodNotAllowed
from rest_framework.request import Request
from rest_framework.response import Response

from distretti.basi.vincoli import segmento_valido
from valutazione.api.condizionali import condizionale, conservazione
from valutazione.api.filtri import controlla_parametri
from valutazione.api.formati import InJson, Negoziazione
from valutazione.api.limiti import Limitata
from valutazione.api.openapi import SchemaRisorsa

_SURROGATI = re.compile("[\ud800-\udfff]")


class Risorsa(Limitata):
    """A resource that is read. The class attributes also write its page of the OpenAPI document."""

    http_method_names = ["get", "head", "options"]
    renderer_classes = [InJson]
    content_negotiation_class = Negoziazione
    schema = SchemaRisorsa()
    operazione: ClassVar[str]
    sommario: ClassVar[str]
    descrizione: ClassVar[str] = ""
    serializer_class: ClassVar[type[serializers.Serializer[Any]] | OpenApiTypes]
    parametri: ClassVar[tuple[OpenApiParameter, ...]] = ()
    riservata: ClassVar[bool] = False
    """Does it answer 403 to who may see that it exists but has no role on it?"""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        # Before authentication: a POST is a 405 for everyone, whether or not it carries a CSRF token.
        if str(request.method).lower() not in self.http_method_names:
            raise MethodNotAllowed(str(request.method))
        super().initial(request, *args, **kwargs)
        if request.method != "OPTIONS":
            _controlla_percorso(kwargs)
            self.controlla(request)

    def controlla(self, request: Request) -> None:
        """Refuse the parameters that this resource does not have."""
        ammessi = [parametro.name for parametro in self.parametri if parametro.location == "query"]
        controlla_parametri(request.query_params, ammessi)

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Only the header ``Allow``, which every answer has."""
        return Response(status=200)

    def finalize_response(
        self, request: Request, response: Any, *args: Any, **kwargs: Any
    ) -> Any:  # what DRF declares
        risposta = super().finalize_response(request, response, *args, **kwargs)
        conservazione(request, risposta)
        if isinstance(risposta, Response):
            condizionale(request, risposta)
        return risposta


def _controlla_percorso(chiavi: Mapping[str, Any]) -> None:
    """A code or a year that nothing can have is not even looked for (PostgreSQL refuses NUL)."""
    for nome, valore in chiavi.items():
        if isinstance(valore, str):
            if not re.search(segmento_valido.regex, valore) or _SURROGATI.search(valore):
                raise Http404
        elif nome == "anno" and not 1000 <= valore <= 9999:
            raise Http404
