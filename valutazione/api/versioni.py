"""The frozen versions of a programme: which there are, and what each said."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from programmi.accesso import programma_o_404
from programmi.edizione import Edizione
from programmi.models import AzionePassaggio, GenereVersione, Programma, Versione
from valutazione.api.forma_programma import PERCORSO_EDIZIONE
from valutazione.api.indirizzi import base_di, indirizzo
from valutazione.api.riferimenti import CollegatoSerializer
from valutazione.api.scheda import SchedaSerializer
from valutazione.api.vista import Risorsa
from valutazione.lettura_versioni import leggi_per, versione_o_404, versioni_leggibili


class VersioneSerializer(CollegatoSerializer):
    """Una versione conservata del programma."""

    numero = serializers.IntegerField()
    genere = serializers.ChoiceField(GenereVersione.choices)
    azione = serializers.ChoiceField(AzionePassaggio.choices(), help_text="Il passaggio che l'ha conservata.")
    il = serializers.DateField(help_text="Il giorno di quel passaggio.")
    congelata_alle = serializers.DateTimeField()
    sha256 = serializers.CharField(help_text="Del contenuto intero, in forma canonica.")


class VersioniSerializer(serializers.Serializer[Any]):
    """Le versioni di un programma, dalla più recente."""

    versioni = VersioneSerializer(many=True)


class VersioneLettaSerializer(VersioneSerializer):
    """Una versione con ciò che diceva."""

    intera = serializers.BooleanField(help_text="false: il contenuto è nella forma di promessa, per tutti.")
    sha256_contenuto = serializers.CharField(help_text="Del contenuto qui dato, in forma canonica.")
    contenuto = SchedaSerializer()


class RisorsaVersioni(Risorsa):
    """The approved ones for everyone, all of them for who follows the programme."""

    operazione = "leggiVersioni"
    sommario = "Le versioni conservate di un programma"
    descrizione = (
        "Ciò che il programma diceva quando è stato approvato o variato; per chi ha un ruolo sul programma, "
        "anche quando è stato trasmesso. Una versione non cambia mai."
    )
    serializer_class = VersioniSerializer
    parametri = PERCORSO_EDIZIONE

    def get(self, request: Request, codice: str, anno: Edizione) -> Response:
        programma = programma_o_404(request.user, codice, anno)
        lette = versioni_leggibili(request.user, programma)
        return Response({"versioni": [_versione(request, programma, versione) for versione in lette]})


class RisorsaVersione(Risorsa):
    """One version, with its content; an altered one is a 500, and says nothing of what it holds."""

    operazione = "leggiVersione"
    sommario = "Una versione conservata di un programma"
    descrizione = (
        "Il contenuto è nel formato scheda-programma/1, senza evidenze. A chi ha un ruolo sul programma è "
        "dato intero, e la sua impronta è «sha256»; agli altri come promessa, con un'impronta sua."
    )
    serializer_class = VersioneLettaSerializer
    parametri = (
        *PERCORSO_EDIZIONE,
        OpenApiParameter("numero", int, OpenApiParameter.PATH, description="Numero della versione."),
    )

    def get(self, request: Request, codice: str, anno: Edizione, numero: int) -> Response:
        programma = programma_o_404(request.user, codice, anno)
        versione = versione_o_404(request.user, programma, numero)
        letta = leggi_per(request.user, versione)
        return Response(
            {
                **_versione(request, programma, versione),
                "intera": letta.intera,
                "sha256_contenuto": letta.sha256,
                "contenuto": letta.documento,
            }
        )


def _versione(request: Request, programma: Programma, versione: Versione) -> dict[str, Any]:
    chiave = (programma.distretto.codice, programma.edizione, "versioni", versione.numero)
    return {
        "href": indirizzo(base_di(request), "programmi", *chiave),
        "numero": versione.numero,
        "genere": versione.genere,
        "azione": versione.passaggio.azione,
        "il": versione.passaggio.il,
        "congelata_alle": versione.congelata_alle,
        "sha256": versione.sha256,
    }
