"""The programmes: the list and the single programme."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request

from distretti.basi.pronta import Pronta
from programmi.models import (
    AzionePassaggio,
    ClassificazioneProgettualita,
    Passaggio,
    Progettualita,
    Programma,
    Riuso,
    RuoloAttore,
    StatoProgramma,
    TipoCanale,
)
from valutazione.api.atti import CAMPI_ATTO
from valutazione.api.cursore import Ordine, Riga, contrari
from valutazione.api.elenco import Elenco, Singola, Voce
from valutazione.api.filtri import FiltriProgrammi
from valutazione.api.indirizzi import indirizzo
from valutazione.api.riferimenti import CollegatoSerializer, RiferimentoSerializer, VoceSerializer
from valutazione.permissions import puo_vedere_valutazione


class ProgrammaSerializer(VoceSerializer):
    distretto = RiferimentoSerializer()
    anno = serializers.IntegerField()
    titolo = serializers.CharField()
    dal = serializers.DateField(help_text="Primo giorno dell'esercizio.")
    al = serializers.DateField(help_text="Ultimo giorno dell'esercizio.")
    stato = serializers.ChoiceField(StatoProgramma.choices)
    trasmesso_il = serializers.DateField(allow_null=True)
    approvato_il = serializers.DateField(allow_null=True)


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
    scheda = serializers.URLField()
    progettualita = serializers.URLField()
    indicatori = serializers.URLField()
    aderenti = serializers.URLField(help_text="Le organizzazioni aderenti all'ultimo giorno dell'esercizio.")
    valutazione = serializers.URLField(required=False, help_text="Soltanto per chi la può leggere.")


class ProgrammaCompletoSerializer(ProgrammaSerializer):
    autorita = serializers.CharField(help_text="Codice dell'autorità.")
    richiede_contributo = serializers.BooleanField()
    riuso = serializers.ChoiceField(Riuso.choices())
    atto_di_approvazione = AttoDelProgrammaSerializer(allow_null=True)
    attori = AttoreSerializer(many=True)
    canali = CanaleSerializer(many=True)
    aderenti_del_registro = serializers.BooleanField(
        help_text="false: il programma tiene i suoi, quelli stampati nell'atto, in «aderenti»."
    )
    aderenti = AderenteStampatoSerializer(many=True, help_text="Vuoto se sono quelli del registro.")
    progettualita = SommarioSerializer(many=True)
    link = LinkProgrammaSerializer()


CAMPI_ATTORE = ("ruolo", "nome", "qualifica", "mail")
"""As the act prints them, but never the telephone number."""

PERCORSO = (
    OpenApiParameter("codice", str, OpenApiParameter.PATH, description="Codice del distretto."),
    OpenApiParameter("anno", int, OpenApiParameter.PATH, description="Anno del programma."),
)


class ElencoProgrammi(Elenco):
    """Approved programmes for everyone; besides, those over which one holds a role."""

    operazione = "elencaProgrammi"
    sommario = "I programmi"
    descrizione = "I programmi approvati; chi ha un ruolo vede anche quelli, non approvati, del suo ambito."
    modello = Programma
    voce = ProgrammaSerializer
    filtri = FiltriProgrammi
    ordini = contrari(
        anno=Ordine(("anno", "distretto__codice"), (int, str)),
        distretto=Ordine(("distretto__codice", "anno"), (str, int)),
    )
    ordine = "-anno"
    campi = (
        "distretto__codice",
        "distretto__denominazione",
        "anno",
        "titolo",
        "dal",
        "al",
        "stato",
        "trasmesso_il",
        "approvato_il",
        "modificato_alle",
    )

    def righe(self, request: Request) -> QuerySet[Programma]:
        return Programma.objects.visibili_a(request.user)

    def voci(self, base: str, righe: Sequence[Riga]) -> list[Voce]:
        return [self._voce(base, *riga) for riga in righe]

    def _voce(self, base: str, codice: str, denominazione: str, anno: int, *resto: Any) -> Voce:
        titolo, dal, al, stato, trasmesso_il, approvato_il, modificato_alle = resto
        return {
            "distretto": {
                "codice": codice,
                "denominazione": denominazione,
                "href": indirizzo(base, "distretti", codice),
            },
            "anno": anno,
            "titolo": titolo,
            "dal": dal,
            "al": al,
            "stato": stato,
            "trasmesso_il": trasmesso_il,
            "approvato_il": approvato_il,
            "modificato_alle": modificato_alle,
            "href": self.indirizzo(base, codice, anno),
        }


class RisorsaProgramma(Singola):
    """One programme: what it is, who it is of, where its parts are."""

    operazione = "leggiProgramma"
    sommario = "Un programma"
    descrizione = "I dati del programma; il contenuto intero è nella scheda."
    serializer_class = ProgrammaCompletoSerializer
    elenco = ElencoProgrammi
    parametri = PERCORSO

    def altro(self, request: Request, base: str, chiave: int, voce: Voce) -> Voce:
        programma = Programma.objects.select_related("distretto__autorita").get(pk=chiave)
        stampati = (programma.registro_scheda or {}).get("aderenti")
        return {
            "autorita": programma.distretto.autorita.codice,
            "richiede_contributo": programma.richiede_contributo,
            "riuso": programma.riuso,
            "atto_di_approvazione": _atto_di_approvazione(base, programma),
            "attori": list(programma.attori.order_by("ordine").values(*CAMPI_ATTORE)),
            "canali": list(programma.canali.order_by("ordine").values("tipo", "etichetta", "valore")),
            "aderenti_del_registro": stampati is None,
            "aderenti": stampati or [],
            "progettualita": _sommario(base, programma),
            "link": _link(request, base, programma),
        }


def _atto_di_approvazione(base: str, programma: Programma) -> Voce | None:
    passaggi = Passaggio.objects.filter(programma=programma, azione=AzionePassaggio.APPROVAZIONE)
    passaggio = passaggi.select_related("atto").order_by("-ordine").first()
    if passaggio is None or passaggio.atto is None:
        return None
    atto = passaggio.atto
    return {
        **{campo: getattr(atto, campo) for campo in CAMPI_ATTO},
        "href": indirizzo(base, "atti", atto.codice),
    }


_USI = Pronta(
    lambda progettualita: (
        ClassificazioneProgettualita.objects.filter(progettualita__una_di=progettualita)
        .order_by("ordine")
        .values_list("progettualita_id", "voce__schema__codice", "voce__codice")
    )
)


def classificazioni_di(progettualita: Sequence[int]) -> dict[int, list[dict[str, str]]]:
    """The codes of each of them, in the order of the act."""
    codici: dict[int, list[dict[str, str]]] = defaultdict(list)
    for chiave, schema, codice in _USI(progettualita):
        codici[chiave].append({"schema": schema, "codice": codice})
    return codici


def _sommario(base: str, programma: Programma) -> list[Voce]:
    righe = Progettualita.objects.filter(programma=programma).order_by("numero")
    lette = list(righe.values_list("pk", "numero", "titolo", "tipo_azione", "ambito"))
    codici = classificazioni_di([riga[0] for riga in lette])
    chiave = (programma.distretto.codice, programma.anno)
    return [
        {
            "numero": numero,
            "titolo": titolo,
            "tipo_azione": tipo_azione,
            "ambito": ambito,
            "classificazioni": codici[pk],
            "href": indirizzo(base, "programmi", *chiave, "progettualita", numero),
        }
        for pk, numero, titolo, tipo_azione, ambito in lette
    ]


def _link(request: Request, base: str, programma: Programma) -> dict[str, str]:
    codice, anno = programma.distretto.codice, programma.anno
    qui = indirizzo(base, "programmi", codice, anno)
    link = {
        "scheda": f"{qui}/scheda",
        "progettualita": f"{base}/progettualita?distretto={codice}&anno={anno}",
        "indicatori": f"{base}/indicatori?distretto={codice}&anno={anno}",
        "aderenti": f"{base}/organizzazioni?distretto={codice}&alla_data={programma.al.isoformat()}",
    }
    if puo_vedere_valutazione(request.user, programma):
        link["valutazione"] = f"{qui}/valutazione"
    return link
