"""Le regole delle linee guida nazionali sulle API, come le controlla il verificatore italiano.

Scritte da capo leggendo che cosa chiede il profilo «Italian Guidelines Full» (italia/api-oas-checker-rules):
errori e avvertimenti, non i suggerimenti di stile. Ogni funzione dà l'elenco di ciò che non va.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

import jsonschema

Documento = dict[str, Any]
Regola = Callable[[Documento], list[str]]
REGOLE: dict[str, Regola] = {}


def regola(funzione: Regola) -> Regola:
    REGOLE[funzione.__name__] = funzione
    return funzione


def operazioni(documento: Documento) -> Iterator[tuple[str, Documento]]:
    for percorso, metodi in documento["paths"].items():
        for metodo, operazione in metodi.items():
            yield f"{metodo} {percorso}", operazione


def risposte(documento: Documento) -> Iterator[tuple[str, str, Documento]]:
    for dove, operazione in operazioni(documento):
        for stato, risposta in operazione["responses"].items():
            yield f"{dove} {stato}", stato, risposta


def nodi(dato: Any, dove: str = "$") -> Iterator[tuple[str, Documento]]:
    """Every object of the document that may be a schema; examples apart."""
    if isinstance(dato, dict):
        yield dove, dato
        for chiave, valore in dato.items():
            if chiave not in ("example", "examples", "default"):
                yield from nodi(valore, f"{dove}.{chiave}")
    elif isinstance(dato, list):
        for posto, valore in enumerate(dato):
            yield from nodi(valore, f"{dove}[{posto}]")


def schemi(documento: Documento, *tipi: str) -> Iterator[tuple[str, Documento]]:
    return ((dove, nodo) for dove, nodo in nodi(documento) if nodo.get("type") in tipi)


def risolto(documento: Documento, nodo: Documento) -> Documento:
    while "$ref" in nodo:
        trovato: Any = documento
        for parte in nodo["$ref"].removeprefix("#/").split("/"):
            trovato = trovato[parte]
        nodo = trovato
    return nodo


def _mancano(oggetto: Documento, *campi: str) -> list[str]:
    return [f"manca {campo}" for campo in campi if not oggetto.get(campo)]


@regola
def versione_di_openapi(documento: Documento) -> list[str]:
    return [] if re.match(r"3\.[01]\.", str(documento.get("openapi"))) else ["non è OpenAPI 3"]


@regola
def dati_dell_interfaccia(documento: Documento) -> list[str]:
    info = documento["info"]
    mancano = _mancano(
        info, "title", "description", "x-summary", "x-api-id", "license", "contact", "termsOfService"
    )
    contatto = info.get("contact", {})
    return mancano + ([] if contatto.get("url") or contatto.get("email") else ["contatto senza url né email"])


@regola
def versione_semantica(documento: Documento) -> list[str]:
    buona = re.fullmatch(r"[0-9]+\.[0-9]+\.[0-9]+", documento["info"].get("version", ""))
    return [] if buona else ["la versione non è semantica"]


@regola
def server_https_con_descrizione(documento: Documento) -> list[str]:
    server = documento.get("servers", [])
    return (["nessun server"] if not server else []) + [
        f"{voce.get('url')}: non va"
        for voce in server
        if not voce.get("description")
        or not (voce["url"].startswith("https://") or voce.get("x-sandbox"))
        or not re.search(r"/v[0-9]+$", voce["url"])
    ]


@regola
def percorsi_kebab_case(documento: Documento) -> list[str]:
    forma = r"/|(/[a-z0-9.-]+|/\{[a-z0-9_]+\})+"
    return [percorso for percorso in documento["paths"] if not re.fullmatch(forma, percorso)]


@regola
def percorsi_senza_verbi(documento: Documento) -> list[str]:
    forma = r"/(get|post|put|delete|patch|create|remove|list)\b"
    return [percorso for percorso in documento["paths"] if re.search(forma, percorso)]


@regola
def nomi_snake_case(documento: Documento) -> list[str]:
    nomi = {nome for _, nodo in schemi(documento, "object") for nome in nodo.get("properties", {})}
    for _, operazione in operazioni(documento):
        nomi |= {p["name"] for p in operazione.get("parameters", []) if p["in"] != "header"}
    return sorted(nome for nome in nomi if not re.fullmatch("[a-z][a-z0-9]*(_[a-z0-9]+)*", nome))


@regola
def componenti_camel_case(documento: Documento) -> list[str]:
    return [
        nome for nome in documento["components"]["schemas"] if not re.fullmatch("([A-Z][a-z0-9]*)+", nome)
    ]


@regola
def operazioni_con_nome_unico(documento: Documento) -> list[str]:
    nomi = [operazione.get("operationId", "") for _, operazione in operazioni(documento)]
    doppi = {nome for nome in nomi if nomi.count(nome) > 1 or not nome}
    return sorted(doppi) + [nome for nome in nomi if re.match("get|post|put|delete|patch|head", nome)]


@regola
def operazioni_con_sommario_e_descrizione(documento: Documento) -> list[str]:
    return [
        f"{dove}: {manca}"
        for dove, operazione in operazioni(documento)
        for manca in _mancano(operazione, "summary", "description", "tags")
    ]


@regola
def etichette_descritte(documento: Documento) -> list[str]:
    descritte = {voce["name"] for voce in documento.get("tags", []) if voce.get("description")}
    usate = {nome for _, operazione in operazioni(documento) for nome in operazione["tags"]}
    return sorted(usate ^ descritte)


@regola
def stato_del_servizio(documento: Documento) -> list[str]:
    operazione = documento["paths"].get("/status", {}).get("get")
    if operazione is None:
        return ["manca /status"]
    errori = ["/status chiede credenziali"] if "security" in operazione else []
    for stato in ("200", "503"):
        if set(operazione["responses"].get(stato, {}).get("content", {})) != {"application/problem+json"}:
            errori.append(f"/status {stato} non è un problema")
    return errori


@regola
def errori_come_problemi(documento: Documento) -> list[str]:
    errori = []
    for dove, stato, risposta in risposte(documento):
        if stato[0] not in "45d":
            continue
        contenuto = risposta.get("content", {})
        if set(contenuto) != {"application/problem+json"}:
            errori.append(f"{dove}: {sorted(contenuto)}")
            continue
        schema = risolto(documento, contenuto["application/problem+json"].get("schema", {}))
        if not {"type", "title", "status", "detail"} <= schema.get("properties", {}).keys():
            errori.append(f"{dove}: lo schema non è un problema")
    return errori


@regola
def risposte_d_errore_dichiarate(documento: Documento) -> list[str]:
    errori = []
    for dove, operazione in operazioni(documento):
        attese = {"200", "400", "401", "406", "429", "500", "503"}
        attese |= {"404"} if "{" in dove else set()
        attese |= {"304"} if "application/json" in operazione["responses"]["200"]["content"] else set()
        errori += [f"{dove}: manca {stato}" for stato in sorted(attese - operazione["responses"].keys())]
    return errori


LIMITI = {"X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"}


@regola
def limiti_in_ogni_risposta(documento: Documento) -> list[str]:
    return [
        dove
        for dove, _, risposta in risposte(documento)
        if not risposta.get("headers", {}).keys() >= LIMITI
        or any(nome.startswith("RateLimit-") for nome in risposta["headers"])
    ]


@regola
def quando_riprovare(documento: Documento) -> list[str]:
    errori = []
    for dove, stato, risposta in risposte(documento):
        if stato not in ("429", "503"):
            continue
        intestazione = risolto(documento, risposta.get("headers", {}).get("Retry-After", {}))
        schema = intestazione.get("schema", {})
        if schema.get("type") != "integer" or schema.get("minimum") != 0:
            errori.append(dove)
    return errori


@regola
def intestazioni_ammesse(documento: Documento) -> list[str]:
    nomi = {nome for _, _, risposta in risposte(documento) for nome in risposta.get("headers", {})}
    for _, operazione in operazioni(documento):
        nomi |= {p["name"] for p in operazione.get("parameters", []) if p["in"] == "header"}
    vietate = {nome for nome in nomi if nome.lower() in ("accept", "content-type", "authorization")}
    con_x = {n for n in nomi if n.lower().startswith("x-") and n not in LIMITI}
    return sorted(vietate | con_x)


@regola
def conservazione_spiegata(documento: Documento) -> list[str]:
    errori = []
    for dove, stato, risposta in risposte(documento):
        if stato[0] == "2":
            voce = risolto(documento, risposta.get("headers", {}).get("Cache-Control", {}))
            if not re.search("max-age|no-store", voce.get("description", "")):
                errori.append(dove)
    return errori


@regola
def numeri_con_formato_e_limiti(documento: Documento) -> list[str]:
    formati = {"integer": {"int32", "int64"}, "number": {"float", "double", "decimal32", "decimal64"}}
    return [
        dove
        for dove, nodo in schemi(documento, "integer", "number")
        if nodo.get("format") not in formati[nodo["type"]] or "minimum" not in nodo or "maximum" not in nodo
    ]


@regola
def testi_con_lunghezza(documento: Documento) -> list[str]:
    return [
        dove
        for dove, nodo in schemi(documento, "string")
        if not {"enum", "format", "maxLength"} & nodo.keys()
    ]


@regola
def elenchi_con_limiti(documento: Documento) -> list[str]:
    return [
        dove
        for dove, nodo in schemi(documento, "array")
        if "maxItems" not in nodo or "minItems" not in nodo or "items" not in nodo
    ]


@regola
def mai_null_per_elenchi_e_booleani(documento: Documento) -> list[str]:
    return [dove for dove, nodo in schemi(documento, "array", "boolean") if nodo.get("nullable")]


@regola
def risposte_come_oggetti(documento: Documento) -> list[str]:
    errori = []
    for dove, _, risposta in risposte(documento):
        for tipo, contenuto in risposta.get("content", {}).items():
            if tipo.endswith("json") and risolto(documento, contenuto["schema"]).get("type") != "object":
                errori.append(f"{dove} {tipo}")
    return errori


@regola
def elenchi_con_limit_cursor_sort(documento: Documento) -> list[str]:
    errori = []
    for dove, operazione in operazioni(documento):
        contenuto = operazione["responses"]["200"]["content"].get("application/json", {})
        schema = risolto(documento, contenuto.get("schema", {}))
        if "successivo" in schema.get("properties", {}):
            nomi = {parametro["name"] for parametro in operazione.get("parameters", [])}
            errori += [f"{dove}: {nome}" for nome in sorted({"limit", "cursor", "sort"} - nomi)]
            if schema["properties"]["items"].get("maxItems", 10**9) > 100:
                errori.append(f"{dove}: pagina senza limite")
    return errori


@regola
def nessun_segreto_negli_indirizzi(documento: Documento) -> list[str]:
    nomi = [
        parametro["name"]
        for _, operazione in operazioni(documento)
        for parametro in operazione.get("parameters", [])
        if parametro["in"] in ("query", "path")
    ]
    schemi_di_accesso = documento["components"].get("securitySchemes", {})
    return [nome for nome in nomi if re.search("password|secret|apikey|token", nome, re.IGNORECASE)] + [
        nome for nome, schema in schemi_di_accesso.items() if schema.get("in") == "query"
    ]


@regola
def credenziali_dichiarate(documento: Documento) -> list[str]:
    note = documento["components"].get("securitySchemes", {})
    errori = []
    for dove, operazione in operazioni(documento):
        if "/status" in dove:
            continue
        scelte = operazione.get("security")
        if not scelte:
            errori.append(f"{dove}: non dice chi legge")
        errori += [f"{dove}: {nome}" for scelta in scelte or () for nome in scelta if nome not in note]
    return errori


@regola
def letture_senza_corpo(documento: Documento) -> list[str]:
    return [dove for dove, operazione in operazioni(documento) if "requestBody" in operazione]


@regola
def un_esempio_valido_per_ogni_risposta(documento: Documento) -> list[str]:
    errori = []
    for dove, _, risposta in risposte(documento):
        for tipo, contenuto in risposta.get("content", {}).items():
            if "example" not in contenuto:
                errori.append(f"{dove} {tipo}: manca")
                continue
            schema = per_json_schema({**contenuto["schema"], "components": documento["components"]})
            trovati = jsonschema.Draft202012Validator(schema).iter_errors(contenuto["example"])
            errori += [f"{dove} {tipo}: {errore.json_path} {errore.message[:200]}" for errore in trovati]
    return errori


def per_json_schema(dato: Any) -> Any:
    """``nullable`` of OpenAPI 3.0 in the words of JSON Schema."""
    if isinstance(dato, list):
        return [per_json_schema(voce) for voce in dato]
    if not isinstance(dato, dict):
        return dato
    esito = {chiave: per_json_schema(valore) for chiave, valore in dato.items()}
    if esito.pop("nullable", False) is True:
        return {"anyOf": [esito, {"type": "null"}]}
    return esito
