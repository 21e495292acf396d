"""The percentages of a year for the authority, and the published results for everyone: two lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from rest_framework import serializers
from rest_framework.exceptions import NotAuthenticated, PermissionDenied
from rest_framework.request import Request

from distretti.models import Autorita
from programmi.models import Programma, StatoProgramma
from programmi.models.programma import ProgrammaQuerySet
from valutazione.api.cursore import Ordine, Riga, contrari
from valutazione.api.elenco import Elenco, Lettura, Voce
from valutazione.api.filtri import FiltriRisultati, FiltriValutazioni
from valutazione.api.indirizzi import indirizzo
from valutazione.api.riferimenti import CollegatoSerializer, RiferimentoSerializer
from valutazione.api.seguito import Seguito
from valutazione.kernel import NON_VALUTATA, valori_json
from valutazione.models import Risultato, StatoChiusura
from valutazione.permissions import puo_vedere_quadro
from valutazione.provincia.quadro import ProgrammaNelQuadro, righe_per
from valutazione.risultati.lettura import ultimi_pubblicati

FONTI = (
    ("in_corso", "come risultano adesso"),
    ("risultato", "dall'ultimo risultato, com'è stato conservato"),
    ("risultato_alterato", "non ce ne sono: il risultato non è quello conservato"),
    ("nessuna", "non ce ne sono"),
)
_PERCENTUALE = "Percentuale con due decimali; null: non valutata."


@dataclass(frozen=True)
class Nome:
    """What a list is called, where it is not that of the rows of one table."""

    risorsa: str


class TreValoriSerializer(serializers.Serializer[Any]):
    """I tre valori di una parte del programma, o del programma intero."""

    dichiarato = serializers.CharField(allow_null=True, help_text=_PERCENTUALE)
    riconosciuto = serializers.CharField(allow_null=True, help_text=_PERCENTUALE)
    prospettico = serializers.CharField(allow_null=True, help_text=_PERCENTUALE)


class ValutazioneSerializer(CollegatoSerializer):
    distretto = RiferimentoSerializer()
    anno = serializers.IntegerField()
    stato = serializers.ChoiceField(StatoProgramma.choices)
    chiusura = serializers.ChoiceField(StatoChiusura.choices())
    risultato = serializers.IntegerField(
        allow_null=True, help_text="Il numero dell'ultimo risultato definito; null: non ce n'è."
    )
    fonte = serializers.ChoiceField(FONTI, help_text="Da dove vengono le percentuali.")
    programma = TreValoriSerializer()
    obbligatorie = TreValoriSerializer()
    progettualita = TreValoriSerializer()
    azioni = serializers.IntegerField()
    azioni_non_valutate = serializers.IntegerField()
    incompleta = serializers.BooleanField(
        required=False, help_text="Manca ancora un dato dell'autorità? Assente dove non ci sono percentuali."
    )


class RisultatoElencatoSerializer(CollegatoSerializer):
    distretto = RiferimentoSerializer()
    anno = serializers.IntegerField()
    numero = serializers.IntegerField()
    definito_il = serializers.DateField()
    pubblicato_il = serializers.DateField()
    dichiarato = serializers.CharField(allow_null=True, help_text=_PERCENTUALE)
    riconosciuto = serializers.CharField(allow_null=True, help_text=_PERCENTUALE)
    versione_calcolo = serializers.CharField()
    sha256_scheda = serializers.CharField(help_text="Della scheda in forma pubblica, in forma canonica.")
    sha256 = serializers.CharField(help_text="Dell'esito, in forma canonica.")


class ElencoValutazioni(Elenco):
    """Of the programmes of an authority for a year, to who works for it."""

    operazione = "elencaValutazioni"
    sommario = "Le percentuali dei programmi di un anno"
    descrizione = (
        "Di ogni programma dell'anno i tre valori, a che punto è la chiusura e il numero dell'ultimo "
        "risultato. Dove il risultato è definito i valori sono quelli conservati, altrove quelli di adesso. "
        "Le legge soltanto chi ha un ruolo nell'autorità: a chi non si presenta si risponde 401, agli altri "
        "403."
    )
    modello = Nome("valutazioni")
    voce = ValutazioneSerializer
    filtri = FiltriValutazioni
    ordini = contrari(distretto=Ordine(("distretto__codice",), (str,)))
    ordine = "distretto"
    campi = ("pk",)
    riservata = True

    def righe(self, request: Request) -> ProgrammaQuerySet:
        return Programma.objects.annuali()

    def _lettura(self, request: Request, valori: dict[str, Any]) -> Lettura | Seguito:
        if not puo_vedere_quadro(request.user, Autorita.objects.get(pk=valori["autorita"])):
            raise PermissionDenied if request.user.is_authenticated else NotAuthenticated
        return super()._lettura(request, valori)

    def voci(self, base: str, righe: Sequence[Riga]) -> list[Voce]:
        chiavi = [chiave for (chiave,) in righe]
        programmi = Programma.objects.filter(pk__in=chiavi).select_related("distretto")
        lette = {riga.programma.pk: riga for riga in righe_per(programmi)}
        # One that was deleted meanwhile is not there any more.
        return [_valutazione(base, lette[chiave]) for chiave in chiavi if chiave in lette]


class ElencoRisultati(Elenco):
    """The last published result of each programme: the same to everyone."""

    operazione = "elencaRisultati"
    sommario = "I risultati pubblicati"
    descrizione = (
        "Di ogni programma l'ultimo risultato che l'autorità ha pubblicato, con i valori conservati quando "
        "l'ha definito. Un risultato che non è più quello conservato non c'è."
    )
    modello = Nome("risultati")
    voce = RisultatoElencatoSerializer
    filtri = FiltriRisultati
    ordini = contrari(
        anno=Ordine(("anno", "distretto__codice"), (int, str)),
        distretto=Ordine(("distretto__codice", "anno"), (str, int)),
    )
    ordine = "-anno"
    campi = ("pk",)

    def righe(self, request: Request) -> ProgrammaQuerySet:
        pubblicati = Risultato.objects.filter(programma=OuterRef("pk")).pubblicati()
        return Programma.objects.pubblici().filter(Exists(pubblicati))

    def voci(self, base: str, righe: Sequence[Riga]) -> list[Voce]:
        chiavi = [chiave for (chiave,) in righe]
        ultimi = ultimi_pubblicati(chiavi)
        return [_risultato(base, ultimi[chiave]) for chiave in chiavi if chiave in ultimi]


def _valutazione(base: str, riga: ProgrammaNelQuadro) -> Voce:
    programma, risultato, valori = riga.programma, riga.risultato, riga.valori
    voce = {
        "distretto": _distretto(base, programma),
        "anno": programma.anno,
        "stato": programma.stato,
        "chiusura": riga.chiusura.value,
        "risultato": None if risultato is None else risultato.numero,
        "fonte": _fonte(riga),
        "programma": valori_json(riga.tre),
        "obbligatorie": valori_json(NON_VALUTATA if valori is None else valori.programma.obbligatorie),
        "progettualita": valori_json(NON_VALUTATA if valori is None else valori.programma.progettualita),
        "azioni": len(riga.azioni),
        "azioni_non_valutate": riga.non_valutate,
        "href": indirizzo(base, "programmi", programma.distretto.codice, programma.anno, "valutazione"),
    }
    return voce if valori is None else voce | {"incompleta": valori.programma.incompleta}


def _fonte(riga: ProgrammaNelQuadro) -> str:
    if riga.alterato:
        return "risultato_alterato"
    if riga.valori is None:
        return "nessuna"
    return "risultato" if riga.definito else "in_corso"


def _risultato(base: str, risultato: Risultato) -> Voce:
    programma = risultato.programma
    qui = indirizzo(base, "programmi", programma.distretto.codice, programma.anno, "risultato")
    return {
        "distretto": _distretto(base, programma),
        "anno": programma.anno,
        "numero": risultato.numero,
        "definito_il": risultato.passaggio.il,
        "pubblicato_il": risultato.pubblicazione.il,
        "dichiarato": None if risultato.dichiarato is None else f"{risultato.dichiarato:.2f}",
        "riconosciuto": None if risultato.riconosciuto is None else f"{risultato.riconosciuto:.2f}",
        "versione_calcolo": risultato.versione_kernel,
        "sha256_scheda": risultato.sha256_scheda,
        "sha256": risultato.sha256,
        "href": f"{qui}?numero={risultato.numero}",
    }


def _distretto(base: str, programma: Programma) -> Voce:
    distretto = programma.distretto
    return {
        "codice": distretto.codice,
        "denominazione": distretto.denominazione,
        "href": indirizzo(base, "distretti", distretto.codice),
    }
