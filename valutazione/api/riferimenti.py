"""The parts that the answers of several resources share."""

from typing import Any

from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema_field
from rest_framework import serializers


# No docstrings on what is inherited: they would be the description of every resource in the OpenAPI document.
class CollegatoSerializer(serializers.Serializer[Any]):
    href = serializers.URLField(help_text="L'indirizzo della risorsa.")


class VoceSerializer(CollegatoSerializer):
    modificato_alle = serializers.DateTimeField(help_text="Quando è cambiata l'ultima volta (UTC).")


class CodiceSerializer(CollegatoSerializer):
    """Un'altra risorsa, per codice."""

    codice = serializers.CharField()


class RiferimentoSerializer(CollegatoSerializer):
    """Il nome e l'indirizzo di un'altra risorsa."""

    codice = serializers.CharField()
    denominazione = serializers.CharField()


class RitiroSerializer(serializers.Serializer[Any]):
    """Una voce che non c'è più, o non è più pubblica: soltanto con «modificato_da»."""

    chiave = serializers.CharField(help_text="I codici del suo indirizzo.")
    href = serializers.URLField(help_text="L'indirizzo che aveva.")
    ritirato = serializers.ChoiceField([True])
    ritirato_alle = serializers.DateTimeField()


class PaginaSerializer(serializers.Serializer[Any]):
    successivo = serializers.URLField(allow_null=True, help_text="La pagina seguente; null nell'ultima.")


class PaginaSeguitaSerializer(PaginaSerializer):
    prossimo_modificato_da = serializers.DateTimeField(
        required=False, help_text="Con «modificato_da»: l'istante da cui chiedere la volta seguente."
    )


def elenco_di(voce: type[serializers.Serializer[Any]], *, seguito: bool) -> type[serializers.Serializer[Any]]:
    """The page of a list whose items have this shape or, in one that can be followed, are withdrawn."""
    nome = voce.__name__.removesuffix("Serializer")
    if not seguito:
        return type(f"Elenco{nome}Serializer", (PaginaSerializer,), {"items": voce(many=True)})
    forme = PolymorphicProxySerializer(
        component_name=f"{nome}ORitiro",
        serializers=[voce, RitiroSerializer],
        resource_type_field_name=None,
        many=True,
    )
    campo = extend_schema_field(forme)(type("VociField", (serializers.ListField,), {}))
    return type(f"Elenco{nome}Serializer", (PaginaSeguitaSerializer,), {"items": campo()})
