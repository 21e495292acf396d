"""Where the closing of a year is: its state, its steps, who it waits for, what who asks may do now."""

from typing import Any

from django.utils.timezone import localdate
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from distretti.models import Ruolo
from distretti.permissions import Persona
from programmi.models import Programma
from valutazione.api.accesso import programma_riservato
from valutazione.api.atti import CAMPI_ATTO
from valutazione.api.forma_programma import PERCORSO
from valutazione.api.procedura import AttoDelPassaggioSerializer
from valutazione.api.vista import Risorsa
from valutazione.chiusura import azioni_ammesse, chiusura_di, passaggi_di
from valutazione.chiusura.attese import attesa_di
from valutazione.chiusura.indirizzi import indirizzo_di
from valutazione.models import AzioneChiusura, PassaggioChiusura, StatoChiusura
from valutazione.parole import AltraAzioneChiusura
from valutazione.permissions import puo_vedere_valutazione

_AZIONI = [
    (azione.value, azione.etichetta)
    for tabella in (AzioneChiusura, AltraAzioneChiusura)
    for azione in tabella
]


class PassaggioChiusuraSerializer(serializers.Serializer[Any]):
    """Un passaggio della chiusura: ``il`` è il giorno in cui è stato compiuto."""

    azione = serializers.ChoiceField(AzioneChiusura.choices())
    etichetta = serializers.CharField()
    da = serializers.ChoiceField(StatoChiusura.choices())
    a = serializers.ChoiceField(StatoChiusura.choices())
    il = serializers.DateField()
    compiuto_da = serializers.CharField()
    ruolo = serializers.ChoiceField(Ruolo.choices)
    atto = AttoDelPassaggioSerializer(allow_null=True)
    nota = serializers.CharField()


class AzioneChiusuraSerializer(serializers.Serializer[Any]):
    """Ciò che chi chiede può fare ora, e la pagina su cui lo fa."""

    codice = serializers.ChoiceField(_AZIONI)
    etichetta = serializers.CharField()
    indirizzo = serializers.URLField()


class ChiusuraSerializer(serializers.Serializer[Any]):
    """La chiusura dell'anno di un programma."""

    stato = serializers.ChoiceField(StatoChiusura.choices())
    stato_dal = serializers.DateField(allow_null=True, help_text="null finché nessun passaggio è avvenuto.")
    giorni = serializers.IntegerField(allow_null=True, help_text="In questo stato; null dove non si contano.")
    in_attesa_di = serializers.ListField(
        child=serializers.ChoiceField(Ruolo.choices), help_text="I ruoli a cui tocca; vuoto: a nessuno."
    )
    giro = serializers.IntegerField(help_text="Quante volte la verifica è stata conclusa.")
    repliche_entro = serializers.DateField(
        allow_null=True, help_text="L'ultimo giorno per replicare, compreso; null prima della verifica."
    )
    passaggi = PassaggioChiusuraSerializer(many=True)
    azioni = AzioneChiusuraSerializer(many=True)


class RisorsaChiusura(Risorsa):
    """The closing of a year, to who follows the programme."""

    operazione = "leggiChiusura"
    sommario = "La chiusura dell'anno di un programma"
    descrizione = (
        "Dall'autovalutazione al risultato pubblicato: lo stato, i passaggi, chi si aspetta e le azioni che "
        "chi chiede può compiere ora. La legge soltanto chi ha un ruolo sul distretto o sulla sua autorità; "
        "a chi non si presenta si risponde 401, agli altri 403."
    )
    serializer_class = ChiusuraSerializer
    parametri = PERCORSO
    riservata = True

    def get(self, request: Request, codice: str, anno: int) -> Response:
        programma = programma_riservato(request, codice, anno, puo_vedere_valutazione)
        chiusura = chiusura_di(programma)
        attesa = attesa_di(programma, chiusura, localdate())
        return Response(
            {
                "stato": attesa.stato.value,
                "stato_dal": chiusura.stato_dal,
                "giorni": attesa.giorni,
                "in_attesa_di": [ruolo.value for ruolo in attesa.ruoli],
                "giro": chiusura.giro,
                "repliche_entro": chiusura.repliche_entro,
                "passaggi": [_passaggio(passaggio) for passaggio in passaggi_di(programma)],
                "azioni": _azioni(request, programma),
            }
        )


def _passaggio(passaggio: PassaggioChiusura) -> dict[str, Any]:
    atto = passaggio.atto
    return {
        "azione": passaggio.azione,
        "etichetta": AzioneChiusura(passaggio.azione).etichetta,
        "da": passaggio.da_stato,
        "a": passaggio.a_stato,
        "il": passaggio.il,
        "compiuto_da": str(passaggio.utente),
        "ruolo": passaggio.ruolo,
        "atto": None if atto is None else {campo: getattr(atto, campo) for campo in CAMPI_ATTO},
        "nota": passaggio.nota,
    }


def _azioni(request: Request, programma: Programma) -> list[dict[str, str]]:
    utente: Persona = request.user
    return [
        {
            "codice": azione.codice.value,
            "etichetta": azione.etichetta,
            "indirizzo": request.build_absolute_uri(indirizzo_di(azione, programma)),
        }
        for azione in azioni_ammesse(utente, programma)
    ]
