"""What every resource of the API has in common: read only, strict parameters, problem documents."""

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import Http404
from django.utils.cache import patch_cache_control
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.exceptions import MethodNotAllowed
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from distretti.basi.vincoli import codice_valido
from valutazione.api.cursore import Ordine, pagina_di
from valutazione.api.filtri import controlla_parametri, filtra
from valutazione.api.openapi import SchemaRisorsa


class Risorsa(APIView):
    """A resource that is read. The class attributes also write its page of the OpenAPI document."""

    http_method_names = ["get", "head", "options"]
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
        return Response(status=204)

    def finalize_response(
        self, request: Request, response: Any, *args: Any, **kwargs: Any
    ) -> Any:  # what DRF declares
        risposta = super().finalize_response(request, response, *args, **kwargs)
        if request._request.user.is_authenticated:
            # What a role opens must not stay in a cache.
            patch_cache_control(risposta, private=True, no_store=True)
        return risposta


class Elenco(Risorsa):
    """A list: filters, order and cursor. The rows are read with ``values()``: only the named columns."""

    filtri: ClassVar[type[Any]]
    ordini: ClassVar[Mapping[str, Ordine]]
    ordine: ClassVar[str]
    """The default order, one of the keys of ``ordini``."""
    campi: ClassVar[tuple[str, ...]]
    """Columns of a row. Nothing else is read."""

    def controlla(self, request: Request) -> None:
        """The filters check their own parameters."""

    def righe(self, request: Request) -> QuerySet[Any]:
        """What the person who asks may see."""
        raise NotImplementedError

    def voci(self, request: Request, righe: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The rows as they are shown."""
        raise NotImplementedError

    def get(self, request: Request) -> Response:
        righe = filtra(self.filtri, request.query_params, self.righe(request))
        pagina = pagina_di(request, righe.values(*self.campi), self.ordini, self.ordine)
        return Response({"items": self.voci(request, pagina.righe), "successivo": pagina.successivo})


def _controlla_percorso(chiavi: Mapping[str, Any]) -> None:
    """A code or a year that nothing can have is not even looked for (PostgreSQL refuses NUL)."""
    codice, anno = chiavi.get("codice"), chiavi.get("anno")
    if codice is not None and not re.search(codice_valido.regex, codice):
        raise Http404
    if anno is not None and not 1000 <= anno <= 9999:
        raise Http404


def indirizzo(request: Request, nome: str, *argomenti: object) -> str:
    """The absolute address of a resource."""
    return str(reverse(nome, args=argomenti, request=request))
