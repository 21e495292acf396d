"""Ogni indirizzo fa lo stesso numero di interrogazioni con una cosa e con cinquanta di ciò che elenca."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.indirizzi.crescita import cresci
from tests.indirizzi.mondo import Mondo
from tests.indirizzi.tavola import TAVOLA

pytestmark = pytest.mark.django_db

LETTORI = ("", "manager", "referente", "agenzia", "amministratore", "dirigente")
"""Between them they read every address: "" is a stranger; the referente, what the manager does not.

The amministratore and the dirigente read only what nobody before them does.
"""

NON_ELENCANO = {
    "privacy",
    "accessibilita",
    "segnalazioni",
    "licenza",
    "dati-pubblici",
    "stato",
    "icona",
    "robots",
    "sicurezza",
    "api-radice",
    "api-stato",
    "documentazione",
    "api-openapi",
    "api-schema-scheda",
    "api-distretto",
    "api-adesione",
    "api-marchio",
    "api-certificazione",
    "api-atto",
    "api-schema-classificazione",
    "api-voce-classificazione",
    "api-indicatore",
    "atto-file",
    "allegato",
    "distretto-nuovo",
    "distretto-costituisci",
    "distretto-rinomina",
    "distretto-capofila",
    "distretto-chiudi",
    "adesione-cancella",
    "certificazione-modifica",
    "certificazione-rinnova",
    "certificazione-revoca",
    "registro-modello",
    "registro-importa",
    "registro-importazione",
    "registro-atto-file",
    "programma-nuovo",
    "programma-dati",
    "programma-premessa",
    "programma-passaggio",
    "indicatore-nuovo",
    "indicatore-modifica",
    "indicatore-regola",
    "obbligatoria-nuova",
    "relazione-estremi",
    "contributo-costo",
    "api-contributo",
    "evidenze-incolla",
    "evidenza-avvenuta",
    "versione-pdf",
    "versione",
    "versione-json",
    "api-versione",
    "avvisi-preferenze",
    "scadenza-nuova",
    "scadenza-modifica",
    "scadenza-cessa",
    "token-nuovo",
    "profilo",
    "ruoli",
    "profilo-dati",
    "fattori",
    "persona-modifica",
    "persona-esporta",
    "persona-sospendi",
    "persona-senza-secondo-fattore",
    "persona-cancella",
    "incarico-fine",
    "andamento",
    "autovalutazione-trasmessa",
    "autovalutazione-json",
    "autovalutazione-pdf",
    "chiusura-passo",
    "evidenza-ritira",
    "risultato-pacchetto",
    "api-risultato",
    "api-pacchetto",
    "verificatore",
    "verificatore-file",
}
"""Texts, documents, files and forms of one thing: they list nothing, so they do not grow."""


@dataclass(frozen=True)
class Lettura:
    """What a GET cost and how much it gave."""

    nome: str
    interrogazioni: int
    byte: int


def letture(mondo: Mondo, chi: str) -> dict[str, Lettura]:
    """A GET of every address that ``chi`` reads."""
    client, lette = mondo.entra(chi), {}
    for voce in TAVOLA:
        stato = voce.per(chi, "GET") if chi else voce.per_anonimi("GET")
        if stato != 200 or (chi == "referente" and "manager" in voce.leggono):
            continue
        prima = LETTORI[: LETTORI.index(chi)]
        if chi in ("amministratore", "dirigente") and set(voce.leggono) & set(prima):
            continue
        indirizzo = voce.indirizzo(mondo)
        with CaptureQueriesContext(connection) as viste:
            risposta: Any = client.get(indirizzo)
            corpo = b"".join(risposta) if risposta.streaming else risposta.content
        assert risposta.status_code == 200, f"{indirizzo}: {risposta.status_code}"
        lette[indirizzo] = Lettura(voce.nome, len(viste), len(corpo))
    return lette


@pytest.mark.parametrize("chi", LETTORI)
def test_le_interrogazioni_non_crescono_con_cio_che_si_elenca(mondo: Mondo, chi: str) -> None:
    una = letture(mondo, chi)
    cresci(mondo)
    cinquanta = letture(mondo, chi)
    assert una.keys() == cinquanta.keys()
    contate = {dove: (una[dove].interrogazioni, cinquanta[dove].interrogazioni) for dove in una}
    assert not {dove: coppia for dove, coppia in contate.items() if coppia[0] != coppia[1]}
    uguali = {dove for dove in una if una[dove].byte >= cinquanta[dove].byte}
    assert not {dove for dove in uguali if una[dove].nome not in NON_ELENCANO}


def test_ogni_lettura_e_contata() -> None:
    """What anybody at all reads is read by one of the readers."""
    lette = {voce for voce in TAVOLA if "GET" in voce.metodi and 200 in {voce.pubblico, *_stati(voce)}}
    senza_lettori = {voce for voce in TAVOLA if voce.pubblico != 200 and not voce.leggono}
    assert {voce for voce in TAVOLA if "GET" in voce.metodi} - lette <= senza_lettori


def _stati(voce: Any) -> list[int]:
    return [voce.per(chi, "GET") for chi in LETTORI if chi]
