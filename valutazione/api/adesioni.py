"""Who belongs to which district, from when to when."""

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request

from distretti.models import Adesione
from valutazione.api.cursore import Ordine, Riga, contrari
from valutazione.api.elenco import Elenco, Singola, Voce
from valutazione.api.filtri import FiltriAdesioni
from valutazione.api.indirizzi import indirizzo
from valutazione.api.riferimenti import CodiceSerializer, VoceSerializer


class AdesioneSerializer(VoceSerializer):
    distretto = CodiceSerializer()
    organizzazione = CodiceSerializer()
    dal = serializers.DateField()
    al = serializers.DateField(allow_null=True, help_text="null: aderisce ancora.")


class ElencoAdesioni(Elenco):
    """The memberships of the register, also those that ended."""

    operazione = "elencaAdesioni"
    sommario = "Le adesioni"
    descrizione = "Le adesioni del registro, anche quelle finite."
    modello = Adesione
    voce = AdesioneSerializer
    filtri = FiltriAdesioni
    ordini = contrari(
        distretto=Ordine(("distretto__codice", "organizzazione__codice", "dal"), (str, str, date)),
        organizzazione=Ordine(("organizzazione__codice", "distretto__codice", "dal"), (str, str, date)),
        dal=Ordine(("dal", "distretto__codice", "organizzazione__codice"), (date, str, str)),
    )
    ordine = "distretto"
    campi = ("distretto__codice", "organizzazione__codice", "dal", "al", "modificato_alle")

    def righe(self, request: Request) -> QuerySet[Adesione]:
        return Adesione.objects.all()

    def voci(self, base: str, righe: Sequence[Riga]) -> list[Voce]:
        return [
            {
                "distretto": {"codice": distretto, "href": indirizzo(base, "distretti", distretto)},
                "organizzazione": {
                    "codice": organizzazione,
                    "href": indirizzo(base, "organizzazioni", organizzazione),
                },
                "dal": dal,
                "al": al,
                "modificato_alle": modificato_alle,
                "href": self.indirizzo(base, distretto, organizzazione, dal),
            }
            for distretto, organizzazione, dal, al, modificato_alle in righe
        ]


class RisorsaAdesione(Singola):
    """One membership."""

    operazione = "leggiAdesione"
    sommario = "Un'adesione"
    serializer_class = AdesioneSerializer
    elenco = ElencoAdesioni
    unita = "organizzazione"
    parametri = (
        OpenApiParameter("distretto", str, OpenApiParameter.PATH, description="Codice del distretto."),
        OpenApiParameter(
            "organizzazione", str, OpenApiParameter.PATH, description="Codice dell'organizzazione."
        ),
        OpenApiParameter(
            "dal", {"type": "string", "format": "date"}, OpenApiParameter.PATH, description="Primo giorno."
        ),
    )
