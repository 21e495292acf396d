"""The lines of the programmes, compulsory or of a progettualità, with the rule that scores them."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import orjson
from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request

from programmi.models import Indicatore
from programmi.models.progettualita import codice_di_riga
from programmi.models.programma import visibili
from programmi.regola import leggi_regola, regola_json
from valutazione.api.cursore import Ordine, Riga, contrari
from valutazione.api.elenco import Elenco, Singola, Voce
from valutazione.api.filtri import FiltriIndicatori
from valutazione.api.forma_programma import PERCORSO_EDIZIONE
from valutazione.api.indirizzi import indirizzo
from valutazione.api.progettualita import ProgrammaCitatoSerializer, edizione_di, programma_citato
from valutazione.api.programmi import condizione_edizione
from valutazione.api.riferimenti import VoceSerializer
from valutazione.promessa import regola_pubblica

_CODICE = re.compile(r"(obb|[1-9][0-9]{0,4})\.([1-9][0-9]{0,4})")


class IndicatoreSerializer(VoceSerializer):
    programma = ProgrammaCitatoSerializer()
    progettualita = serializers.IntegerField(
        allow_null=True, help_text="Numero della progettualità; null: la riga è un'azione obbligatoria."
    )
    codice = serializers.CharField(help_text="Unico nel programma: 4.1, obb.2.")
    sezione = serializers.CharField()
    testo = serializers.CharField()
    testo_regola = serializers.CharField(help_text="La percentuale di realizzazione, come la scrive l'atto.")
    testo_evidenze = serializers.CharField()
    regola = serializers.DictField(
        allow_null=True, help_text="Nel formato scheda-programma/1; null: la riga non è valutata."
    )
    peso = serializers.CharField(help_text="Un numero esatto, scritto come testo.")
    dal = serializers.DateField(allow_null=True, help_text="null: dal primo giorno dell'esercizio.")
    al = serializers.DateField(allow_null=True, help_text="null: fino all'ultimo giorno dell'esercizio.")


class ElencoIndicatori(Elenco):
    """Those of the programmes one may read, for everyone without what was judged."""

    operazione = "elencaIndicatori"
    sommario = "Gli indicatori"
    descrizione = (
        "Le righe dei programmi che si possono leggere: le azioni obbligatorie e gli indicatori delle"
        " progettualità. La regola è quella della promessa: senza percentuali assegnate."
    )
    modello = Indicatore
    voce = IndicatoreSerializer
    filtri = FiltriIndicatori
    ordini = contrari(
        programma=Ordine(("programma__distretto__codice", "programma__anno", "pk"), (str, int, int))
    )
    ordine = "programma"
    campi = (
        "programma__distretto__codice",
        "programma__anno",
        "progettualita__numero",
        "ordine",
        "sezione",
        "testo",
        "testo_regola",
        "testo_evidenze",
        "regola",
        "peso",
        "dal",
        "al",
        "modificato_alle",
        "programma__variazione",
    )

    def righe(self, request: Request) -> QuerySet[Indicatore]:
        return Indicatore.objects.visibili_a(request.user)

    def singole(self, request: Request) -> QuerySet[Indicatore]:
        """Besides, for who may read them, those of the variazioni."""
        return Indicatore.objects.filter(visibili(request.user, percorso="programma__"))

    def indirizzo(self, base: str, *chiave: object) -> str:
        codice, anno, riga = chiave
        return indirizzo(base, "programmi", codice, anno, "indicatori", riga)

    def condizione(self, chiave: Sequence[str]) -> dict[str, Any]:
        codice, anno, riga = chiave
        trovato = _CODICE.fullmatch(riga)
        if trovato is None:
            raise Http404
        numero = "-" if trovato[1] == "obb" else trovato[1]
        riga_scelta = super().condizione([codice, anno, numero, trovato[2]])
        return riga_scelta | condizione_edizione(codice, anno, "programma__")

    def chiave_scritta(self, chiave: Riga) -> str:
        codice, anno, numero, ordine = chiave
        return f"{codice}/{anno}/{codice_di_riga(numero, ordine)}"

    def voci(self, base: str, righe: Sequence[Riga]) -> list[Voce]:
        return [self._voce(base, *riga) for riga in righe]

    def _voce(self, base: str, codice: str, anno: int, numero: int | None, ordine: int, *resto: Any) -> Voce:
        sezione, testo, testo_regola, testo_evidenze, regola, peso, dal, al, modificato_alle, variazione = (
            resto
        )
        riga = codice_di_riga(numero, ordine)
        edizione = edizione_di(anno, variazione)
        return {
            "programma": programma_citato(base, codice, edizione),
            "progettualita": numero,
            "codice": riga,
            "sezione": sezione,
            "testo": testo,
            "testo_regola": testo_regola,
            "testo_evidenze": testo_evidenze,
            "regola": None if regola is None else _regola(orjson.dumps(regola, option=orjson.OPT_SORT_KEYS)),
            "peso": peso,
            "dal": dal,
            "al": al,
            "modificato_alle": modificato_alle,
            "href": self.indirizzo(base, codice, edizione, riga),
        }


@lru_cache(maxsize=4096)
def _regola(scritta: bytes) -> Voce | None:
    """The rule as the promise shows it, its keys in the order of the exchange format.

    PostgreSQL keeps them in an order of its own. Remembered: a few hundred rules serve every line.
    """
    letta = leggi_regola(orjson.loads(scritta), "$", [])
    return regola_pubblica(orjson.loads(scritta) if letta is None else regola_json(letta))


class RisorsaIndicatore(Singola):
    """One line, by its code in the programme."""

    operazione = "leggiIndicatore"
    sommario = "Un indicatore"
    serializer_class = IndicatoreSerializer
    elenco = ElencoIndicatori
    parametri = (
        *PERCORSO_EDIZIONE,
        OpenApiParameter("riga", str, OpenApiParameter.PATH, description="Codice della riga: 4.1, obb.2."),
    )
