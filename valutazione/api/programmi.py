"""The programmes: the list and the single programme."""

from collections import defaultdict
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from programmi.accesso import programma_o_404
from programmi.models import (
    AzionePassaggio,
    ClassificazioneProgettualita,
    Passaggio,
    Programma,
    Riuso,
    RuoloAttore,
    StatoProgramma,
    TipoCanale,
)
from valutazione.api.cursore import Ordine
from valutazione.api.filtri import FiltriProgrammi
from valutazione.api.riferimenti import CollegatoSerializer, PaginaSerializer, RiferimentoSerializer
from valutazione.api.vista import Elenco, Risorsa, indirizzo
from valutazione.permissions import puo_vedere_valutazione


class ProgrammaSerializer(CollegatoSerializer):
    distretto = RiferimentoSerializer()
    anno = serializers.IntegerField()
    titolo = serializers.CharField()
    dal = serializers.DateField(help_text="Primo giorno dell'esercizio.")
    al = serializers.DateField(help_text="Ultimo giorno dell'esercizio.")
    stato = serializers.ChoiceField(StatoProgramma.choices)
    trasmesso_il = serializers.DateField(allow_null=True)
    approvato_il = serializers.DateField(allow_null=True)


class ElencoProgrammiSerializer(PaginaSerializer):
    items = ProgrammaSerializer(many=True)


class AttoSerializer(serializers.Serializer[Any]):
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


class ProgettualitaSerializer(serializers.Serializer[Any]):
    """Il sommario: la progettualità intera è nella scheda."""

    numero = serializers.IntegerField()
    titolo = serializers.CharField()
    tipo_azione = serializers.CharField()
    ambito = serializers.CharField()
    classificazioni = ClassificazioneSerializer(many=True)


class LinkProgrammaSerializer(serializers.Serializer[Any]):
    scheda = serializers.URLField()
    aderenti = serializers.URLField(help_text="Le organizzazioni aderenti all'ultimo giorno dell'esercizio.")
    valutazione = serializers.URLField(required=False, help_text="Soltanto per chi la può leggere.")


class ProgrammaCompletoSerializer(ProgrammaSerializer):
    autorita = serializers.CharField(help_text="Codice dell'autorità.")
    richiede_contributo = serializers.BooleanField()
    riuso = serializers.ChoiceField(Riuso.choices())
    atto_di_approvazione = AttoSerializer(allow_null=True)
    attori = AttoreSerializer(many=True)
    canali = CanaleSerializer(many=True)
    progettualita = ProgettualitaSerializer(many=True)
    link = LinkProgrammaSerializer()


CAMPI = (
    "distretto__codice",
    "distretto__denominazione",
    "anno",
    "titolo",
    "dal",
    "al",
    "stato",
    "trasmesso_il",
    "approvato_il",
)

CAMPI_ATTORE = ("ruolo", "nome", "qualifica", "mail")
"""As the act prints them, but never the telephone number."""

PERCORSO = (
    OpenApiParameter("codice", str, OpenApiParameter.PATH, description="Codice del distretto."),
    OpenApiParameter("anno", int, OpenApiParameter.PATH, description="Anno del programma."),
)


def programma_json(request: Request, riga: dict[str, Any]) -> dict[str, Any]:
    """A programme as a list shows it."""
    codice = riga["distretto__codice"]
    return {
        "distretto": {
            "codice": codice,
            "denominazione": riga["distretto__denominazione"],
            "href": indirizzo(request, "api-distretto", codice),
        },
        "anno": riga["anno"],
        "titolo": riga["titolo"],
        "dal": riga["dal"],
        "al": riga["al"],
        "stato": riga["stato"],
        "trasmesso_il": riga["trasmesso_il"],
        "approvato_il": riga["approvato_il"],
        "href": indirizzo(request, "api-programma", codice, riga["anno"]),
    }


