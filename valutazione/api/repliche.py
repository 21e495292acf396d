"""The replies to the verification, to who follows the programme."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from distretti.models import Ruolo
from valutazione.api.accesso import programma_riservato
from valutazione.api.forma_programma import PERCORSO
from valutazione.api.vista import Risorsa
from valutazione.chiusura.lettura import chiusura_di
from valutazione.models import EsitoReplica, ReplicaVerifica
from valutazione.permissions import puo_vedere_valutazione


class ReplicaVerificaSerializer(serializers.Serializer[Any]):
    """A che cosa si replica, che cosa si dice, che cosa risponde l'autorità."""

    evidenza = serializers.CharField(help_text="Il codice dell'evidenza.")
    riga = serializers.CharField(help_text="Il codice della riga, per esempio «obb.2» o «4.1».")
    giro = serializers.IntegerField(help_text="Dopo quale conclusione della verifica.")
    su_decisione = serializers.CharField(help_text="La decisione a cui si replica, in parole.")
    rinuncia = serializers.BooleanField()
    testo = serializers.CharField(help_text="Vuoto per chi ha rinunciato.")
    scritta_da = serializers.CharField()
    ruolo = serializers.ChoiceField(Ruolo.choices)
    scritta_alle = serializers.DateTimeField()
    esito = serializers.ChoiceField(
        EsitoReplica.choices, allow_null=True, help_text="null finché l'autorità non ha risposto."
    )
    risposta = serializers.CharField()
    decisa_alle = serializers.DateTimeField(allow_null=True)


class ReplicheSerializer(serializers.Serializer[Any]):
    """Tutte le repliche alla verifica di un programma."""

    entro = serializers.DateField(allow_null=True, help_text="L'ultimo giorno per replicare, compreso.")
    in_attesa = serializers.IntegerField(help_text="Che aspettano la risposta dell'autorità.")
    repliche = ReplicaVerificaSerializer(many=True)


class RisorsaRepliche(Risorsa):
    """The replies on a programme, to who follows it: they are never public."""

    operazione = "leggiRepliche"
    sommario = "Le repliche alla verifica di un programma"
    descrizione = (
        "Che cosa il manager replica alle decisioni sulle evidenze, le rinunce, le risposte dell'autorità. "
        "Le legge soltanto chi ha un ruolo sul distretto o sulla sua autorità; a chi non si presenta si "
        "risponde 401, agli altri 403."
    )
    serializer_class = ReplicheSerializer
    parametri = PERCORSO
    riservata = True

    def get(self, request: Request, codice: str, anno: int) -> Response:
        programma = programma_riservato(request, codice, anno, puo_vedere_valutazione)
        lette = list(
            ReplicaVerifica.objects.filter(imputazione__evidenza__programma=programma)
            .select_related("imputazione__evidenza", "imputazione__indicatore__progettualita")
            .per_elenco()
        )
        return Response(
            {
                "entro": chiusura_di(programma).repliche_entro,
                "in_attesa": sum(replica.in_attesa for replica in lette),
                "repliche": [_replica(replica) for replica in lette],
            }
        )


def _replica(replica: ReplicaVerifica) -> dict[str, Any]:
    return {
        "evidenza": replica.imputazione.evidenza.codice,
        "riga": replica.imputazione.indicatore.codice,
        "giro": replica.giro,
        "su_decisione": replica.su_decisione,
        "rinuncia": replica.rinuncia,
        "testo": replica.testo,
        "scritta_da": str(replica.utente),
        "ruolo": replica.ruolo,
        "scritta_alle": replica.scritta_alle,
        "esito": replica.esito or None,
        "risposta": replica.risposta,
        "decisa_alle": replica.decisa_alle,
    }
