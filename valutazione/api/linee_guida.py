"""Makes of our OpenAPI document what the national guidelines want (ModI, and the rules of its checker).

drf-spectacular writes the resources; what is the same for all of them is added here, whatever they are:
limits, headers, security, tags, examples. ``tests/api/test_linee_guida.py`` holds the rules.
"""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from valutazione.api.cursore import LIMITE_MASSIMO
from valutazione.api.errori import DETTAGLI, TITOLI
from valutazione.api.formati import JSON

RADICE = "/api/v1"
MASSIMO_INTERO = 2**31 - 1
MASSIMO_TESTO = 100_000
"""Characters of a text of an act, and bytes of nothing else: a list has its own limit."""
MASSIMO_VOCI = 100_000
LUNGHEZZA_CODICE = 250
"""Characters of a code in an address: none is longer."""

ETICHETTE = {
    "radice": "Da dove si comincia",
    "status": "Il servizio funziona?",
    "openapi.json": "Questa descrizione",
    "schema": "Il formato di scambio, scheda-programma/1",
    "autorita": "Autorità",
    "progettualita": "Progettualità",
    "schemi-classificazione": "Schemi di classificazione",
    "voci-classificazione": "Voci di classificazione",
}
"""In words, the tags whose address does not say it well; the others are called after their own address."""

LIMITI = {
    "X-RateLimit-Limit": "Quante richieste si possono fare in un minuto.",
    "X-RateLimit-Remaining": "Quante richieste restano.",
    "X-RateLimit-Reset": "Tra quanti secondi il conteggio ricomincia.",
}

Documento = dict[str, Any]


