"""Che cosa manda un modulo riempito bene, indirizzo per indirizzo."""

from typing import Any

from tests.indirizzi.mondo import GIORNO, Mondo
from tests.programmi.ingressi import pdf

Corpo = dict[str, Any]


def niente(mondo: Mondo) -> Corpo:
    return {}


def accesso(mondo: Mondo) -> Corpo:
    return {"username": "manager", "password": "parola-di-prova"}


def adesione(mondo: Mondo) -> Corpo:
    return {"organizzazione": mondo.nuova.pk, "dal": "2024-01-01"}


def programma_nuovo(mondo: Mondo) -> Corpo:
    return {"anno": "2028"}


def dati(mondo: Mondo) -> Corpo:
    return {
        "titolo": "Titolo cambiato",
        "dal": "2026-01-01",
        "al": "2026-12-31",
        "riuso": "ammesso",
        "versione": mondo.versione("programma-dati"),
    }


def premessa(mondo: Mondo) -> Corpo:
    return {"premessa": "Premessa cambiata.", "versione": mondo.versione("programma-premessa")}


def attori(mondo: Mondo) -> Corpo:
    riga = {"attori-0-ruolo": "manager", "attori-0-nome": "Altro ufficio"}
    return {**_righe("attori", 1), **riga, "versione": mondo.versione("programma-attori")}


def canali(mondo: Mondo) -> Corpo:
    riga = {"canali-0-tipo": "sito", "canali-0-valore": "https://www.example.org"}
    return {**_righe("canali", 1), **riga, "versione": mondo.versione("programma-canali")}


def progettualita_nuova(mondo: Mondo) -> Corpo:
    return {"titolo": "Una in più", **_righe("referenti", 0), **_righe("classificazioni", 0)}


def progettualita(mondo: Mondo) -> Corpo:
    versione = mondo.versione("progettualita-modifica", mondo.azione.pk)
    return progettualita_nuova(mondo) | {"titolo": "Titolo cambiato", "versione": versione}


def giu(mondo: Mondo) -> Corpo:
    return {"direzione": "giu"}


def riga_nuova(mondo: Mondo) -> Corpo:
    return {"testo": "Una riga in più", "sezione": "Altro"}


def riga(mondo: Mondo) -> Corpo:
    return {"testo": "Testo cambiato", "versione": mondo.versione("indicatore-modifica", mondo.riga.pk)}


def regola(mondo: Mondo) -> Corpo:
    versione = mondo.versione("indicatore-regola", mondo.riga.pk, query="?tipo=unica")
    return {"tipo": "unica", "percentuale": "100", "evidenze": ["mail"], "versione": versione}


def trasmissione(mondo: Mondo) -> Corpo:
    return {
        "delibera_tipo": "delibera_giunta_comunale",
        "delibera_ente": "Comune di Pergine Valsugana",
        "delibera_numero": "77",
        "delibera_data": "2026-01-20",
        "delibera_file": pdf(),
        "il": GIORNO.isoformat(),
        "protocollo_mittente": "99",
    }


def passo(mondo: Mondo) -> Corpo:
    return {"il": GIORNO.isoformat()}


def passo_motivato(mondo: Mondo) -> Corpo:
    return {"nota": "Manca la premessa.", "il": GIORNO.isoformat()}


def integrazione(mondo: Mondo) -> Corpo:
    versione = mondo.versione("programma-integrazione", anno=mondo.in_esame.anno, chi="agenzia")
    return {"aderenti_al": "2026-01-31", "versione": versione}


def cifra(mondo: Mondo) -> Corpo:
    dati = {"di": "distretto", "voce": "organizzazioni aderenti", "valore": "7"}
    return {**dati, "al": "2026-01-31", "fonte": "Registro dell'Agenzia"}


def pubblicazione(mondo: Mondo) -> Corpo:
    return {"il": "2025-06-23"}


def respingimento(mondo: Mondo) -> Corpo:
    return approvazione(mondo) | {"nota": "Non è ammissibile."}


def approvazione(mondo: Mondo) -> Corpo:
    return {
        "struttura": mondo.struttura.pk,
        "determinazione_numero": "88",
        "determinazione_data": GIORNO.isoformat(),
        "determinazione_file": pdf(),
    }


def evidenza_nuova(mondo: Mondo) -> Corpo:
    return {"tipo": "incontro"}


def evidenza_bozza(mondo: Mondo) -> Corpo:
    return {"azione": "bozza", "titolo": "Titolo cambiato"}


def allegato_togli(mondo: Mondo) -> Corpo:
    return {"azione": f"togli-{mondo.allegato_abbozzo.pk}"}


def evidenza_registrata(mondo: Mondo) -> Corpo:
    versione = mondo.versione("evidenza-modifica", mondo.evidenza.pk, anno=2025)
    scritto = {"data": "2025-05-06", "titolo": "Titolo cambiato", "riga-1-3": "on"}
    return {"azione": "registra", **scritto, "versione": versione}


def ritiro(mondo: Mondo) -> Corpo:
    return {"motivo": "Era sbagliata."}


def verifica(mondo: Mondo) -> Corpo:
    chiavi = (mondo.evidenza.pk, mondo.imputazione.pk)
    versione = mondo.versione("imputazione-verifica", *chiavi, anno=2025, chi="agenzia")
    return {"decisione": "accolta", "versione": versione}


def token(mondo: Mondo) -> Corpo:
    return {"nome": "Foglio di calcolo", "durata": "90"}


def applicazione(mondo: Mondo) -> Corpo:
    return {**token(mondo), "applicazione": "Portale", "distretto": "tutta"}


def _righe(prefisso: str, quante: int) -> Corpo:
    return {f"{prefisso}-TOTAL_FORMS": quante, f"{prefisso}-INITIAL_FORMS": 0}
