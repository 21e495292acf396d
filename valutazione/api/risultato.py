"""The result of a year: its values and why, its corrections, and the package to compute it again."""

import re
from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from programmi.accesso import programma_o_404
from valutazione.api.errori import ParametriNonValidi, SchedaIncompleta
from valutazione.api.forma_programma import PERCORSO
from valutazione.api.indirizzi import base_di, indirizzo
from valutazione.api.riferimenti import CollegatoSerializer
from valutazione.api.scheda import EsitoSerializer, SchedaSerializer
from valutazione.api.vista import Risorsa
from valutazione.risultati.correzioni import Correzione, correzioni_di
from valutazione.risultati.differenze import LETTURE
from valutazione.risultati.lettura import leggi, leggi_per, risultato_leggibile
from valutazione.risultati.pacchetto import FORMATO_PACCHETTO
from valutazione.scheda.errori import SchedaNonValida


class DifferenzaSerializer(serializers.Serializer[Any]):
    """Un valore che la correzione ha cambiato."""

    voce = serializers.CharField(
        help_text="«programma», «obbligatorie», «progettualita», o il codice di un'azione o di una riga."
    )
    voce_prima = serializers.CharField(
        allow_null=True, help_text="Il codice che aveva nel risultato di prima; null: non c'era."
    )
    lettura = serializers.ChoiceField(LETTURE)
    prima = serializers.CharField(allow_null=True, help_text="Percentuale; null: non valutata; «assente».")
    dopo = serializers.CharField(allow_null=True, help_text="Percentuale; null: non valutata; «assente».")


class CorrezioneSerializer(serializers.Serializer[Any]):
    """Una correzione: da un risultato pubblicato al seguente."""

    il = serializers.DateField(allow_null=True, help_text="Quando è stata pubblicata; null: non ancora.")
    da = serializers.IntegerField(help_text="Il numero del risultato di prima.")
    a = serializers.IntegerField(help_text="Il numero del risultato corretto.")
    motivi = serializers.ListField(child=serializers.CharField())
    differenze = DifferenzaSerializer(many=True)


class LinkRisultatoSerializer(serializers.Serializer[Any]):
    pacchetto = serializers.URLField()


class RisultatoSerializer(CollegatoSerializer):
    """Il risultato di un anno, come l'autorità l'ha definito."""

    numero = serializers.IntegerField()
    definito_il = serializers.DateField()
    pubblicato_il = serializers.DateField(
        allow_null=True, help_text="null: non ancora; lo legge soltanto chi segue il programma."
    )
    versione_calcolo = serializers.CharField()
    sha256_scheda = serializers.CharField(help_text="Della scheda in forma pubblica, in forma canonica.")
    sha256 = serializers.CharField(help_text="Dell'esito, in forma canonica.")
    correzioni = CorrezioneSerializer(many=True, help_text="Dalla più recente.")
    esito = EsitoSerializer()
    link = LinkRisultatoSerializer()


class PacchettoSerializer(serializers.Serializer[Any]):
    """Ciò che serve a ricalcolare un risultato: la scheda in forma pubblica e il suo esito."""

    formato = serializers.ChoiceField([FORMATO_PACCHETTO])
    scheda = SchedaSerializer()
    esito = EsitoSerializer()


NUMERO = OpenApiParameter(
    "numero",
    {"type": "string", "pattern": "^[1-9][0-9]{0,3}$", "maxLength": 4},
    description="Quale risultato; senza, l'ultimo.",
)


class RisorsaRisultato(Risorsa):
    """The last one that the person who asks may read, or the one they name; an altered one is a 500."""

    operazione = "leggiRisultato"
    sommario = "Il risultato di un programma"
    descrizione = (
        "Quanto è valso l'anno, congelato quando l'autorità l'ha definito: non cambia mai, e una correzione "
        "è un risultato nuovo. Pubblico da quando l'autorità lo pubblica; prima lo legge chi ha un ruolo sul "
        "programma, e agli altri si risponde 404."
    )
    serializer_class = RisultatoSerializer
    parametri = (*PERCORSO, NUMERO)

    def get(self, request: Request, codice: str, anno: int) -> Response:
        programma = programma_o_404(request.user, codice, anno)
        risultato = risultato_leggibile(request.user, programma, _numero(request))
        if risultato is None:
            raise Http404
        esito = leggi(risultato).esito
        correzioni = correzioni_di(programma, risultato)
        qui = indirizzo(base_di(request), "programmi", codice, anno)
        return Response(
            {
                "href": f"{qui}/risultato?numero={risultato.numero}",
                "numero": risultato.numero,
                "definito_il": risultato.passaggio.il,
                "pubblicato_il": risultato.pubblicazione.il if risultato.pubblicato else None,
                "versione_calcolo": risultato.versione_kernel,
                "sha256_scheda": risultato.sha256_scheda,
                "sha256": risultato.sha256,
                "correzioni": [_correzione(correzione) for correzione in correzioni],
                "esito": esito,
                "link": {"pacchetto": f"{qui}/pacchetto?numero={risultato.numero}"},
            }
        )


class RisorsaPacchetto(Risorsa):
    """The package: of a result; without any, for who follows the programme, that of today."""

    operazione = "leggiPacchetto"
    sommario = "Il pacchetto di un risultato"
    descrizione = (
        "Nel formato pacchetto-valutazione/1: la scheda in forma pubblica e il suo esito, da ricalcolare con "
        "il programma di verifica. Quello del risultato che chi chiede può leggere; finché non ce n'è, a chi "
        "ha un ruolo sul programma quello di oggi, agli altri 404."
    )
    serializer_class = PacchettoSerializer
    parametri = (*PERCORSO, NUMERO)

    def get(self, request: Request, codice: str, anno: int) -> Response:
        programma = programma_o_404(request.user, codice, anno)
        try:
            letto = leggi_per(request.user, programma, _numero(request))
        except SchedaNonValida as errore:
            raise SchedaIncompleta(errore.errori) from errore
        return Response(letto.pacchetto.documento)


def _numero(request: Request) -> int | None:
    """The number asked for, if any. Raises ``ParametriNonValidi`` for what is no number."""
    testo = request.query_params.get("numero")
    if testo is None:
        return None
    if not re.fullmatch("[1-9][0-9]{0,3}", testo):
        raise ParametriNonValidi({"numero": ["Deve essere un numero intero da 1 a 9999."]})
    return int(testo)


def _correzione(correzione: Correzione) -> dict[str, Any]:
    return {
        "il": correzione.il,
        "da": correzione.prima.numero,
        "a": correzione.risultato.numero,
        "motivi": list(correzione.motivi),
        "differenze": [differenza.json for differenza in correzione.differenze],
    }
