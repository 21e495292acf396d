"""The entrance of the API, the documents that describe it, and what is not there."""

from functools import cache
from typing import Any

from django.http import Http404
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.settings import patched_settings
from drf_spectacular.types import OpenApiTypes
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from distretti.models import Installazione
from valutazione.api.indirizzi import base_di
from valutazione.api.linee_guida import con_indirizzi, conforma
from valutazione.api.vista import Risorsa
from valutazione.scheda.schema import schema_json

VERSIONE = "1.0.0"


LINK = {
    "autorita": "autorita",
    "distretti": "distretti",
    "organizzazioni": "organizzazioni",
    "adesioni": "adesioni",
    "marchi": "marchi",
    "certificazioni": "certificazioni",
    "schemi_classificazione": "schemi-classificazione",
    "voci_classificazione": "voci-classificazione",
    "atti": "atti",
    "programmi": "programmi",
    "progettualita": "progettualita",
    "indicatori": "indicatori",
    "risultati": "risultati",
    "schema_scheda_programma": "schema/scheda-programma",
    "openapi": "openapi.json",
    "documentazione": "documentazione",
    "stato_del_servizio": "status",
}
"""What there is, and its path below the entrance."""

LinkRadiceSerializer: type[serializers.Serializer[Any]] = type(
    "LinkRadiceSerializer", (serializers.Serializer,), {nome: serializers.URLField() for nome in LINK}
)


class RadiceSerializer(serializers.Serializer[Any]):
    titolo = serializers.CharField()
    versione = serializers.CharField()
    dimostrazione = serializers.BooleanField(help_text="true: l'installazione contiene dati inventati.")
    link = LinkRadiceSerializer()


class Radice(Risorsa):
    """Where to go from here."""

    operazione = "leggiRadice"
    sommario = "Le risorse disponibili"
    serializer_class = RadiceSerializer

    def get(self, request: Request) -> Response:
        base = base_di(request)
        return Response(
            {
                "titolo": "Distretti: i programmi annuali dei Distretti famiglia",
                "versione": VERSIONE,
                "dimostrazione": Installazione.objects.dimostrazione(),
                "link": {nome: f"{base}/{percorso}" for nome, percorso in LINK.items()},
            }
        )


class RisorsaSchemaScheda(Risorsa):
    """The JSON Schema of the exchange format."""

    operazione = "leggiSchemaScheda"
    sommario = "Lo schema della scheda programma"
    descrizione = "Il JSON Schema (draft 2020-12) del formato scheda-programma/1."
    serializer_class = OpenApiTypes.OBJECT

    def get(self, request: Request) -> Response:
        return Response(schema_json())


@cache
def documento_openapi() -> dict[str, Any]:
    """The OpenAPI document: the same for everyone, made once for each process."""
    # Without the hook that gives a component to each list of values: its names depend on the others.
    with patched_settings({"POSTPROCESSING_HOOKS": []}):
        documento: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    documento["info"]["version"] = VERSIONE
    return conforma(documento)


class RisorsaOpenAPI(Risorsa):
    """The OpenAPI document of this API."""

    operazione = "leggiOpenAPI"
    sommario = "La descrizione OpenAPI di questa interfaccia"
    serializer_class = OpenApiTypes.OBJECT

    def get(self, request: Request) -> Response:
        return Response(con_indirizzi(documento_openapi(), request.build_absolute_uri("/")))


class NonTrovata(Risorsa):
    """Every other address under the API: a problem document, not an HTML page."""

    schema = None  # type: ignore[assignment]  # DRF's way to keep a view out of the OpenAPI document

    def controlla(self, request: Request) -> None:
        """Any parameter: there is nothing to read."""

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        raise Http404
