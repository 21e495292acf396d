"""The districts and their members."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request

from distretti.models import (
    Adesione,
    Certificazione,
    DatoDichiarato,
    Distretto,
    StatoDistretto,
    TipoDistretto,
)
from programmi.models import Programma
from valutazione.api.autorita import CAMPI_DATO, DatoDichiaratoSerializer
from valutazione.api.cursore import PER_NOME, Riga
from valutazione.api.elenco import Elenco, Singola, Voce
from valutazione.api.errori import ParametriNonValidi
from valutazione.api.filtri import FiltriDistretti, leggi_data
from valutazione.api.indirizzi import indirizzo
from valutazione.api.riferimenti import CollegatoSerializer, RiferimentoSerializer, VoceSerializer


class DistrettoSerializer(VoceSerializer):
    codice = serializers.CharField(help_text="Il codice non cambia mai, anche se il distretto cambia nome.")
    denominazione = serializers.CharField()
    tipo = serializers.ChoiceField(TipoDistretto.choices())
    stato = serializers.ChoiceField(
        StatoDistretto.choices, allow_null=True, help_text="null: nel giorno chiesto non c'era ancora."
    )
    autorita = serializers.CharField(help_text="Codice dell'autorità.")
    anno_nascita = serializers.IntegerField(allow_null=True)
    capofila = serializers.CharField(help_text="Vuoto dove la fonte non lo dice.")


class AderenteSerializer(serializers.Serializer[Any]):
    organizzazione = RiferimentoSerializer()
    dal = serializers.DateField()
    al = serializers.DateField(allow_null=True, help_text="null: aderisce ancora.")
    marchi = serializers.ListField(
        child=serializers.CharField(), help_text="Codici dei marchi posseduti alla data chiesta."
    )


class ProgrammaDelDistrettoSerializer(CollegatoSerializer):
    anno = serializers.IntegerField()


class DistrettoCompletoSerializer(DistrettoSerializer):
    alla_data = serializers.DateField(help_text="Il giorno a cui si riferiscono aderenti e marchi.")
    aderenti = AderenteSerializer(many=True)
    dati_dichiarati = DatoDichiaratoSerializer(many=True)
    programmi = ProgrammaDelDistrettoSerializer(many=True)


class ElencoDistretti(Elenco):
    """All the districts of the register."""

    operazione = "elencaDistretti"
    sommario = "I distretti"
    descrizione = "L'elenco dei distretti, anche di quelli cessati o revocati."
    modello = Distretto
    voce = DistrettoSerializer
    filtri = FiltriDistretti
    ordini = PER_NOME
    ordine = "denominazione"
    campi = (
        "codice",
        "denominazione",
        "tipo",
        "stato",
        "autorita__codice",
        "anno_nascita",
        "capofila",
        "modificato_alle",
    )

    def righe(self, request: Request) -> QuerySet[Distretto]:
        return Distretto.objects.all()

    def voci(self, base: str, righe: Sequence[Riga]) -> list[Voce]:
        """With ``alla_data``, in the words of that day."""
        allora = self._allora([riga[0] for riga in righe])
        return [
            {
                "codice": codice,
                "denominazione": denominazione,
                "tipo": tipo,
                "stato": stato,
                "autorita": autorita,
                "anno_nascita": anno_nascita,
                "capofila": capofila,
                **allora.get(codice, {}),
                "modificato_alle": modificato_alle,
                "href": self.indirizzo(base, codice),
            }
            for (
                codice,
                denominazione,
                tipo,
                stato,
                autorita,
                anno_nascita,
                capofila,
                modificato_alle,
            ) in righe
        ]

    def _allora(self, codici: Sequence[str]) -> dict[str, Voce]:
        """What differs on the day asked for, by code of the district; nothing when no day is asked for."""
        richiesta = getattr(self, "request", None)
        if richiesta is None or "alla_data" not in richiesta.query_params:
            return {}
        giorno = leggi_data(richiesta.query_params["alla_data"])
        return {
            d.codice: nel_giorno(d) for d in Distretto.objects.filter(codice__in=codici).alla_data(giorno)
        }


def nel_giorno(distretto: Any) -> Voce:
    """A district read with ``alla_data``. Its state is null before it began."""
    return {
        "denominazione": distretto.denominazione_al,
        "stato": distretto.stato_al or None,
        "capofila": distretto.capofila_al,
    }


CODICE_DISTRETTO = OpenApiParameter("codice", str, OpenApiParameter.PATH, description="Codice del distretto.")


class RisorsaDistretto(Singola):
    """One district with its members on a day."""

    operazione = "leggiDistretto"
    sommario = "Un distretto, con gli aderenti a una data"
    descrizione = (
        "Con «alla_data», denominazione, stato ed ente capofila sono quelli di quel giorno. Gli aderenti sono"
        " quelli del registro. Un programma può tenere un elenco suo, quello stampato nel"
        " suo atto: è nel programma."
    )
    serializer_class = DistrettoCompletoSerializer
    elenco = ElencoDistretti
    parametri = (
        CODICE_DISTRETTO,
        OpenApiParameter(
            "alla_data",
            {"type": "string", "format": "date"},
            description="Giorno a cui si riferisce tutto ciò che può cambiare (predefinito: oggi).",
        ),
    )

    def altro(self, request: Request, base: str, chiave: int, voce: Voce) -> Voce:
        giorno = data_chiesta(request.query_params)
        dichiarati = DatoDichiarato.objects.filter(distretto=chiave).order_by("voce", "al")
        programmi = Programma.objects.annuali().visibili_a(request.user).filter(distretto=chiave)
        anni = programmi.order_by("-anno").values_list("anno", flat=True)
        return {
            **nel_giorno(Distretto.objects.alla_data(giorno).get(pk=chiave)),
            "alla_data": giorno,
            "aderenti": aderenti_di(base, chiave, giorno),
            "dati_dichiarati": list(dichiarati.values(*CAMPI_DATO)),
            "programmi": [
                {"anno": anno, "href": indirizzo(base, "programmi", voce["codice"], anno)} for anno in anni
            ],
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


def aderenti_di(base: str, distretto: int, giorno: date) -> list[Voce]:
    """The members on ``giorno``, in the order of the register, with the marks they held on that day."""
    adesioni = Adesione.objects.alla_data(giorno).filter(distretto=distretto)
    marchi: dict[int, list[str]] = defaultdict(list)
    certificazioni = Certificazione.objects.alla_data(giorno).filter(
        organizzazione__in=adesioni.values("organizzazione"), marchio__autorita__distretti=distretto
    )
    coppie = certificazioni.order_by("marchio__codice").values_list("organizzazione_id", "marchio__codice")
    for organizzazione, codice in coppie:
        if codice not in marchi[organizzazione]:
            marchi[organizzazione].append(codice)
    righe = adesioni.order_by("ordine", "organizzazione__denominazione", "pk").values_list(
        "organizzazione_id", "organizzazione__codice", "organizzazione__denominazione", "dal", "al"
    )
    return [
        {
            "organizzazione": {
                "codice": codice,
                "denominazione": denominazione,
                "href": indirizzo(base, "organizzazioni", codice),
            },
            "dal": dal,
            "al": al,
            "marchi": marchi[organizzazione],
        }
        for organizzazione, codice, denominazione, dal, al in righe
    ]