class ElencoProgrammi(Elenco):
    """Approved programmes for everyone; besides, those over which one holds a role."""

    operazione = "elencaProgrammi"
    sommario = "I programmi"
    descrizione = "I programmi approvati; chi ha un ruolo vede anche quelli, non approvati, del suo ambito."
    serializer_class = ElencoProgrammiSerializer
    filtri = FiltriProgrammi
    campi = CAMPI
    ordine = "-anno"
    ordini = {
        "-anno": Ordine(("-anno", "distretto__codice"), (int, str)),
        "anno": Ordine(("anno", "distretto__codice"), (int, str)),
        "distretto": Ordine(("distretto__codice", "anno"), (str, int)),
        "-distretto": Ordine(("-distretto__codice", "-anno"), (str, int)),
    }

    def righe(self, request: Request) -> QuerySet[Programma]:
        return Programma.objects.visibili_a(request.user)

    def voci(self, request: Request, righe: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [programma_json(request, riga) for riga in righe]


class RisorsaProgramma(Risorsa):
    """One programme: what it is, who it is of, where its parts are."""

    operazione = "leggiProgramma"
    sommario = "Un programma"
    descrizione = "I dati del programma; il contenuto intero è nella scheda."
    serializer_class = ProgrammaCompletoSerializer
    parametri = PERCORSO

    def get(self, request: Request, codice: str, anno: int) -> Response:
        programma = programma_o_404(request.user, codice, anno)
        distretto = programma.distretto
        riga = {campo: getattr(programma, campo) for campo in CAMPI if "__" not in campo}
        riga |= {
            "distretto__codice": distretto.codice,
            "distretto__denominazione": distretto.denominazione,
        }
        return Response(
            {
                **programma_json(request, riga),
                "autorita": distretto.autorita.codice,
                "richiede_contributo": programma.richiede_contributo,
                "riuso": programma.riuso,
                "atto_di_approvazione": _atto_di_approvazione(programma),
                "attori": list(programma.attori.order_by("ordine").values(*CAMPI_ATTORE)),
                "canali": list(programma.canali.order_by("ordine").values("tipo", "etichetta", "valore")),
                "progettualita": _sommario(programma),
                "link": _link(request, programma),
            }
        )


def _atto_di_approvazione(programma: Programma) -> dict[str, Any] | None:
    passaggi = Passaggio.objects.filter(programma=programma, azione=AzionePassaggio.APPROVAZIONE)
    passaggio = passaggi.select_related("atto").order_by("-ordine").first()
    if passaggio is None or passaggio.atto is None:
        return None
    atto = passaggio.atto
    return {
        "codice": atto.codice,
        "tipo": atto.tipo,
        "ente": atto.ente,
        "numero": atto.numero,
        "data": atto.data,
        "oggetto": atto.oggetto,
        "riferimento": atto.riferimento,
    }


def _sommario(programma: Programma) -> list[dict[str, Any]]:
    usi = ClassificazioneProgettualita.objects.filter(progettualita__programma=programma).order_by("ordine")
    codici: dict[int, list[dict[str, str]]] = defaultdict(list)
    for chiave, schema, codice in usi.values_list("progettualita_id", "voce__schema__codice", "voce__codice"):
        codici[chiave].append({"schema": schema, "codice": codice})
    return [
        {
            "numero": progettualita.numero,
            "titolo": progettualita.titolo,
            "tipo_azione": progettualita.tipo_azione,
            "ambito": progettualita.ambito,
            "classificazioni": codici[progettualita.pk],
        }
        for progettualita in programma.progettualita.order_by("numero")
    ]


def _link(request: Request, programma: Programma) -> dict[str, str]:
    chiavi = (programma.distretto.codice, programma.anno)
    elenco = indirizzo(request, "api-organizzazioni")
    link = {
        "scheda": indirizzo(request, "api-scheda", *chiavi),
        "aderenti": f"{elenco}?distretto={programma.distretto.codice}&alla_data={programma.al.isoformat()}",
    }
    if puo_vedere_valutazione(request.user, programma):
        link["valutazione"] = indirizzo(request, "api-valutazione", *chiavi)
    return link
