"""Il registro: distretti, adesioni, organizzazioni, marchi, fogli di calcolo."""

from collections.abc import Callable, Iterator
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from distretti.importazione_xlsx.foglio import TIPO_XLSX, esportazione
from tests.conftest import CODICE
from tests.indirizzi import corpi
from tests.indirizzi.indirizzo import MODULO, REGISTRO, Indirizzo, dell_autorita, dell_organizzazione, senza
from tests.indirizzi.mondo import Argomenti, Mondo, del_distretto
from tests.programmi.ingressi import pdf

Corpo = dict[str, Any]
IL = "2026-02-03"


def atto(prefisso: str = "atto", **altro: Any) -> Corpo:
    """Un atto come lo scrive un modulo."""
    dati = {"ente": "Provincia autonoma di Trento", "numero": "7", "data": IL, "file": pdf(), **altro}
    return {f"{prefisso}_{nome}": valore for nome, valore in dati.items()}


def _versione(mondo: Mondo, nome: str, *chiavi: object) -> str:
    contesto: Any = mondo.entra("agenzia").get(reverse(nome, args=chiavi)).context
    return str(contesto["form"]["versione"].value() or contesto.get("versione", ""))


def _costituzione(mondo: Mondo) -> Corpo:
    accordo = atto("accordo")
    del accordo["accordo_numero"]
    return {"il": IL, **atto("delibera_gp"), **atto("delibera_capofila"), **accordo}


def _organizzazione(mondo: Mondo) -> Corpo:
    versione = _versione(mondo, "organizzazione-modifica", mondo.organizzazione.codice)
    return {"denominazione": "Nome nuovo", "conserva_nome": "on", "natura": "pubblica", "versione": versione}


def _unione(mondo: Mondo) -> Corpo:
    codici = (mondo.organizzazione.codice, mondo.nuova.codice)
    return {"conferma": "on", "versione": _versione(mondo, "organizzazione-unisci", *codici)}


def _marchio(mondo: Mondo) -> Corpo:
    marchio = mondo.registro.certificazione.marchio
    return {"marchio": marchio.pk, "numero": "33", "dal": IL, **atto(tipo="determinazione")}


def _correzione(mondo: Mondo) -> Corpo:
    versione = _versione(mondo, "certificazione-modifica", mondo.registro.certificazione.pk)
    return {"numero": "34", "dal": "2023-01-01", "versione": versione}


def _importazione(mondo: Mondo) -> Corpo:
    contenuto = esportazione(mondo.approvato.distretto.autorita)
    return {"file": SimpleUploadedFile("registro.xlsx", contenuto, TIPO_XLSX)}


def _conferma(mondo: Mondo) -> Corpo:
    codice = mondo.approvato.distretto.autorita.codice
    dove = reverse("registro-importazione", args=[codice, mondo.registro.importazione.pk])
    contesto: Any = mondo.entra("agenzia").get(dove).context
    return {"conferma": "on", "versione": contesto["versione"]}


def _registro() -> Iterator[Indirizzo]:
    def legge(nome: str, argomenti: Argomenti) -> Indirizzo:
        return Indirizzo(nome, argomenti, leggono=REGISTRO)

    def scrive(nome: str, argomenti: Argomenti, corpo: Callable[[Mondo], Corpo]) -> Indirizzo:
        return Indirizzo(nome, argomenti, MODULO, leggono=REGISTRO, scrivono=REGISTRO, corpo=corpo)

    yield legge("registro", dell_autorita)
    yield legge("registro-modello", dell_autorita)
    yield legge("registro-esporta", dell_autorita)
    yield scrive("registro-importa", dell_autorita, _importazione)
    yield scrive(
        "registro-importazione",
        lambda m: (*dell_autorita(m), m.registro.importazione.pk),
        _conferma,
    )
    nuovo = {"denominazione": "Distretto nuovo", "tipo": "tematico", "il": IL}
    yield scrive("distretto-nuovo", dell_autorita, lambda m: nuovo)
    yield scrive("distretto-costituisci", lambda m: (m.registro.in_costituzione.codice,), _costituzione)
    yield scrive(
        "distretto-rinomina", del_distretto, lambda m: {"denominazione": "Altro nome", "il": IL, **atto()}
    )
    yield scrive("distretto-capofila", del_distretto, lambda m: {"capofila": "Terzo ente", "il": IL})
    chiusura = {"stato": "revocato", "il": IL, "motivo": "Non opera più."}
    yield scrive("distretto-chiudi", del_distretto, lambda m: chiusura | atto(tipo="determinazione"))
    yield scrive("adesione-nuova", del_distretto, corpi.adesione)
    yield scrive(
        "adesione-cancella",
        lambda m: (m.registro.adesione.pk,),
        lambda m: {"al": IL, "motivo": "Recesso.", **atto(tipo="altro")},
    )
    yield scrive("organizzazione-modifica", dell_organizzazione, _organizzazione)
    yield legge("organizzazione-doppia", dell_organizzazione)
    yield scrive("organizzazione-unisci", lambda m: (m.organizzazione.codice, m.nuova.codice), _unione)
    yield scrive("certificazione-nuova", lambda m: (m.nuova.codice,), _marchio)
    chiave: Argomenti = lambda m: (m.registro.certificazione.pk,)  # noqa: E731
    yield scrive("certificazione-modifica", chiave, _correzione)
    yield scrive("certificazione-rinnova", chiave, lambda m: {"dal": IL, "numero": "35"})
    yield scrive("certificazione-revoca", chiave, lambda m: {"il": IL, "motivo": "Rinuncia."})


def _letti_da_tutti() -> Iterator[Indirizzo]:
    yield Indirizzo("organizzazioni", senza, pubblico=200)
    yield Indirizzo("organizzazioni", senza, pubblico=200, query=f"?distretto={CODICE}&alla_data=2025-03-31")
    yield Indirizzo("distretti", senza, pubblico=200, query="?alla_data=2025-03-31")
    yield Indirizzo("distretto", del_distretto, pubblico=200, query="?alla_data=2025-03-31")
    # The file of an act of the register: for who follows the district, a stranger does not know of it.
    yield Indirizzo("registro-atto-file", lambda m: (m.registro.atto.codice,), fuori=404)


RIGHE = (*_registro(), *_letti_da_tutti())
