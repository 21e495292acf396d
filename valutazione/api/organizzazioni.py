"""The organisations of the public register."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request

from distretti.models import Adesione, AliasOrganizzazione, Certificazione, Natura, Organizzazione
from valutazione.api.cursore import PER_NOME, Riga
from valutazione.api.elenco import Elenco, Singola, Voce
from valutazione.api.filtri import FiltriOrganizzazioni
from valutazione.api.indirizzi import indirizzo
from valutazione.api.pubblico import organizzazioni_pubbliche
from valutazione.api.riferimenti import RiferimentoSerializer, VoceSerializer


class OrganizzazioneSerializer(VoceSerializer):
    codice = serializers.CharField(help_text="Il codice non cambia mai.")
    denominazione = serializers.CharField()
    natura = serializers.ChoiceField(Natura.choices(), allow_null=True, help_text="null: non è nota.")
    alias = serializers.ListField(child=serializers.CharField(), help_text="I nomi usati negli atti.")


class AdesioneDellOrganizzazioneSerializer(serializers.Serializer[Any]):
    distretto = RiferimentoSerializer()
    dal = serializers.DateField()
    al = serializers.DateField(allow_null=True, help_text="null: aderisce ancora.")


class MarchioDellOrganizzazioneSerializer(serializers.Serializer[Any]):
    """Un marchio; le date sono null dove la fonte non le dà."""

    marchio = serializers.CharField(help_text="Codice del marchio.")
    livello = serializers.CharField()
    dal = serializers.DateField(allow_null=True)
    al = serializers.DateField(allow_null=True)
    revocata_il = serializers.DateField(allow_null=True)


class OrganizzazioneCompletaSerializer(OrganizzazioneSerializer):
    adesioni = AdesioneDellOrganizzazioneSerializer(many=True)
    certificazioni = MarchioDellOrganizzazioneSerializer(many=True)


class ElencoOrganizzazioni(Elenco):
    """Those of the public register."""

    operazione = "elencaOrganizzazioni"
    sommario = "Le organizzazioni"
    descrizione = (
        "Le organizzazioni che aderiscono o hanno aderito a un distretto, o che sono referenti in un "
        "programma approvato."
    )
    modello = Organizzazione
    voce = OrganizzazioneSerializer
    filtri = FiltriOrganizzazioni
    ordini = PER_NOME
    ordine = "denominazione"
    campi = ("pk", "codice", "denominazione", "natura", "modificato_alle")

    def righe(self, request: Request) -> QuerySet[Organizzazione]:
        return organizzazioni_pubbliche()

    def voci(self, base: str, righe: Sequence[Riga]) -> list[Voce]:
        alias = _alias([riga[0] for riga in righe])
        return [
            {
                "codice": codice,
                "denominazione": denominazione,
                "natura": natura or None,
                "alias": alias[chiave],
                "modificato_alle": modificato_alle,
                "href": self.indirizzo(base, codice),
            }
            for chiave, codice, denominazione, natura, modificato_alle in righe
        ]


def _alias(organizzazioni: Sequence[int]) -> dict[int, list[str]]:
    alias: dict[int, list[str]] = defaultdict(list)
    coppie = AliasOrganizzazione.objects.filter(organizzazione__in=organizzazioni).order_by("ordine")
    for organizzazione, testo in coppie.values_list("organizzazione_id", "testo"):
        alias[organizzazione].append(testo)
    return alias


class RisorsaOrganizzazione(Singola):
    """One organisation with its memberships and marks."""

    operazione = "leggiOrganizzazione"
    sommario = "Un'organizzazione, con le sue adesioni e i suoi marchi"
    serializer_class = OrganizzazioneCompletaSerializer
    elenco = ElencoOrganizzazioni
    unita = "codice"
    parametri = (
        OpenApiParameter("codice", str, OpenApiParameter.PATH, description="Codice dell'organizzazione."),
    )

    def altro(self, request: Request, base: str, chiave: int, voce: Voce) -> Voce:
        adesioni = Adesione.objects.filter(organizzazione=chiave).order_by("dal", "distretto__codice")
        certificazioni = (
            Certificazione.objects.filter(organizzazione=chiave)
            .order_by("marchio__codice", "dal", "pk")
            .values_list("marchio__codice", "livello", "dal", "al", "revocata_il")
        )
        return {
            "adesioni": [
                {
                    "distretto": {
                        "codice": codice,
                        "denominazione": denominazione,
                        "href": indirizzo(base, "distretti", codice),
                    },
                    "dal": dal,
                    "al": al,
                }
                for codice, denominazione, dal, al in adesioni.values_list(
                    "distretto__codice", "distretto__denominazione", "dal", "al"
                )
            ],
            "certificazioni": [
                dict(zip(("marchio", "livello", "dal", "al", "revocata_il"), riga, strict=True))
                for riga in certificazioni
            ],
        }
