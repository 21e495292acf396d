"""Lo stesso programma letto da ogni porta che ne dice le percentuali: devono dire tutte lo stesso."""

from typing import Any

from django.test import Client

from programmi.models import Programma
from tests.valutazione.conftest import indirizzo
from tests.verificatore.modulo import verifica as verificatore
from valutazione.kernel import valuta_documento
from valutazione.provincia.valori import valori_di
from valutazione.risultati.pacchetto import pacchetto_di
from valutazione.scheda.da_database import documento_di

Json = dict[str, Any]


def esito_concorde(programma: Programma, client: Client) -> Json:
    """The lines of the esito by code, once kernel, API, package, verifier and province say the same."""
    documento = documento_di(programma)
    esito = valuta_documento(documento)
    pacchetto = pacchetto_di(documento)
    assert verificatore.verifica(pacchetto.documento)[0] == []
    assert client.get(indirizzo("api-valutazione", programma)).json() == esito
    assert client.get(indirizzo("api-pacchetto", programma)).json() == pacchetto.documento
    assert _valori(pacchetto.esito) == _valori(esito)
    ((_, della_provincia),) = valori_di(Programma.objects.filter(pk=programma.pk))
    assert della_provincia is not None
    scritti = [str(azione["dichiarato"]) for azione in esito["azioni"]]
    letti = [azione.valori.dichiarato for azione in della_provincia.azioni]
    assert [str(None) if v is None else f"{float(v):.2f}" for v in letti] == scritti
    return {riga["codice"]: riga for azione in esito["azioni"] for riga in azione["righe"]}


def _valori(esito: Json) -> list[Any]:
    return [
        [riga[chiave] for chiave in ("codice", "dichiarato", "riconosciuto", "prospettico")]
        for azione in esito["azioni"]
        for riga in azione["righe"]
    ]


def scartate(riga: Json) -> dict[str, str]:
    """Of each evidence that does not count on a line, why."""
    return {scartata["evidenza"]: scartata["motivo"] for scartata in riga["scartate"]}


def contate(riga: Json) -> list[str]:
    """The evidence that counts on a line."""
    return [contata["evidenza"] for contata in riga["conteggiate"]]
