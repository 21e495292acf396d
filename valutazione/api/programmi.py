"""The programmes: the list and the single programme."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.http import Http404
from rest_framework.request import Request

from distretti.basi.pronta import Pronta
from distretti.models import Atto
from programmi.edizione import Edizione
from programmi.models import (
    AzionePassaggio,
    ClassificazioneProgettualita,
    Passaggio,
    Progettualita,
    Programma,
)
from programmi.models.programma import ProgrammaQuerySet
from programmi.permissions import segue_programma
from programmi.variazione import variazione_aperta
from valutazione.api.atti import CAMPI_ATTO
from valutazione.api.cursore import Ordine, Riga, contrari
from valutazione.api.elenco import Elenco, Singola, Voce
from valutazione.api.filtri import FiltriProgrammi
from valutazione.api.forma_programma import (
    PERCORSO_EDIZIONE,
    ProgrammaCompletoSerializer,
    ProgrammaSerializer,
)
from valutazione.api.indirizzi import indirizzo
from valutazione.models import Risultato
from valutazione.permissions import puo_vedere_valutazione
from valutazione.risultati.lettura import ultimi_pubblicati

CAMPI_ATTORE = ("ruolo", "nome", "qualifica", "mail")
"""As the act prints them, but never the telephone number."""


def condizione_edizione(codice: str, anno: str, percorso: str = "") -> dict[str, Any]:
    """What finds the programme that an address names, or the rows below it."""
    edizione = Edizione.letta(anno)
    if edizione is None:
        raise Http404
    return {
        f"{percorso}distretto__codice": codice,
        f"{percorso}anno": int(edizione),
        f"{percorso}variazione": edizione.variazione,
    }


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
        "pk",
    )

    def righe(self, request: Request) -> ProgrammaQuerySet:
        return self.singole(request).annuali()

    def singole(self, request: Request) -> ProgrammaQuerySet:
        """Besides, for who may read them, the variazioni."""
        return Programma.objects.visibili_a(request.user)

    def condizione(self, chiave: Sequence[str]) -> dict[str, Any]:
        return condizione_edizione(*chiave)

    def voci(self, base: str, righe: Sequence[Riga]) -> list[Voce]:
        pubblicati = ultimi_pubblicati([riga[-1] for riga in righe])
        return [
            {**self._voce(base, *riga[:-1]), "risultato": _risultato(base, riga, pubblicati.get(riga[-1]))}
            for riga in righe
        ]

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


def _risultato(base: str, riga: Riga, risultato: Risultato | None) -> Voce | None:
    """The published result of the programme of a row, in short."""
    if risultato is None:
        return None
    codice, _, anno, *_ = riga
    return {
        "numero": risultato.numero,
        "pubblicato_il": risultato.pubblicazione.il,
        "dichiarato": None if risultato.dichiarato is None else f"{risultato.dichiarato:.2f}",
        "riconosciuto": None if risultato.riconosciuto is None else f"{risultato.riconosciuto:.2f}",
        "href": indirizzo(base, "programmi", codice, anno, "risultato"),
    }


class RisorsaProgramma(Singola):
    """One programme: what it is, who it is of, where its parts are."""

    operazione = "leggiProgramma"
    sommario = "Un programma"
    descrizione = "I dati del programma; il contenuto intero è nella scheda."
    serializer_class = ProgrammaCompletoSerializer
    elenco = ElencoProgrammi
    parametri = PERCORSO_EDIZIONE

    def altro(self, request: Request, base: str, chiave: int, voce: Voce) -> Voce:
        programma = Programma.objects.select_related("distretto__autorita", "variazione_di").get(pk=chiave)
        stampati = (programma.registro_scheda or {}).get("aderenti")
        return {
            "href": indirizzo(base, "programmi", programma.distretto.codice, programma.edizione),
            "autorita": programma.distretto.autorita.codice,
            "variazione": programma.variazione,
            "richiede_contributo": programma.richiede_contributo,
            "riuso": programma.riuso,
            "atto_di_approvazione": _atto_di_approvazione(base, programma),
            "variazioni": _variazioni(base, programma),
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
    return _atto(base, passaggio.atto)


def _atto(base: str, atto: Atto) -> Voce:
    return {
        **{campo: getattr(atto, campo) for campo in CAMPI_ATTO},
        "href": indirizzo(base, "atti", atto.codice),
    }


def _variazioni(base: str, programma: Programma) -> list[Voce]:
    passaggi = Passaggio.objects.filter(programma=programma, azione=AzionePassaggio.VARIAZIONE)
    return [
        {"il": passaggio.il, "atto": _atto(base, passaggio.atto)}
        for passaggio in passaggi.select_related("atto").order_by("ordine")
        if passaggio.atto is not None
    ]


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
    chiave = (programma.distretto.codice, programma.edizione)
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
    sua = indirizzo(base, "programmi", codice, programma.edizione)
    procedura = {"procedura": f"{sua}/procedura"} if segue_programma(request.user, programma) else {}
    aderenti = f"{base}/organizzazioni?distretto={codice}&alla_data={programma.al.isoformat()}"
    if programma.variazione:
        return {"aderenti": aderenti, "variazione_di": qui, **procedura}
    link = {
        **procedura,
        "scheda": f"{qui}/scheda",
        "progettualita": f"{base}/progettualita?distretto={codice}&anno={anno}",
        "indicatori": f"{base}/indicatori?distretto={codice}&anno={anno}",
        "aderenti": aderenti,
    }
    aperta = variazione_aperta(programma)
    if aperta is not None and segue_programma(request.user, aperta):
        link["variazione_in_corso"] = indirizzo(base, "programmi", codice, aperta.edizione)
    if puo_vedere_valutazione(request.user, programma):
        link["valutazione"] = f"{qui}/valutazione"
    return link
