"""The parts that the answers of several resources share."""

from typing import Any

from rest_framework import serializers


# No docstrings on what is inherited: they would be the description of every resource in the OpenAPI document.
class CollegatoSerializer(serializers.Serializer[Any]):
    href = serializers.URLField(help_text="L'indirizzo della risorsa.")


class RiferimentoSerializer(CollegatoSerializer):
    """Il nome e l'indirizzo di un'altra risorsa."""

    codice = serializers.CharField()
    denominazione = serializers.CharField()


class PaginaSerializer(serializers.Serializer[Any]):
    successivo = serializers.URLField(allow_null=True, help_text="La pagina seguente; null nell'ultima.")
