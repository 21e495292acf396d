"""The progettualità of the programmes: a list over all of them, and each under its programme."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request

from programmi.edizione import Edizione
from programmi.models import Indicatore, Progettualita, Referente
from programmi.models.progettualita import codice_di_riga
from programmi.models.programma import visibili
from valutazione.api.cursore import Ordine, Riga, contrari
from valutazione.api.elenco import Elenco, Singola, Voce
from valutazione.api.filtri import FiltriProgettualita
from valutazione.api.forma_programma import PERCORSO_EDIZIONE, ClassificazioneSerializer
from valutazione.api.indirizzi import indirizzo
from valutazione.api.programmi import classificazioni_di, condizione_edizione
from valutazione.api.riferimenti import CollegatoSerializer, VoceSerializer


class ProgrammaCitatoSerializer(CollegatoSerializer):
    distretto = serializers.CharField(help_text="Codice del distretto.")
    anno = serializers.IntegerField()


class ProgettualitaSerializer(VoceSerializer):
    programma = ProgrammaCitatoSerializer()
    numero = serializers.IntegerField()
    tipo_azione = serializers.CharField()
    ambito = serializers.CharField()
    titolo = serializers.CharField()
    obiettivo_generale = serializers.CharField()
    obiettivo_specifico = serializers.CharField()
    azioni = serializers.CharField()
    altre_organizzazioni = serializers.CharField()
    tempi = serializers.CharField()
    peso = serializers.CharField(help_text="Un numero esatto, scritto come testo.")
    classificazioni = ClassificazioneSerializer(many=True)


class ReferenteSerializer(serializers.Serializer[Any]):
    """Chi è referente, come lo chiama l'atto; il codice dove si sa chi è."""

    testo = serializers.CharField()
    organizzazione = serializers.CharField(allow_null=True)
    distretto = serializers.CharField(allow_null=True)


class RigaCitataSerializer(CollegatoSerializer):
    codice = serializers.CharField(help_text="Per esempio 4.1.")


class ProgettualitaCompletaSerializer(ProgettualitaSerializer):
    referenti = ReferenteSerializer(many=True)
    indicatori_testo = serializers.ListField(child=serializers.CharField())
    indicatori = RigaCitataSerializer(many=True)


def programma_citato(base: str, codice: str, anno: int) -> Voce:
    """The programme a row belongs to, by its code and year (of a variazione, its ``Edizione``)."""
    return {"distretto": codice, "anno": int(anno), "href": indirizzo(base, "programmi", codice, anno)}


def edizione_di(anno: int, variazione: int) -> int:
    """The part of an address that names the programme of a row."""
    return Edizione(anno, variazione) if variazione else anno


class ElencoProgettualita(Elenco):
    """Those of the programmes one may read."""

    operazione = "elencaProgettualita"
    sommario = "Le progettualità"
    descrizione = "Le progettualità dei programmi che si possono leggere, con tutti i testi dell'atto."
    modello = Progettualita
    voce = ProgettualitaSerializer
    filtri = FiltriProgettualita
    ordini = contrari(
        programma=Ordine(("programma__distretto__codice", "programma__anno", "numero"), (str, int, int)),
        titolo=Ordine(("titolo", "pk"), (str, int)),
    )
    ordine = "programma"
    campi = (
        "pk",
        "programma__distretto__codice",
        "programma__anno",
        "numero",
        "tipo_azione",
        "ambito",
        "titolo",
        "obiettivo_generale",
        "obiettivo_specifico",
        "azioni",
        "altre_organizzazioni",
        "tempi",
        "peso",
        "modificato_alle",
        "programma__variazione",
    )

    def righe(self, request: Request) -> QuerySet[Progettualita]:
        return Progettualita.objects.visibili_a(request.user)

    def singole(self, request: Request) -> QuerySet[Progettualita]:
        """Besides, for who may read them, those of the variazioni."""
        return Progettualita.objects.filter(visibili(request.user, percorso="programma__"))

    def condizione(self, chiave: Sequence[str]) -> dict[str, Any]:
        codice, anno, numero = chiave
        return condizione_edizione(codice, anno, "programma__") | {"numero": numero}

    def indirizzo(self, base: str, *chiave: object) -> str:
        codice, anno, numero = chiave
        return indirizzo(base, "programmi", codice, anno, "progettualita", numero)

    def voci(self, base: str, righe: Sequence[Riga]) -> list[Voce]:
        codici = classificazioni_di([riga[0] for riga in righe])
        testi = self.campi[3:13]
        edizioni = [edizione_di(riga[2], riga[14]) for riga in righe]
        return [
            {
                "programma": programma_citato(base, riga[1], edizione),
                **dict(zip(testi, riga[3:13], strict=True)),
                "classificazioni": codici[riga[0]],
                "modificato_alle": riga[13],
                "href": self.indirizzo(base, riga[1], edizione, riga[3]),
            }
            for riga, edizione in zip(righe, edizioni, strict=True)
        ]


class RisorsaProgettualita(Singola):
    """One progettualità, with its referents and its lines."""

    operazione = "leggiProgettualita"
    sommario = "Una progettualità"
    serializer_class = ProgettualitaCompletaSerializer
    elenco = ElencoProgettualita
    parametri = (
        *PERCORSO_EDIZIONE,
        OpenApiParameter("numero", int, OpenApiParameter.PATH, description="Numero nel programma."),
    )

    def altro(self, request: Request, base: str, chiave: int, voce: Voce) -> Voce:
        referenti = Referente.objects.filter(progettualita=chiave).order_by("ordine")
        righe = Indicatore.objects.filter(progettualita=chiave).order_by("ordine")
        codici = [codice_di_riga(voce["numero"], ordine) for ordine in righe.values_list("ordine", flat=True)]
        return {
            "referenti": [
                {"testo": testo, "organizzazione": organizzazione, "distretto": distretto}
                for testo, organizzazione, distretto in referenti.values_list(
                    "testo", "organizzazione__codice", "distretto__codice"
                )
            ],
            "indicatori_testo": Progettualita.objects.values_list("indicatori_testo", flat=True).get(
                pk=chiave
            ),
            "indicatori": [
                {"codice": codice, "href": f"{voce['programma']['href']}/indicatori/{codice}"}
                for codice in codici
            ],
        }
