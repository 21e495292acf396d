"""Il nostro documento OpenAPI rispetta le linee guida nazionali, e ogni regola sa dire di no."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from django.test import Client

from tests.api.conftest import API
from tests.api.regole import REGOLE, Documento
from valutazione.api.linee_guida import con_indirizzi
from valutazione.api.radice import documento_openapi

SITO = "https://distretti.example.org/"


def nostro() -> Documento:
    return deepcopy(con_indirizzi(documento_openapi(), SITO))


@pytest.mark.parametrize("nome", REGOLE)
def test_nessuna_regola_ha_da_ridire(nome: str) -> None:
    assert REGOLE[nome](nostro()) == []


def _operazione(documento: Documento, percorso: str = "/distretti") -> Any:
    return documento["paths"][percorso]["get"]


def _risposta(documento: Documento, stato: str = "200", percorso: str = "/distretti") -> Any:
    return _operazione(documento, percorso)["responses"][stato]


def _schema(documento: Documento, nome: str, campo: str) -> Any:
    return documento["components"]["schemas"][nome]["properties"][campo]


def _parametro(documento: Documento, **campi: Any) -> None:
    _operazione(documento)["parameters"].append({"in": "query", "schema": {"type": "string"}, **campi})


GUASTI: dict[str, Callable[[Documento], Any]] = {
    "versione_di_openapi": lambda d: d.update(openapi="2.0"),
    "dati_dell_interfaccia": lambda d: d["info"].pop("contact"),
    "versione_semantica": lambda d: d["info"].update(version="1"),
    "server_https_con_descrizione": lambda d: d["servers"][0].update(url="http://x.example.org/api/v1"),
    "percorsi_kebab_case": lambda d: d["paths"].update({"/UnPercorso": {}}),
    "percorsi_senza_verbi": lambda d: d["paths"].update({"/list/distretti": {}}),
    "nomi_snake_case": lambda d: _parametro(d, name="allaData"),
    "componenti_camel_case": lambda d: d["components"]["schemas"].update({"un_nome": {}}),
    "operazioni_con_nome_unico": lambda d: _operazione(d).update(operationId="leggiStato"),
    "operazioni_con_sommario_e_descrizione": lambda d: _operazione(d).pop("summary"),
    "etichette_descritte": lambda d: d["tags"].pop(),
    "stato_del_servizio": lambda d: d["paths"].pop("/status"),
    "errori_come_problemi": lambda d: _risposta(d, "400").update(content={"application/json": {}}),
    "risposte_d_errore_dichiarate": lambda d: _operazione(d)["responses"].pop("429"),
    "limiti_in_ogni_risposta": lambda d: _risposta(d, "404", "/distretti/{codice}").pop("headers"),
    "quando_riprovare": lambda d: _risposta(d, "503")["headers"].pop("Retry-After"),
    "intestazioni_ammesse": lambda d: _risposta(d)["headers"].update({"X-Nostra": {}}),
    "conservazione_spiegata": lambda d: d["components"]["headers"]["Cache-Control"].pop("description"),
    "numeri_con_formato_e_limiti": lambda d: _schema(d, "Problema", "status").pop("format"),
    "testi_con_lunghezza": lambda d: _schema(d, "Problema", "title").pop("maxLength"),
    "elenchi_con_limiti": lambda d: _schema(d, "Problema", "errors").pop("maxItems"),
    "mai_null_per_elenchi_e_booleani": lambda d: _schema(d, "Problema", "errors").update(nullable=True),
    "risposte_come_oggetti": lambda d: _risposta(d)["content"]["application/json"].update(
        schema={"type": "array"}
    ),
    "elenchi_con_limit_cursor_sort": lambda d: _operazione(d).update(parameters=[]),
    "nessun_segreto_negli_indirizzi": lambda d: _parametro(d, name="access_token"),
    "credenziali_dichiarate": lambda d: _operazione(d).pop("security"),
    "letture_senza_corpo": lambda d: _operazione(d).update(requestBody={}),
    "un_esempio_valido_per_ogni_risposta": lambda d: _risposta(d, "400")["content"][
        "application/problem+json"
    ]["example"].update(status="400"),
}
"""For each rule, how to break it."""


@pytest.mark.parametrize("nome", REGOLE)
def test_ogni_regola_sa_dire_di_no(nome: str) -> None:
    guasto = nostro()
    GUASTI[nome](guasto)
    assert REGOLE[nome](guasto) != []


def test_una_risposta_senza_esempio_si_nota() -> None:
    guasto = nostro()
    del _risposta(guasto)["content"]["application/json"]["example"]
    assert REGOLE["un_esempio_valido_per_ogni_risposta"](guasto) == [
        "get /distretti 200 application/json: manca"
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(("sicuro", "schema"), [(True, "https"), (False, "http")])
def test_gli_indirizzi_sono_quelli_di_questa_installazione(settings: Any, sicuro: bool, schema: str) -> None:
    settings.ALLOWED_HOSTS = ["distretti.example.org"]
    client = Client(headers={"host": "distretti.example.org"})
    documento = client.get(f"{API}/openapi.json", secure=sicuro).json()
    (server,) = documento["servers"]
    assert server["url"] == f"{schema}://distretti.example.org{API}"
    assert server.get("x-sandbox", False) is (not sicuro)
    assert documento["info"]["termsOfService"] == f"{schema}://distretti.example.org/dati-pubblici/"
    assert "servers" not in documento_openapi()
