"""The osservazioni on a programme, with the replies, to who follows it."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from distretti.models import Ruolo
from programmi.edizione import Edizione
from programmi.models import Osservazione, Replica, StatoOsservazione
from valutazione.api.accesso import programma_riservato
from valutazione.api.forma_programma import PERCORSO_EDIZIONE
from valutazione.api.vista import Risorsa


class ReplicaSerializer(serializers.Serializer[Any]):
    """Una risposta del distretto."""

    testo = serializers.CharField()
    scritta_da = serializers.CharField()
    ruolo = serializers.ChoiceField(Ruolo.choices)
    scritta_alle = serializers.DateTimeField()


class OsservazioneSerializer(serializers.Serializer[Any]):
    """Che cosa c'è da correggere, chi l'ha scritto, come si è risposto, chi l'ha chiusa."""

    numero = serializers.IntegerField()
    oggetto = serializers.CharField(
        allow_null=True,
        help_text="Per esempio «premessa», «P4.titolo», «4.2.regola», «obb.3»; vuoto per il programma nel "
        "suo insieme; null se quella parte non c'è più.",
    )
    etichetta = serializers.CharField(help_text="L'oggetto in parole.")
    testo = serializers.CharField()
    stato = serializers.ChoiceField(StatoOsservazione.choices)
    scritta_da = serializers.CharField()
    ruolo = serializers.ChoiceField(Ruolo.choices)
    scritta_alle = serializers.DateTimeField()
    repliche = ReplicaSerializer(many=True)
    chiusa_da = serializers.CharField(help_text="Vuoto finché è aperta.")
    chiusa_alle = serializers.DateTimeField(allow_null=True)
    chiusa_nota = serializers.CharField()


class OsservazioniSerializer(serializers.Serializer[Any]):
    """Tutte le osservazioni di un programma, nell'ordine in cui sono scritte."""

    aperte = serializers.IntegerField(help_text="Non ancora chiuse, con replica o senza.")
    osservazioni = OsservazioneSerializer(many=True)


class RisorsaOsservazioni(Risorsa):
    """The osservazioni of a programme, to who follows it: they are never public."""

    operazione = "leggiOsservazioni"
    sommario = "Le osservazioni su un programma"
    descrizione = (
        "Che cosa l'autorità chiede di correggere, le repliche del distretto, le chiusure. Le legge soltanto "
        "chi ha un ruolo sul distretto o sulla sua autorità; a chi non si presenta si risponde 401, agli "
        "altri 403."
    )
    serializer_class = OsservazioniSerializer
    parametri = PERCORSO_EDIZIONE
    riservata = True

    def get(self, request: Request, codice: str, anno: Edizione) -> Response:
        programma = programma_riservato(request, codice, anno)
        lette = list(programma.osservazioni.per_elenco().order_by("numero"))
        return Response(
            {
                "aperte": sum(osservazione.aperta for osservazione in lette),
                "osservazioni": [_osservazione(osservazione) for osservazione in lette],
            }
        )


def _osservazione(osservazione: Osservazione) -> dict[str, Any]:
    oggetto = osservazione.oggetto
    return {
        "numero": osservazione.numero,
        "oggetto": None if oggetto is None else oggetto.codice,
        "etichetta": osservazione.etichetta,
        "testo": osservazione.testo,
        "stato": osservazione.stato,
        "scritta_da": str(osservazione.utente),
        "ruolo": osservazione.ruolo,
        "scritta_alle": osservazione.scritta_alle,
        "repliche": [_replica(replica) for replica in osservazione.repliche.all()],
        "chiusa_da": "" if osservazione.chiusa_da is None else str(osservazione.chiusa_da),
        "chiusa_alle": osservazione.chiusa_alle,
        "chiusa_nota": osservazione.chiusa_nota,
    }


def _replica(replica: Replica) -> dict[str, Any]:
    return {
        "testo": replica.testo,
        "scritta_da": str(replica.utente),
        "ruolo": replica.ruolo,
        "scritta_alle": replica.scritta_alle,
    }
