"""What the lists of the API are compared with: nothing, JSON made by the database, the usual way."""

import json
from base64 import urlsafe_b64encode
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from rest_framework import serializers, viewsets
from rest_framework.pagination import PageNumberPagination
from rest_framework.reverse import reverse

from programmi.models import ClassificazioneProgettualita, Progettualita, Programma, StatoProgramma
from tests.bench.filtri import FiltriOrdinari


def vuota(request: HttpRequest) -> HttpResponse:
    """What it costs to answer anything."""
    return _risposta(b"{}")


def _risposta(corpo: bytes) -> HttpResponse:
    lunghezza = str(len(corpo))
    return HttpResponse(corpo, content_type="application/json", headers={"Content-Length": lunghezza})


CONDIZIONI = {
    "anno": "g.anno = %s",
    "distretto": "d.codice = %s",
    "classificazione": """EXISTS (
        SELECT 1 FROM programmi_classificazioneprogettualita c WHERE c.progettualita_id = p.id
        AND c.voce_id = ANY (ARRAY (SELECT id FROM programmi_voceclassificazione WHERE codice = %s)))""",
}
PAGINA = """
WITH pagina AS (
    SELECT p.*, g.anno, d.codice AS distretto FROM programmi_progettualita p
    JOIN programmi_programma g ON g.id = p.programma_id
    JOIN distretti_distretto d ON d.id = g.distretto_id
    WHERE g.stato = 'approvato' AND {condizioni}
    ORDER BY d.codice, g.anno, p.numero LIMIT 51
), righe AS (
    SELECT row_to_json(voce) AS testo, row_number() OVER () AS posto,
        pagina.distretto, pagina.anno, pagina.numero
    FROM pagina, LATERAL (
        SELECT
            (SELECT row_to_json(x) FROM (
                SELECT distretto, anno, %s || '/programmi/' || distretto || '/' || anno AS href) x
            ) AS programma,
            numero, tipo_azione, ambito, titolo, obiettivo_generale, obiettivo_specifico, azioni,
            altre_organizzazioni, tempi, peso,
            (SELECT coalesce(json_agg(row_to_json(x)), '[]') FROM (
                SELECT s.codice AS schema, v.codice FROM programmi_classificazioneprogettualita c
                JOIN programmi_voceclassificazione v ON v.id = c.voce_id
                JOIN programmi_schemaclassificazione s ON s.id = v.schema_id
                WHERE c.progettualita_id = pagina.id ORDER BY c.ordine) x) AS classificazioni,
            to_char(modificato_alle AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS modificato_alle,
            %s || '/programmi/' || distretto || '/' || anno || '/progettualita/' || numero AS href
    ) voce
)
SELECT json_agg(testo ORDER BY posto) FILTER (WHERE posto <= 50)::text,
    (array_agg(ARRAY[distretto, anno::text, numero::text] ORDER BY posto))[50:51]
FROM righe
"""


def progettualita_dal_database(request: HttpRequest) -> HttpResponse:
    """The page of ``/api/v1/progettualita`` as one statement of PostgreSQL writes it."""
    filtri = {nome: request.GET[nome] for nome in CONDIZIONI if nome in request.GET}
    base = request.build_absolute_uri("/api/v1")
    condizioni = " AND ".join(CONDIZIONI[nome] for nome in filtri)
    with connection.cursor() as cursore:
        cursore.execute(PAGINA.format(condizioni=condizioni), [*filtri.values(), base, base])
        testo, ultime = cursore.fetchone()
    successivo = "null"
    if len(ultime) == 2:
        distretto, anno, numero = ultime[0]
        chiavi = json.dumps(["programma", distretto, int(anno), int(numero)], separators=(",", ":"))
        cursore_scritto = urlsafe_b64encode(chiavi.encode()).decode().rstrip("=")
        domanda = "&".join(f"{n}={v}" for n, v in sorted({**filtri, "cursor": cursore_scritto}.items()))
        successivo = f'"{base}/progettualita?{domanda}"'
    return _risposta(f'{{"items":{testo},"successivo":{successivo}}}'.encode())


class ProgrammaOrdinario(serializers.ModelSerializer[Programma]):
    distretto = serializers.SlugRelatedField[Any](slug_field="codice", read_only=True)
    href = serializers.SerializerMethodField()

    class Meta:
        model = Programma
        fields = ("distretto", "anno", "href")

    def get_href(self, programma: Programma) -> str:
        argomenti = [programma.distretto.codice, programma.anno]
        return str(reverse("api-programma", args=argomenti, request=self.context["request"]))


class ClassificazioneOrdinaria(serializers.ModelSerializer[ClassificazioneProgettualita]):
    schema = serializers.CharField(source="voce.schema.codice")
    codice = serializers.CharField(source="voce.codice")

    class Meta:
        model = ClassificazioneProgettualita
        fields = ("schema", "codice")


class ProgettualitaOrdinaria(serializers.ModelSerializer[Progettualita]):
    programma = ProgrammaOrdinario()
    classificazioni = ClassificazioneOrdinaria(source="classificazioni_in_ordine", many=True)
    href = serializers.SerializerMethodField()

    class Meta:
        model = Progettualita
        fields = (
            "programma",
            "numero",
            "tipo_azione",
            "ambito",
            "titolo",
            "obiettivo_generale",
            "obiettivo_specifico",
            "azioni",
            "altre_organizzazioni",
            "tempi",
            "peso",
            "classificazioni",
            "modificato_alle",
            "href",
        )

    def get_href(self, progettualita: Progettualita) -> str:
        programma = progettualita.programma
        argomenti = [programma.distretto.codice, programma.anno, progettualita.numero]
        return str(reverse("api-una-progettualita", args=argomenti, request=self.context["request"]))


class Pagine(PageNumberPagination):
    page_size = 50


class ProgettualitaViewSet(viewsets.ReadOnlyModelViewSet[Progettualita]):
    """As the tutorials write it, with the joins that spare it a query for each row."""

    queryset = (
        Progettualita.objects.filter(programma__stato=StatoProgramma.APPROVATO)
        .select_related("programma__distretto")
        .prefetch_related("classificazioni_in_ordine__voce__schema")
        .order_by("programma__distretto__codice", "programma__anno", "numero")
    )
    serializer_class = ProgettualitaOrdinaria
    pagination_class = Pagine
    filterset_class = FiltriOrdinari