def conforma(documento: Documento) -> Documento:
    """The document, changed in place; the addresses are those under the server."""
    documento["info"].update(
        {
            "x-summary": "I programmi annuali dei Distretti famiglia, in sola lettura",
            "x-api-id": "distretti-programmi-annuali",
            "license": {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/deed.it"},
        }
    )
    documento["paths"] = {
        percorso.removeprefix(RADICE): metodi for percorso, metodi in documento["paths"].items()
    }
    componenti = documento.setdefault("components", {})
    componenti["securitySchemes"] = {
        "token": {"type": "http", "scheme": "bearer", "description": "Token di lettura (docs/api.md)."},
        "sessione": {"type": "apiKey", "in": "cookie", "name": "sessionid", "description": "Il sito."},
    }
    componenti["headers"] = _intestazioni()
    etichette = set()
    for percorso, metodi in documento["paths"].items():
        for operazione in metodi.values():
            etichette.update(operazione["tags"])
            _completa(percorso, operazione)
    documento["tags"] = [
        {"name": nome, "description": ETICHETTE.get(nome, nome.capitalize().replace("-", " "))}
        for nome in sorted(etichette, key=lambda nome: (nome != "radice", nome))
    ]
    for schema in _schemi(documento):
        _delimita(schema)
    return documento


def con_indirizzi(documento: Documento, sito: str) -> Documento:
    """The document with the addresses of this installation; ``sito`` ends with a slash."""
    server = {"url": sito.removesuffix("/") + RADICE, "description": "Questa installazione."}
    if not sito.startswith("https://"):
        server["x-sandbox"] = True  # type: ignore[assignment]  # a machine without HTTPS is only for trying
    informazioni = {
        **documento["info"],
        "termsOfService": f"{sito}dati-pubblici/",
        "contact": {"name": "Chi ha installato il servizio", "url": f"{sito}accessibilita/#segnalazioni"},
    }
    return {**documento, "info": informazioni, "servers": [server]}


def _intestazioni() -> Documento:
    def intero(descrizione: str) -> Documento:
        schema = {"type": "integer", "format": "int32", "minimum": 0, "maximum": MASSIMO_INTERO}
        return {"description": descrizione, "schema": schema}

    def testo(descrizione: str) -> Documento:
        return {"description": descrizione, "schema": {"type": "string", "maxLength": 1000}}

    return {
        **{nome: intero(descrizione) for nome, descrizione in LIMITI.items()},
        "Retry-After": intero("Tra quanti secondi si può riprovare."),
        "ETag": testo("L'impronta della risposta, da rimandare in If-None-Match."),
        "WWW-Authenticate": testo("Bearer, con error=invalid_token se il token mandato non vale."),
        "Cache-Control": testo("max-age dove legge chiunque; private, no-store dove legge chi ha un ruolo."),
    }


def _completa(percorso: str, operazione: Documento) -> None:
    """Headers, 304 and examples of an operation, from the answers that it declares."""
    risposte: Documento = operazione["responses"]
    if JSON in risposte["200"].get("content", {}):
        risposte["304"] = {"description": "Non è cambiata da quando la si è letta (If-None-Match)."}
        operazione.setdefault("parameters", []).append(_se_e_cambiata())
    for parametro in operazione.get("parameters", []):
        if parametro["in"] == "path" and parametro["schema"]["type"] == "string":
            parametro["schema"].setdefault("maxLength", LUNGHEZZA_CODICE)
    if percorso == "/status":
        operazione.pop("security", None)  # whoever watches over the service has no token
    for stato, risposta in risposte.items():
        nomi = [*LIMITI, "Cache-Control"]
        nomi += ["Retry-After"] if stato in ("429", "503") else []
        nomi += ["WWW-Authenticate"] if stato == "401" else []
        nomi += ["ETag"] if stato == "304" or JSON in risposta.get("content", {}) else []
        risposta["headers"] = {nome: {"$ref": f"#/components/headers/{nome}"} for nome in nomi}
        for tipo, contenuto in risposta.get("content", {}).items():
            esempio = _esempio(percorso, operazione["operationId"], int(stato), tipo)
            if esempio is not None:
                contenuto["example"] = esempio
    operazione["responses"] = dict(sorted(risposte.items()))


def _se_e_cambiata() -> Documento:
    return {
        "in": "header",
        "name": "If-None-Match",
        "description": "L'ETag di una risposta già letta.",
        "schema": {"type": "string", "maxLength": 1000},
    }


def _esempio(percorso: str, operazione: str, stato: int, tipo: str) -> Any:
    if stato == 200:
        return esempi().get(operazione, {}).get(tipo)
    return {
        "type": "about:blank",
        "title": TITOLI[stato],
        "status": stato,
        "detail": DETTAGLI[stato],
        "instance": RADICE + percorso,
    }


@cache
def esempi() -> dict[str, dict[str, Any]]:
    """True answers, shortened, by operation and media type: tests/api/test_esempi.py keeps them true."""
    letti: dict[str, dict[str, Any]] = json.loads(FILE_ESEMPI.read_text(encoding="utf-8"))
    return letti


FILE_ESEMPI = Path(__file__).with_name("esempi.json")


def _schemi(dato: Any) -> Iterator[Documento]:
    """Every schema of the document, however deep, but not what stands in an example."""
    if isinstance(dato, list):
        for voce in dato:
            yield from _schemi(voce)
    elif isinstance(dato, dict):
        if isinstance(dato.get("type"), str):
            yield dato
        for chiave, voce in dato.items():
            if chiave not in ("example", "examples", "enum", "default"):
                yield from _schemi(voce)


def _delimita(schema: Documento) -> None:
    """No number without a format and two ends, no text or list without a maximum (sicurezza, OWASP API4)."""
    match schema["type"]:
        case "integer":
            schema.setdefault("format", "int32")
            schema.setdefault("minimum", 0)
            schema.setdefault("maximum", MASSIMO_INTERO)
        case "string" if not {"enum", "format", "maxLength"} & schema.keys():
            schema["maxLength"] = MASSIMO_TESTO
        case "array":
            schema.setdefault("minItems", 0)
            schema.setdefault("maxItems", MASSIMO_VOCI)
        case "object" if "successivo" in schema.get("properties", {}):
            schema["properties"]["items"].setdefault("maxItems", LIMITE_MASSIMO)
