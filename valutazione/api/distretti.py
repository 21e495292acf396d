"""The districts and their members."""

from collections import defaultdict
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, QuerySet
from django.http import QueryDict
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from distretti.models import Adesione, Certificazione, Distretto, StatoDistretto, TipoDistretto
from programmi.models import Programma
from valutazione.api.cursore import PER_NOME
from valutazione.api.errori import ParametriNonValidi
from valutazione.api.filtri import FiltriDistretti, leggi_data
from valutazione.api.riferimenti import CollegatoSerializer, PaginaSerializer, RiferimentoSerializer
from valutazione.api.vista import Elenco, Risorsa, indirizzo


class DistrettoSerializer(CollegatoSerializer):
    codice = serializers.CharField(help_text="Il codice non cambia mai, anche se il distretto cambia nome.")
    denominazione = serializers.CharField()
    tipo = serializers.ChoiceField(TipoDistretto.choices())
    stato = serializers.ChoiceField(StatoDistretto.choices)
    autorita = serializers.CharField(help_text="Codice dell'autorità.")
    anno_nascita = serializers.IntegerField(allow_null=True)
    capofila = serializers.CharField(help_text="Vuoto dove la fonte non lo dice.")


class ElencoDistrettiSerializer(PaginaSerializer):
    items = DistrettoSerializer(many=True)


class AderenteSerializer(serializers.Serializer[Any]):
    organizzazione = RiferimentoSerializer()
    dal = serializers.DateField()
    al = serializers.DateField(allow_null=True, help_text="null: aderisce ancora.")
    marchi = serializers.ListField(
        child=serializers.CharField(), help_text="Codici dei marchi posseduti alla data chiesta."
    )


class DatoDichiaratoSerializer(serializers.Serializer[Any]):
    """Una cifra come la dichiara una fonte: non è il conteggio degli aderenti qui elencati."""

    voce = serializers.CharField()
    valore = serializers.IntegerField()
    almeno = serializers.BooleanField(help_text="«oltre 1119 organizzazioni»")
    al = serializers.CharField(help_text="Anno, anno-mese o anno-mese-giorno.")
    fonte = serializers.CharField()


class ProgrammaDelDistrettoSerializer(CollegatoSerializer):
    anno = serializers.IntegerField()


class DistrettoCompletoSerializer(DistrettoSerializer):
    alla_data = serializers.DateField(help_text="Il giorno a cui si riferiscono aderenti e marchi.")
    aderenti = AderenteSerializer(many=True)
    dati_dichiarati = DatoDichiaratoSerializer(many=True)
    programmi = ProgrammaDelDistrettoSerializer(many=True)


CAMPI = ("codice", "denominazione", "tipo", "stato", "autorita__codice", "anno_nascita", "capofila")


def distretto_json(request: Request, riga: dict[str, Any]) -> dict[str, Any]:
    """A district as a list shows it."""
    return {
        "codice": riga["codice"],
        "denominazione": riga["denominazione"],
        "tipo": riga["tipo"],
        "stato": riga["stato"],
        "autorita": riga["autorita__codice"],
        "anno_nascita": riga["anno_nascita"],
        "capofila": riga["capofila"],
        "href": indirizzo(request, "api-distretto", riga["codice"]),
    }


def data_chiesta(parametri: QueryDict) -> date:
    """The day of ``alla_data``, today when it is not given."""
    testo = parametri.get("alla_data")
    if testo is None:
        return timezone.localdate()
    try:
        return leggi_data(testo)
    except ValidationError as errore:
        raise ParametriNonValidi({"alla_data": errore.messages}) from errore


def aderenti_di(request: Request, distretto: Distretto, giorno: date) -> list[dict[str, Any]]:
    """The members on ``giorno``, in the order of the register, with the marks they held on that day."""
    adesioni = Adesione.objects.alla_data(giorno).filter(distretto=distretto)
    marchi: dict[int, list[str]] = defaultdict(list)
    certificazioni = Certificazione.objects.alla_data(giorno).filter(
        organizzazione__in=adesioni.values("organizzazione"), marchio__autorita=distretto.autorita_id
    )
    coppie = certificazioni.order_by("marchio__codice").values_list("organizzazione_id", "marchio__codice")
    for organizzazione, codice in coppie:
        if codice not in marchi[organizzazione]:
            marchi[organizzazione].append(codice)
    righe = adesioni.order_by("ordine", "organizzazione__denominazione", "pk").values(
        "organizzazione_id", "organizzazione__codice", "organizzazione__denominazione", "dal", "al"
    )
    return [
        {
            "organizzazione": {
                "codice": riga["organizzazione__codice"],
                "denominazione": riga["organizzazione__denominazione"],
                "href": indirizzo(request, "api-organizzazione", riga["organizzazione__codice"]),
            },
            "dal": riga["dal"],
            "al": riga["al"],
            "marchi": marchi[riga["organizzazione_id"]],
        }
        for riga in righe
    ]


class ElencoDistretti(Elenco):
    """All the districts of the register."""

    operazione = "elencaDistretti"
    sommario = "I distretti"
    descrizione = "L'elenco dei distretti, anche di quelli cessati o revocati."
    serializer_class = ElencoDistrettiSerializer
    filtri = FiltriDistretti
    campi = CAMPI
    ordine = "denominazione"
    ordini = PER_NOME

    def righe(self, request: Request) -> QuerySet[Distretto]:
        return Distretto.objects.all()

    def voci(self, request: Request, righe: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [distretto_json(request, riga) for riga in righe]


CODICE_DISTRETTO = OpenApiParameter("codice", str, OpenApiParameter.PATH, description="Codice del distretto.")


class RisorsaDistretto(Risorsa):
    """One district with its members on a day."""

    operazione = "leggiDistretto"
    sommario = "Un distretto, con gli aderenti a una data"
    serializer_class = DistrettoCompletoSerializer
    parametri = (
        CODICE_DISTRETTO,
        OpenApiParameter(
            "alla_data",
            {"type": "string", "format": "date"},
            description="Giorno a cui si riferiscono aderenti e marchi (predefinito: oggi).",
        ),
    )

    def get(self, request: Request, codice: str) -> Response:
        giorno = data_chiesta(request.query_params)
        distretto = get_object_or_404(Distretto.objects.select_related("autorita"), codice=codice)
        riga = {campo: getattr(distretto, campo) for campo in CAMPI if campo != "autorita__codice"}
        dichiarati = distretto.dati_dichiarati.order_by("voce", "al").values(
            "voce", "valore", "almeno", "al", "fonte"
        )
        programmi = Programma.objects.visibili_a(request.user).filter(distretto=distretto)
        anni = programmi.order_by(F("anno").desc()).values_list("anno", flat=True)
        return Response(
            {
                **distretto_json(request, {**riga, "autorita__codice": distretto.autorita.codice}),
                "alla_data": giorno,
                "aderenti": aderenti_di(request, distretto, giorno),
                "dati_dichiarati": list(dichiarati),
                "programmi": [
                    {"anno": anno, "href": indirizzo(request, "api-programma", codice, anno)} for anno in anni
                ],
            }
        )
