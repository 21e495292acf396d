"""Dove si fa ciascuna azione della tavola, e che cosa manda chi la fa bene."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from distretti.models import Organizzazione
from tests.matrice.scena import Scena, osservata
from tests.programmi.ingressi import pdf
from tests.programmi.passi import PUBBLICATO_IL, struttura
from valutazione.scheda.nel_database import trascrivi_evidenze

Corpo = dict[str, Any]
IL = PUBBLICATO_IL.isoformat()
"""The day of the last step of the scenes: never before one, never in the future."""


@dataclass(frozen=True)
class Prova:
    """How an action is tried: where, and by POST with what (None: it is only read)."""

    indirizzo: str
    corpo: Corpo | None = None


Prepara = Callable[[Scena], Prova]


def _passo(azione: str, corpo: Callable[[], Corpo] | None = None) -> Prepara:
    def prepara(scena: Scena) -> Prova:
        dati = {"il": IL, "nota": "Da correggere."} if corpo is None else corpo()
        return Prova(scena.indirizzo("programma-passaggio", azione), dati)

    return prepara


def _trasmissione() -> Corpo:
    delibera = {"tipo": "delibera_giunta_comunale", "ente": "Comune di Pergine Valsugana", "numero": "77"}
    delibera |= {"data": "2026-01-20"}
    dati = {"il": IL, "protocollo_mittente": "99"}
    return dati | {f"delibera_{nome}": valore for nome, valore in delibera.items()}


def _atto() -> Corpo:
    atto = {"numero": "88", "data": IL, "riferimento": "2026-I090-00001", "file": pdf()}
    dati = {f"determinazione_{nome}": valore for nome, valore in atto.items()}
    return dati | {"struttura": struttura().pk, "nota": "Non è ammissibile."}


def _lettura(nome: str) -> Prepara:
    return lambda scena: Prova(scena.indirizzo(nome))


def _con_versione(scena: Scena, chi: str, indirizzo: str) -> str:
    """The fingerprint that the form carries for who may open it; any, where nobody may."""
    risposta: Any = scena.gruppo.clienti[chi].get(indirizzo)
    return str(risposta.context["form"]["versione"].value()) if risposta.status_code == 200 else ""


def _scrittura(scena: Scena) -> Prova:
    dove = scena.indirizzo("programma-premessa")
    return Prova(dove, {"premessa": "Cambiata.", "versione": _con_versione(scena, "manager", dove)})


def _integrazione(scena: Scena) -> Prova:
    dove = scena.indirizzo("programma-integrazione")
    return Prova(dove, {"aderenti_al": "2026-01-31", "versione": _con_versione(scena, "agenzia", dove)})


def _osservazione(scena: Scena) -> Prova:
    corpo = {"parte": "premessa", "testo": "È troppo breve."}
    return Prova(scena.indirizzo("osservazione-nuova"), corpo)


def _su_una_osservazione(nome: str, corpo: Corpo) -> Prepara:
    return lambda scena: Prova(scena.indirizzo(nome, osservata(scena).numero), corpo)


def _apertura(scena: Scena) -> Prova:
    return Prova(scena.indirizzo("variazione-nuova"), {"motivo": "Cambia il calendario degli incontri."})


def _registrazione(scena: Scena) -> Prova:
    return Prova(scena.indirizzo("evidenza-nuova"), {"tipo": "incontro"})


def _verifica(scena: Scena) -> Prova:
    if scena.programma.variazione:
        return Prova(scena.indirizzo("imputazione-verifica", 1, 1), {"decisione": "accolta"})
    righe = {riga.codice: riga for riga in scena.programma.indicatori.in_ordine()}
    imputata = {"indicatore": "obb.1", "stato": "in_attesa"}
    voce = {"codice": "x1", "tipo": "elenco_aderenti", "data": IL, "titolo": "Elenco"}
    trascritte = trascrivi_evidenze([voce | {"imputazioni": [imputata]}], scena.programma, righe, [])
    trascritte.salva()
    evidenza = trascritte.evidenze[0]
    dove = scena.indirizzo("imputazione-verifica", evidenza.pk, evidenza.imputazioni.get().pk)
    return Prova(dove, {"decisione": "accolta", "versione": _con_versione(scena, "agenzia", dove)})


def _registro(scena: Scena) -> Prova:
    nuova = Organizzazione.objects.create(codice="nuova", denominazione="Nuova")
    corpo: Corpo = {"organizzazione": nuova.pk, "dal": "2024-01-01"}
    return Prova(reverse("adesione-nuova", args=[scena.programma.distretto.codice]), corpo)


def _invito(scena: Scena) -> Prova:
    autorita = scena.programma.distretto.autorita
    corpo: Corpo = {"nome": "Una persona", "mail": "una.persona@example.org", "dal": IL}
    corpo |= {"ruolo": "coordinatore", "distretto": scena.programma.distretto.pk}
    return Prova(reverse("persona-invita", args=[autorita.codice]), corpo)


PROVE: dict[str, Prepara] = {
    "trasmissione": _passo("trasmissione", _trasmissione),
    "presa_in_carico": _passo("presa_in_carico"),
    "rinvio": _passo("rinvio"),
    "proposta": _passo("proposta"),
    "restituzione": _passo("restituzione"),
    "messa_alla_firma": _passo("messa_alla_firma"),
    "approvazione": _passo("approvazione", _atto),
    "pubblicazione": _passo("pubblicazione"),
    "ritiro": _passo("ritiro"),
    "respingimento": _passo("respingimento", _atto),
    "riapertura": _passo("riapertura"),
    "scrittura": _scrittura,
    "integrazione": _integrazione,
    "osservazione": _osservazione,
    "replica": _su_una_osservazione("osservazione-replica", {"testo": "Aggiunti."}),
    "chiusura": _su_una_osservazione("osservazione-chiudi", {"nota": "Va bene."}),
    "apertura_variazione": _apertura,
    "lettura del programma": _lettura("programma"),
    "lettura delle versioni": _lettura("versioni"),
    "lettura delle osservazioni": _lettura("osservazioni"),
    "lettura della storia": _lettura("storia-programma"),
    "lettura delle evidenze": _lettura("evidenze"),
    "registrazione di un'evidenza": _registrazione,
    "verifica di un'evidenza": _verifica,
    "tenuta del registro": _registro,
    "invito di una persona": _invito,
}
