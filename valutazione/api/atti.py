"""The acts of the approved programmes."""

from collections.abc import Sequence

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request

from distretti.models import Atto, TipoAtto
from valutazione.api.cursore import Ordine, Riga, contrari
from valutazione.api.elenco import Elenco, Singola, Voce
from valutazione.api.filtri import FiltriAtti
from valutazione.api.pubblico import atti_pubblici
from valutazione.api.riferimenti import VoceSerializer


class AttoSerializer(VoceSerializer):
    codice = serializers.CharField()
    tipo = serializers.ChoiceField(TipoAtto.choices())
    ente = serializers.CharField()
    numero = serializers.CharField()
    data = serializers.DateField(allow_null=True)  # type: ignore[assignment]
    oggetto = serializers.CharField()
    riferimento = serializers.CharField()


CAMPI_ATTO = ("codice", "tipo", "ente", "numero", "data", "oggetto", "riferimento")


class ElencoAtti(Elenco):
    """The acts that the promise of an approved programme shows."""

    operazione = "elencaAtti"
    sommario = "Gli atti"
    descrizione = (
        "Gli estremi degli atti dei programmi approvati: quelli che citano e quelli della procedura."
    )
    modello = Atto
    voce = AttoSerializer
    filtri = FiltriAtti
    ordini = contrari(codice=Ordine(("codice",), (str,)))
    ordine = "codice"
    campi = (*CAMPI_ATTO, "modificato_alle")

    def righe(self, request: Request) -> QuerySet[Atto]:
        return atti_pubblici()

    def voci(self, base: str, righe: Sequence[Riga]) -> list[Voce]:
        return [
            dict(zip(self.campi, riga, strict=True)) | {"href": self.indirizzo(base, riga[0])}
            for riga in righe
        ]


class RisorsaAtto(Singola):
    """One act."""

    operazione = "leggiAtto"
    sommario = "Un atto"
    serializer_class = AttoSerializer
    elenco = ElencoAtti
    parametri = (OpenApiParameter("codice", str, OpenApiParameter.PATH, description="Codice dell'atto."),)
