"""The organisations of the public register."""

from collections import defaultdict
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from distretti.models import Adesione, AliasOrganizzazione, Certificazione, Natura, Organizzazione
from programmi.models import Referente, StatoProgramma
from valutazione.api.cursore import PER_NOME
from valutazione.api.filtri import FiltriOrganizzazioni
from valutazione.api.riferimenti import CollegatoSerializer, PaginaSerializer, RiferimentoSerializer
from valutazione.api.vista import Elenco, Risorsa, indirizzo


class OrganizzazioneSerializer(CollegatoSerializer):
    codice = serializers.CharField(help_text="Il codice non cambia mai.")
    denominazione = serializers.CharField()
    natura = serializers.ChoiceField(Natura.choices(), allow_null=True, help_text="null: non è nota.")
    alias = serializers.ListField(child=serializers.CharField(), help_text="I nomi usati negli atti.")


class ElencoOrganizzazioniSerializer(PaginaSerializer):
    items = OrganizzazioneSerializer(many=True)


class AdesioneSerializer(serializers.Serializer[Any]):
    distretto = RiferimentoSerializer()
    dal = serializers.DateField()
    al = serializers.DateField(allow_null=True, help_text="null: aderisce ancora.")


class CertificazioneSerializer(serializers.Serializer[Any]):
    """Un marchio; le date sono null dove la fonte non le dà."""

    marchio = serializers.CharField(help_text="Codice del marchio.")
    livello = serializers.CharField()
    dal = serializers.DateField(allow_null=True)
    al = serializers.DateField(allow_null=True)
    revocata_il = serializers.DateField(allow_null=True)


class OrganizzazioneCompletaSerializer(OrganizzazioneSerializer):
    adesioni = AdesioneSerializer(many=True)
    certificazioni = CertificazioneSerializer(many=True)


CAMPI = ("pk", "codice", "denominazione", "natura")


def organizzazioni_pubbliche() -> QuerySet[Organizzazione]:
    """Those that belong or belonged to a district, or are referents of an approved programme.

    An organisation that only an evidence or a draft names is not shown to anyone here.
    """
    adesioni = Adesione.objects.filter(organizzazione=OuterRef("pk"))
    referenze = Referente.objects.filter(
        organizzazione=OuterRef("pk"), progettualita__programma__stato=StatoProgramma.APPROVATO
    )
    return Organizzazione.objects.filter(Q(Exists(adesioni)) | Q(Exists(referenze)))


def organizzazioni_json(request: Request, righe: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The organisations as a list shows them, with one query for the other names of all."""
    alias: dict[int, list[str]] = defaultdict(list)
    coppie = AliasOrganizzazione.objects.filter(organizzazione__in=[riga["pk"] for riga in righe])
    for organizzazione, testo in coppie.order_by("ordine").values_list("organizzazione_id", "testo"):
        alias[organizzazione].append(testo)
    return [
        {
            "codice": riga["codice"],
            "denominazione": riga["denominazione"],
            "natura": riga["natura"] or None,
            "alias": alias[riga["pk"]],
            "href": indirizzo(request, "api-organizzazione", riga["codice"]),
        }
        for riga in righe
    ]


class ElencoOrganizzazioni(Elenco):
    """The organisations of the public register."""

    operazione = "elencaOrganizzazioni"
    sommario = "Le organizzazioni"
    descrizione = (
        "Le organizzazioni che aderiscono o hanno aderito a un distretto, o che sono referenti in un "
        "programma approvato."
    )
    serializer_class = ElencoOrganizzazioniSerializer
    filtri = FiltriOrganizzazioni
    campi = CAMPI
    ordine = "denominazione"
    ordini = PER_NOME

    def righe(self, request: Request) -> QuerySet[Organizzazione]:
        return organizzazioni_pubbliche()

    def voci(self, request: Request, righe: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return organizzazioni_json(request, righe)


class RisorsaOrganizzazione(Risorsa):
    """One organisation with its memberships and marks."""

    operazione = "leggiOrganizzazione"
    sommario = "Un'organizzazione, con le sue adesioni e i suoi marchi"
    serializer_class = OrganizzazioneCompletaSerializer
    parametri = (
        OpenApiParameter("codice", str, OpenApiParameter.PATH, description="Codice dell'organizzazione."),
    )

    def get(self, request: Request, codice: str) -> Response:
        riga = get_object_or_404(organizzazioni_pubbliche().values(*CAMPI), codice=codice)
        adesioni = (
            Adesione.objects.filter(organizzazione=riga["pk"])
            .order_by("dal", "distretto__codice")
            .values("distretto__codice", "distretto__denominazione", "dal", "al")
        )
        certificazioni = (
            Certificazione.objects.filter(organizzazione=riga["pk"])
            .order_by("marchio__codice", "dal", "pk")
            .values("marchio__codice", "livello", "dal", "al", "revocata_il")
        )
        return Response(
            {
                **organizzazioni_json(request, [riga])[0],
                "adesioni": [
                    {
                        "distretto": {
                            "codice": adesione["distretto__codice"],
                            "denominazione": adesione["distretto__denominazione"],
                            "href": indirizzo(request, "api-distretto", adesione["distretto__codice"]),
                        },
                        "dal": adesione["dal"],
                        "al": adesione["al"],
                    }
                    for adesione in adesioni
                ],
                "certificazioni": [
                    {
                        "marchio": certificazione["marchio__codice"],
                        "livello": certificazione["livello"],
                        "dal": certificazione["dal"],
                        "al": certificazione["al"],
                        "revocata_il": certificazione["revocata_il"],
                    }
                    for certificazione in certificazioni
                ],
            }
        )
