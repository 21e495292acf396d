"""What a programme holds (scheda) and what it is worth (valutazione), each to those who may read it."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from programmi.accesso import programma_o_404
from valutazione.api.accesso import programma_riservato
from valutazione.api.errori import SchedaIncompleta
from valutazione.api.forma_programma import PERCORSO
from valutazione.api.vista import Risorsa
from valutazione.kernel import valuta_documento
from valutazione.permissions import puo_vedere_valutazione
from valutazione.promessa import promessa_pubblica
from valutazione.scheda.da_database import documento_di
from valutazione.scheda.errori import SchedaNonValida


class SchedaSerializer(serializers.Serializer[Any]):
    """La scheda programma: lo schema è in schema/scheda-programma."""

    formato = serializers.ChoiceField(["scheda-programma/1"])


class EsitoSerializer(serializers.Serializer[Any]):
    """L'esito della valutazione, con la spiegazione di ogni percentuale."""

    formato = serializers.ChoiceField(["esito-valutazione/1"])


class RisorsaScheda(Risorsa):
    """The whole programme in the exchange format: the promise for everyone, all of it for its people."""

    operazione = "leggiScheda"
    sommario = "La scheda di un programma"
    descrizione = (
        "Nel formato scheda-programma/1. Per tutti, la promessa del programma approvato: forma pubblica, "
        "senza evidenze. Per chi ha un ruolo sul programma, la scheda intera, come la esporta «esporta»."
    )
    serializer_class = SchedaSerializer
    parametri = PERCORSO

    def get(self, request: Request, codice: str, anno: int) -> Response:
        programma = programma_o_404(request.user, codice, anno)
        if puo_vedere_valutazione(request.user, programma):
            return Response(documento_di(programma))
        return Response(promessa_pubblica(documento_di(programma, solo_promessa=True)))


class RisorsaValutazione(Risorsa):
    """The percentages and why: the same object that pages, PDF and ``manage.py valuta`` give."""

    operazione = "leggiValutazione"
    sommario = "La valutazione di un programma"
    descrizione = (
        "Nel formato esito-valutazione/1, calcolata sulle evidenze registrate fino a ora. La legge soltanto "
        "chi ha un ruolo sul distretto o sulla sua autorità; a chi non si presenta si "
        "risponde 401, agli altri 403."
    )
    serializer_class = EsitoSerializer
    parametri = PERCORSO
    riservata = True

    def get(self, request: Request, codice: str, anno: int) -> Response:
        programma = programma_riservato(request, codice, anno, puo_vedere_valutazione)
        try:
            return Response(valuta_documento(documento_di(programma)))
        except SchedaNonValida as errore:
            raise SchedaIncompleta(errore.errori) from errore
