"""How drf-spectacular reads our resources: Italian texts, parameters of the filters, problem documents."""

from typing import Any

from django import forms
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from valutazione.api.cursore import LIMITE, LIMITE_MASSIMO
from valutazione.api.errori import LUNGHEZZA_PERCORSO, TIPO_CONTENUTO, TITOLI
from valutazione.api.filtri import AnnoField, DataField, IstanteField
from valutazione.api.formati import CSV


class ErroreParametroSerializer(serializers.Serializer[Any]):
    parameter = serializers.CharField(required=False, help_text="Il parametro.")
    pointer = serializers.CharField(required=False, help_text="Il punto della scheda, come percorso JSON.")
    detail = serializers.CharField(help_text="Che cosa non va.")


class ProblemaSerializer(serializers.Serializer[Any]):
    """Un errore, come lo descrive la RFC 9457."""

    type = serializers.CharField(help_text="Sempre about:blank: il tipo di errore è lo stato HTTP.")
    title = serializers.CharField()
    status = serializers.IntegerField(min_value=200, max_value=599)
    detail = serializers.CharField()
    instance = serializers.CharField(
        max_length=LUNGHEZZA_PERCORSO, help_text="Il percorso che è stato chiesto."
    )
    errors = ErroreParametroSerializer(many=True, required=False)  # type: ignore[assignment]


class SchemaRisorsa(AutoSchema):
    """Reads the class attributes of :class:`valutazione.api.vista.Risorsa`."""

    @property
    def risorsa(self) -> Any:
        """The view: always one of ours."""
        return self.view

    def get_operation_id(self) -> str:
        return str(self.risorsa.operazione)

    def get_summary(self) -> str:
        return str(self.risorsa.sommario)

    def get_description(self) -> str:  # type: ignore[override]  # drf-spectacular takes no arguments
        return str(self.risorsa.descrizione or self.risorsa.sommario)

    def get_tags(self) -> list[str]:
        return [self.path.removeprefix("/api/v1/").split("/")[0] or "radice"]

    def get_auth(self) -> list[dict[str, list[str]]]:
        credenziali: list[dict[str, list[str]]] = [{"token": []}, {"sessione": []}]
        return credenziali if self.risorsa.riservata else [{}, *credenziali]

    def get_response_serializers(self) -> Any:
        return self.risorsa.serializer_class

    def get_override_parameters(self) -> list[Any]:
        return [*self.risorsa.parametri, *_parametri_elenco(self.risorsa)]

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        risposte: dict[str, Any] = super()._get_response_bodies(direction)
        if CSV in risposte["200"]["content"]:
            risposte["200"]["content"][CSV] = {"schema": {"type": "string"}}
        problema = self.resolve_serializer(ProblemaSerializer, "response")
        stati = [400, 401, 406, 429, 500, 503]
        if "{" in self.path:
            stati.append(404)
        if self.risorsa.riservata:
            stati += [403, 409]
        for stato in sorted(stati):
            risposte[str(stato)] = _risposta_problema(stato, problema)
        if self.risorsa.serializer_class is ProblemaSerializer:
            risposte["200"]["content"] = risposte["400"]["content"]
        return risposte


def _risposta_problema(stato: int, problema: ResolvedComponent) -> dict[str, Any]:
    return {"description": TITOLI[stato], "content": {TIPO_CONTENUTO: {"schema": problema.ref}}}


def _parametri_elenco(vista: Any) -> list[OpenApiParameter]:
    """Filters, order and cursor of a list."""
    if not hasattr(vista, "filtri"):
        return []
    filtri = [
        OpenApiParameter(
            nome,
            _tipo(filtro.field),
            required=filtro.field.required,
            description=str(filtro.field.help_text),
        )
        for nome, filtro in vista.filtri.base_filters.items()
    ]
    return [
        *filtri,
        OpenApiParameter(
            "sort",
            {"type": "string", "enum": list(vista.ordini), "default": vista.ordine},
            description="Ordine; con il segno meno, decrescente.",
        ),
        OpenApiParameter(
            "limit",
            {"type": "integer", "minimum": 1, "maximum": LIMITE_MASSIMO, "default": LIMITE},
            description="Quante voci al massimo.",
        ),
        OpenApiParameter(
            "formato",
            {"type": "string", "enum": ["json", "csv"], "default": "json"},
            description="csv: tutte le righe in un file; vale più dell'intestazione Accept.",
        ),
        OpenApiParameter(
            "cursor",
            {"type": "string", "maxLength": 4000},
            description="Da dove continuare: si prende dall'indirizzo «successivo».",
        ),
    ]


def _tipo(campo: forms.Field) -> dict[str, Any]:
    """The JSON Schema of a form field."""
    if isinstance(campo, forms.ChoiceField):
        scelte: Any = campo.choices
        return {"type": "string", "enum": [valore for valore, _ in scelte if valore]}
    if isinstance(campo, AnnoField):
        return {"type": "integer", "minimum": 1000, "maximum": 9999}
    if isinstance(campo, IstanteField):
        return {"type": "string"}
    if isinstance(campo, DataField):
        return {"type": "string", "format": "date"}
    lunghezza = getattr(campo, "max_length", None)
    return {"type": "string", "maxLength": lunghezza} if lunghezza else {"type": "string"}
