"""The authorities, with their offices and the figures they declare."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request

from distretti.models import Autorita, DatoDichiarato, Struttura
from valutazione.api.cursore import PER_NOME, Riga
from valutazione.api.elenco import Elenco, Singola, Voce
from valutazione.api.filtri import FiltriAutorita
from valutazione.api.riferimenti import VoceSerializer


class AutoritaSerializer(VoceSerializer):
    codice = serializers.CharField()
    denominazione = serializers.CharField()
    ente = serializers.CharField(help_text="L'ente di cui fa parte.")


class StrutturaSerializer(serializers.Serializer[Any]):
    codice = serializers.CharField(help_text="Quello del registro degli atti dell'ente.")
    denominazione = serializers.CharField()
    indirizzo = serializers.CharField()
    mail = serializers.CharField()
    sito = serializers.CharField()


class DatoDichiaratoSerializer(serializers.Serializer[Any]):
    """Una cifra come la dichiara una fonte: non è il conteggio di ciò che è elencato qui."""

    voce = serializers.CharField()
    valore = serializers.IntegerField()
    almeno = serializers.BooleanField(help_text="«oltre 1119 organizzazioni»")
    al = serializers.CharField(help_text="Anno, anno-mese o anno-mese-giorno.")
    fonte = serializers.CharField()


CAMPI_DATO = ("voce", "valore", "almeno", "al", "fonte")


class AutoritaCompletaSerializer(AutoritaSerializer):
    strutture = StrutturaSerializer(many=True)
    dati_dichiarati = DatoDichiaratoSerializer(many=True)


class ElencoAutorita(Elenco):
    """Those that keep a register of districts."""

    operazione = "elencaAutorita"
    sommario = "Le autorità"
    descrizione = "Gli enti che tengono un registro dei distretti e approvano i loro programmi."
    modello = Autorita
    voce = AutoritaSerializer
    filtri = FiltriAutorita
    ordini = PER_NOME
    ordine = "denominazione"
    campi = ("codice", "denominazione", "ente", "modificato_alle")

    def righe(self, request: Request) -> QuerySet[Autorita]:
        return Autorita.objects.all()

    def voci(self, base: str, righe: Sequence[Riga]) -> list[Voce]:
        return [
            {
                "codice": codice,
                "denominazione": denominazione,
                "ente": ente,
                "modificato_alle": modificato_alle,
                "href": self.indirizzo(base, codice),
            }
            for codice, denominazione, ente, modificato_alle in righe
        ]


class RisorsaAutorita(Singola):
    """One authority."""

    operazione = "leggiAutorita"
    sommario = "Un'autorità, con le sue strutture e i dati che dichiara"
    serializer_class = AutoritaCompletaSerializer
    elenco = ElencoAutorita
    parametri = (OpenApiParameter("codice", str, OpenApiParameter.PATH, description="Codice dell'autorità."),)

    def altro(self, request: Request, base: str, chiave: int, voce: Voce) -> Voce:
        campi = ("codice", "denominazione", "indirizzo", "mail", "sito")
        strutture = Struttura.objects.filter(autorita=chiave).order_by("codice")
        dichiarati = DatoDichiarato.objects.filter(autorita=chiave).order_by("voce", "al")
        return {
            "strutture": list(strutture.values(*campi)),
            "dati_dichiarati": list(dichiarati.values(*CAMPI_DATO)),
        }
