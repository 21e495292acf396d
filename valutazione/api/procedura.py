"""Where a programme is on its way: its steps, how long each lasted, what who asks may do now."""

from typing import Any

from django.utils.timezone import localdate
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from distretti.models import Ruolo, TipoAtto
from distretti.permissions import Persona
from programmi.edizione import Edizione
from programmi.indirizzi import indirizzo_di
from programmi.models import AzionePassaggio, Programma, StatoProgramma
from programmi.orologio import Orologio, Tratto, orologi_di
from programmi.parole import AltraAzione
from programmi.procedura import azioni_ammesse
from valutazione.api.accesso import programma_riservato
from valutazione.api.atti import CAMPI_ATTO
from valutazione.api.forma_programma import PERCORSO_EDIZIONE
from valutazione.api.vista import Risorsa

_AZIONI = [
    (azione.value, azione.etichetta) for tabella in (AzionePassaggio, AltraAzione) for azione in tabella
]


class AttoDelPassaggioSerializer(serializers.Serializer[Any]):
    """Gli estremi dell'atto: anche di un passaggio che non è pubblico, e quindi senza indirizzo."""

    codice = serializers.CharField()
    tipo = serializers.ChoiceField(TipoAtto.choices())
    ente = serializers.CharField()
    numero = serializers.CharField()
    data = serializers.DateField(allow_null=True)  # type: ignore[assignment]
    oggetto = serializers.CharField()
    riferimento = serializers.CharField()


class PassaggioSerializer(serializers.Serializer[Any]):
    """Un passaggio, come avvenne: di un atto trascritto si sa soltanto ciò che l'atto dice."""

    azione = serializers.ChoiceField(AzionePassaggio.choices())
    etichetta = serializers.CharField()
    da = serializers.ChoiceField(StatoProgramma.choices)
    a = serializers.ChoiceField(StatoProgramma.choices)
    il = serializers.DateField(help_text="Il giorno dell'atto o del protocollo.")
    compiuto_da = serializers.CharField(help_text="Vuoto se il passaggio è trascritto da un atto.")
    ruolo = serializers.ChoiceField(Ruolo.choices, allow_blank=True)
    atto = AttoDelPassaggioSerializer(allow_null=True)
    protocollo_mittente = serializers.CharField()
    protocollo_ricevente = serializers.CharField()
    nota = serializers.CharField()
    giorni = serializers.IntegerField(
        allow_null=True, help_text="Fino al passaggio seguente, o a oggi; null dove non si contano."
    )


class AzioneSerializer(serializers.Serializer[Any]):
    """Ciò che chi chiede può fare ora, e la pagina su cui lo fa."""

    codice = serializers.ChoiceField(_AZIONI)
    etichetta = serializers.CharField()
    indirizzo = serializers.URLField()


class ProceduraSerializer(serializers.Serializer[Any]):
    """La procedura di un programma."""

    stato = serializers.ChoiceField(StatoProgramma.choices)
    stato_dal = serializers.DateField(allow_null=True)
    giorni = serializers.IntegerField(allow_null=True, help_text="In questo stato; null dove non si contano.")
    in_attesa_di = serializers.ListField(
        child=serializers.ChoiceField(Ruolo.choices), help_text="I ruoli a cui tocca; vuoto: a nessuno."
    )
    trasmesso_il = serializers.DateField(allow_null=True, help_text="L'ultima trasmissione.")
    approvato_il = serializers.DateField(allow_null=True)
    giorni_dalla_trasmissione = serializers.IntegerField(
        allow_null=True, help_text="Dall'ultima trasmissione all'atto che approva, o a oggi."
    )
    passaggi = PassaggioSerializer(many=True)
    azioni = AzioneSerializer(many=True)


class RisorsaProcedura(Risorsa):
    """The procedure of a programme, to who follows it."""

    operazione = "leggiProcedura"
    sommario = "La procedura di un programma"
    descrizione = (
        "I passaggi con la loro durata, chi si aspetta e da quanto, e le azioni che chi chiede può compiere "
        "ora. La legge soltanto chi ha un ruolo sul distretto o sulla sua autorità; a chi non si presenta si "
        "risponde 401, agli altri 403."
    )
    serializer_class = ProceduraSerializer
    parametri = PERCORSO_EDIZIONE
    riservata = True

    def get(self, request: Request, codice: str, anno: Edizione) -> Response:
        programma = programma_riservato(request, codice, anno)
        orologio = orologi_di([programma], localdate())[programma.pk]
        return Response(_procedura(orologio) | {"azioni": _azioni(request, programma)})


def _procedura(orologio: Orologio) -> dict[str, Any]:
    return {
        "stato": orologio.stato.value,
        "stato_dal": orologio.dal,
        "giorni": orologio.giorni,
        "in_attesa_di": [ruolo.value for ruolo in orologio.attesi],
        "trasmesso_il": orologio.trasmesso_il,
        "approvato_il": orologio.approvato_il,
        "giorni_dalla_trasmissione": orologio.totale,
        "passaggi": [_passaggio(tratto) for tratto in orologio.tratti],
    }


def _passaggio(tratto: Tratto) -> dict[str, Any]:
    passaggio = tratto.passaggio
    atto = passaggio.atto
    return {
        "azione": passaggio.azione,
        "etichetta": AzionePassaggio(passaggio.azione).etichetta,
        "da": passaggio.da_stato,
        "a": passaggio.a_stato,
        "il": passaggio.il,
        "compiuto_da": "" if passaggio.utente is None else str(passaggio.utente),
        "ruolo": passaggio.ruolo,
        "atto": None if atto is None else {campo: getattr(atto, campo) for campo in CAMPI_ATTO},
        "protocollo_mittente": passaggio.protocollo_mittente,
        "protocollo_ricevente": passaggio.protocollo_ricevente,
        "nota": passaggio.nota,
        "giorni": tratto.giorni,
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
