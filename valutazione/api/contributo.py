"""What the contribution of a programme comes to, passage by passage, to who follows it."""

from decimal import Decimal
from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from valutazione.api.accesso import programma_riservato
from valutazione.api.errori import SchedaIncompleta
from valutazione.api.forma_programma import PERCORSO
from valutazione.api.vista import Risorsa
from valutazione.contributi import ContributoDiProgramma, contributo_di
from valutazione.models import ParametriContributo
from valutazione.permissions import puo_vedere_valutazione
from valutazione.scheda.errori import SchedaNonValida

_NOMI = ["contributo", "simulazione del contributo"]


class PassoSerializer(serializers.Serializer[Any]):
    """Un passo del conto: che cosa si è fatto, e l'importo a cui si è arrivati."""

    frase = serializers.CharField()
    importo = serializers.CharField(help_text="Euro, con due decimali.")


class ParametriContributoSerializer(serializers.Serializer[Any]):
    """I parametri dell'autorità su cui si fa il conto."""

    anno = serializers.IntegerField(help_text="Da quale anno valgono.")
    versione = serializers.IntegerField()
    aliquota = serializers.CharField(help_text="Percentuale del costo riconosciuta.")
    massimo = serializers.CharField(help_text="Euro.")
    cofinanziamento_minimo = serializers.CharField(help_text="Percentuale del costo a carico dell'ente.")
    funzione = serializers.DictField(help_text="Come agisce la realizzazione: nessuna, proporzionale, fasce.")
    fonte = serializers.CharField()
    adottati_il = serializers.DateField(allow_null=True)


class ContributoSerializer(serializers.Serializer[Any]):
    """Il contributo di un programma: finché non è adottato e definito, una simulazione."""

    nome = serializers.ChoiceField(_NOMI)
    importo = serializers.CharField(
        allow_null=True, help_text="Euro; null: non si può dire, e si dice perché."
    )
    perche_no = serializers.CharField()
    passi = PassoSerializer(many=True)
    costo = serializers.CharField(allow_null=True, help_text="Euro; null: non dichiarato.")
    cofinanziamento = serializers.CharField(allow_null=True, help_text="Euro a carico dell'ente.")
    realizzazione = serializers.CharField(allow_null=True, help_text="Percentuale; null: non valutata.")
    risultato = serializers.IntegerField(
        allow_null=True, help_text="Il numero del risultato; null: la realizzazione è quella di oggi."
    )
    parametri = ParametriContributoSerializer(allow_null=True)


class RisorsaContributo(Risorsa):
    """The contribution of a programme, as its page shows it."""

    operazione = "leggiContributo"
    sommario = "Il contributo di un programma, o la sua simulazione"
    descrizione = (
        "Dal costo del manager, dai parametri dell'autorità e dalla realizzazione riconosciuta, passo per "
        "passo. Si chiama simulazione finché l'autorità non adotta i parametri e non c'è un risultato. Lo "
        "legge soltanto chi ha un ruolo sul distretto o sulla sua autorità; a chi non si presenta si "
        "risponde 401, agli altri 403."
    )
    serializer_class = ContributoSerializer
    parametri = PERCORSO
    riservata = True

    def get(self, request: Request, codice: str, anno: int) -> Response:
        programma = programma_riservato(request, codice, anno, puo_vedere_valutazione)
        try:
            return Response(_contributo(contributo_di(programma)))
        except SchedaNonValida as errore:
            raise SchedaIncompleta(errore.errori) from errore


def _contributo(trovato: ContributoDiProgramma) -> dict[str, Any]:
    conto = trovato.contributo
    costo = trovato.costo
    return {
        "nome": trovato.nome,
        "importo": None if conto is None else _testo(conto.importo),
        "perche_no": trovato.perche_no,
        "passi": [
            {"frase": passo.frase, "importo": _testo(passo.importo)}
            for passo in (conto.passi if conto else ())
        ],
        "costo": None if costo.pk is None else _testo(costo.importo),
        "cofinanziamento": _testo(costo.cofinanziamento),
        "realizzazione": _testo(trovato.realizzazione),
        "risultato": None if trovato.risultato is None else trovato.risultato.numero,
        "parametri": None if trovato.parametri is None else _parametri(trovato.parametri),
    }


def _parametri(parametri: ParametriContributo) -> dict[str, Any]:
    return {
        "anno": parametri.anno,
        "versione": parametri.versione,
        "aliquota": _testo(parametri.aliquota),
        "massimo": _testo(parametri.massimo),
        "cofinanziamento_minimo": _testo(parametri.cofinanziamento_minimo),
        "funzione": parametri.funzione,
        "fonte": parametri.fonte,
        "adottati_il": parametri.adottata_il,
    }


def _testo(valore: Decimal | None) -> str | None:
    """A number as the exchange format writes it: a text with two decimals."""
    return None if valore is None else f"{valore:.2f}"
