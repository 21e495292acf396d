"""The schemes by which progettualità are classified, and their codes."""

from collections.abc import Sequence

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request

from programmi.models import SchemaClassificazione, VoceClassificazione
from valutazione.api.cursore import PER_NOME, Ordine, Riga, contrari
from valutazione.api.elenco import Elenco, Singola, Voce
from valutazione.api.filtri import FiltriSchemi, FiltriVoci
from valutazione.api.indirizzi import indirizzo
from valutazione.api.riferimenti import CodiceSerializer, VoceSerializer


class SchemaClassificazioneSerializer(VoceSerializer):
    codice = serializers.CharField()
    denominazione = serializers.CharField()
    fonte = serializers.CharField()


class VoceClassificazioneSerializer(VoceSerializer):
    schema = CodiceSerializer()
    codice = serializers.CharField(help_text="Unico nel suo schema: due schemi hanno codici uguali.")
    voce = serializers.CharField()
    macroarea = serializers.CharField()
    campo = serializers.CharField()


class ElencoSchemi(Elenco):
    """The schemes."""

    operazione = "elencaSchemiClassificazione"
    sommario = "Gli schemi di classificazione"
    modello = SchemaClassificazione
    voce = SchemaClassificazioneSerializer
    filtri = FiltriSchemi
    ordini = PER_NOME
    ordine = "codice"
    campi = ("codice", "denominazione", "fonte", "modificato_alle")

    def righe(self, request: Request) -> QuerySet[SchemaClassificazione]:
        return SchemaClassificazione.objects.all()

    def voci(self, base: str, righe: Sequence[Riga]) -> list[Voce]:
        return [
            dict(zip(self.campi, riga, strict=True)) | {"href": self.indirizzo(base, riga[0])}
            for riga in righe
        ]


class RisorsaSchema(Singola):
    """One scheme."""

    operazione = "leggiSchemaClassificazione"
    sommario = "Uno schema di classificazione"
    serializer_class = SchemaClassificazioneSerializer
    elenco = ElencoSchemi
    parametri = (OpenApiParameter("codice", str, OpenApiParameter.PATH, description="Codice dello schema."),)


class ElencoVoci(Elenco):
    """The codes of the schemes."""

    operazione = "elencaVociClassificazione"
    sommario = "Le voci di classificazione"
    descrizione = "I codici degli schemi, con le loro parole."
    modello = VoceClassificazione
    voce = VoceClassificazioneSerializer
    filtri = FiltriVoci
    ordini = contrari(codice=Ordine(("schema__codice", "codice"), (str, str)))
    ordine = "codice"
    campi = ("schema__codice", "codice", "voce", "macroarea", "campo", "modificato_alle")

    def righe(self, request: Request) -> QuerySet[VoceClassificazione]:
        return VoceClassificazione.objects.all()

    def voci(self, base: str, righe: Sequence[Riga]) -> list[Voce]:
        return [
            {
                "schema": {"codice": schema, "href": indirizzo(base, "schemi-classificazione", schema)},
                "codice": codice,
                "voce": voce,
                "macroarea": macroarea,
                "campo": campo,
                "modificato_alle": modificato_alle,
                "href": self.indirizzo(base, schema, codice),
            }
            for schema, codice, voce, macroarea, campo, modificato_alle in righe
        ]


class RisorsaVoce(Singola):
    """One code of a scheme."""

    operazione = "leggiVoceClassificazione"
    sommario = "Una voce di classificazione"
    serializer_class = VoceClassificazioneSerializer
    elenco = ElencoVoci
    parametri = (
        OpenApiParameter("schema", str, OpenApiParameter.PATH, description="Codice dello schema."),
        OpenApiParameter("codice", str, OpenApiParameter.PATH, description="Codice della voce."),
    )
