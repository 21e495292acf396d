"""The shape of a programme in the API: a row of the list, and the single programme."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from programmi.models import Riuso, RuoloAttore, StatoProgramma, TipoCanale
from valutazione.api.riferimenti import CollegatoSerializer, RiferimentoSerializer, VoceSerializer


class RisultatoPubblicatoSerializer(CollegatoSerializer):
    """L'ultimo risultato pubblicato di un programma: i valori del programma intero."""

    numero = serializers.IntegerField()
    pubblicato_il = serializers.DateField()
    dichiarato = serializers.CharField(allow_null=True, help_text="Percentuale; null: non valutato.")
    riconosciuto = serializers.CharField(allow_null=True, help_text="Percentuale; null: non valutato.")


class ProgrammaSerializer(VoceSerializer):
    distretto = RiferimentoSerializer()
    anno = serializers.IntegerField()
    titolo = serializers.CharField()
    dal = serializers.DateField(help_text="Primo giorno dell'esercizio.")
    al = serializers.DateField(help_text="Ultimo giorno dell'esercizio.")
    stato = serializers.ChoiceField(StatoProgramma.choices)
    trasmesso_il = serializers.DateField(allow_null=True)
    approvato_il = serializers.DateField(allow_null=True)
    risultato = RisultatoPubblicatoSerializer(
        allow_null=True, help_text="null: l'autorità non ne ha pubblicato nessuno."
    )


class AttoDelProgrammaSerializer(CollegatoSerializer):
    codice = serializers.CharField()
    tipo = serializers.CharField()
    ente = serializers.CharField()
    numero = serializers.CharField()
    data = serializers.DateField(allow_null=True)  # type: ignore[assignment]
    oggetto = serializers.CharField()
    riferimento = serializers.CharField()


class AttoreSerializer(serializers.Serializer[Any]):
    """Come lo stampa l'atto, senza il telefono."""

    ruolo = serializers.ChoiceField(RuoloAttore.choices())
    nome = serializers.CharField()
    qualifica = serializers.CharField()
    mail = serializers.CharField()


class CanaleSerializer(serializers.Serializer[Any]):
    tipo = serializers.ChoiceField(TipoCanale.choices())
    etichetta = serializers.CharField()
    valore = serializers.CharField(help_text="«TBD» dove l'atto lo dice.")


class ClassificazioneSerializer(serializers.Serializer[Any]):
    schema = serializers.CharField()
    codice = serializers.CharField()


class SommarioSerializer(CollegatoSerializer):
    """Il sommario di una progettualità."""

    numero = serializers.IntegerField()
    titolo = serializers.CharField()
    tipo_azione = serializers.CharField()
    ambito = serializers.CharField()
    classificazioni = ClassificazioneSerializer(many=True)


class AderenteStampatoSerializer(serializers.Serializer[Any]):
    """Un aderente come lo stampa l'atto del programma."""

    organizzazione = serializers.CharField(help_text="Codice dell'organizzazione.")
    dal = serializers.DateField()
    al = serializers.DateField(allow_null=True)
    marchi = serializers.ListField(child=serializers.CharField())


class LinkProgrammaSerializer(serializers.Serializer[Any]):
    scheda = serializers.URLField(required=False, help_text="Non di una variazione.")
    progettualita = serializers.URLField(required=False, help_text="Non di una variazione.")
    indicatori = serializers.URLField(required=False, help_text="Non di una variazione.")
    aderenti = serializers.URLField(help_text="Le organizzazioni aderenti all'ultimo giorno dell'esercizio.")
    valutazione = serializers.URLField(required=False, help_text="Soltanto per chi la può leggere.")
    procedura = serializers.URLField(required=False, help_text="Soltanto per chi segue il programma.")
    variazione_di = serializers.URLField(
        required=False, help_text="Di una variazione: il programma che cambia, quando è approvata."
    )
    variazione_in_corso = serializers.URLField(
        required=False, help_text="La variazione non ancora conclusa: soltanto per chi la può leggere."
    )


class VariazioneSerializer(serializers.Serializer[Any]):
    """Una variazione approvata: il programma è già come la variazione lo ha cambiato."""

    il = serializers.DateField(help_text="Il giorno dell'atto.")
    atto = AttoDelProgrammaSerializer()


class ProgrammaCompletoSerializer(ProgrammaSerializer):
    autorita = serializers.CharField(help_text="Codice dell'autorità.")
    richiede_contributo = serializers.BooleanField()
    riuso = serializers.ChoiceField(Riuso.choices())
    variazione = serializers.IntegerField(help_text="Il numero della variazione; 0: il programma dell'anno.")
    atto_di_approvazione = AttoDelProgrammaSerializer(allow_null=True)
    variazioni = VariazioneSerializer(many=True)
    attori = AttoreSerializer(many=True)
    canali = CanaleSerializer(many=True)
    aderenti_del_registro = serializers.BooleanField(
        help_text="false: il programma tiene i suoi, quelli stampati nell'atto, in «aderenti»."
    )
    aderenti = AderenteStampatoSerializer(many=True, help_text="Vuoto se sono quelli del registro.")
    progettualita = SommarioSerializer(many=True)
    link = LinkProgrammaSerializer()


PERCORSO = (
    OpenApiParameter("codice", str, OpenApiParameter.PATH, description="Codice del distretto."),
    OpenApiParameter("anno", int, OpenApiParameter.PATH, description="Anno del programma."),
)

PERCORSO_EDIZIONE = (
    PERCORSO[0],
    OpenApiParameter(
        "anno",
        {"type": "string", "pattern": "^[0-9]{4}(-v[1-9][0-9]*)?$", "maxLength": 12},
        OpenApiParameter.PATH,
        description="Anno del programma (2025), oppure una sua variazione (2025-v1), per chi ha un ruolo.",
    ),
)
