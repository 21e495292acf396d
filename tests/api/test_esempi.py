"""Gli esempi del documento OpenAPI sono risposte vere, abbreviate.

Quando una risposta cambia: ``DISTRETTI_RIGENERA_ESEMPI=1 .venv/bin/pytest tests/api/test_esempi.py``.
"""

import json
import os
import re
from collections.abc import Callable
from datetime import date
from typing import Any
from unittest import mock

import pytest
from django.test import Client

from programmi.models import Programma
from tests.conftest import Persone
from tests.risultati.ingressi import definisci, pubblica
from valutazione.api.linee_guida import FILE_ESEMPI, esempi
from valutazione.api.radice import documento_openapi

SITO = "https://distretti.example.org"
API = "/api/v1"
ISTANTE = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|\+\d{2}:\d{2})")
OGGI = date(2025, 6, 30)
"""The day on which the days of the procedure are counted."""
PUBBLICATO = date(2026, 3, 20)
"""The day on which the result of the year is published."""
VOCI, TESTO, RIGHE = 1, 200, 3
"""How much of a long answer an example keeps: entries of a list, characters of a text, lines of a CSV."""

PERCORSI = {
    "leggiDistretto": "distretti/dfa-alta-valsugana?alla_data=2025-12-31",
    "leggiOrganizzazione": "organizzazioni/asif-chimelli",
    "leggiProgramma": "programmi/dfa-alta-valsugana/2025",
    "leggiProgettualita": "programmi/dfa-alta-valsugana/2025/progettualita/1",
    "leggiOsservazioni": "programmi/dfa-alta-valsugana/2025/osservazioni",
    "leggiProcedura": "programmi/dfa-alta-valsugana/2025/procedura",
    "leggiChiusura": "programmi/dfa-alta-valsugana/2025/chiusura",
    "leggiRepliche": "programmi/dfa-alta-valsugana/2025/repliche",
    "leggiContributo": "programmi/dfa-alta-valsugana/2025/contributo",
    "leggiScheda": "programmi/dfa-alta-valsugana/2025/scheda",
    "leggiVersioni": "programmi/dfa-alta-valsugana/2025/versioni",
    "leggiVersione": "programmi/dfa-alta-valsugana/2025/versioni/1",
    "leggiRisultato": "programmi/dfa-alta-valsugana/2025/risultato",
    "leggiPacchetto": "programmi/dfa-alta-valsugana/2025/pacchetto",
    "leggiValutazione": "programmi/dfa-alta-valsugana/2025/valutazione",
    "elencaValutazioni": "valutazioni?autorita=pat-acs&anno=2025",
    "elencaOrganizzazioni": "organizzazioni?distretto=dfa-alta-valsugana&alla_data=2025-12-31",
}
"""Where an operation is not read at its own address, nor at the ``href`` of the first entry of its list."""

DOCUMENTI = {"leggiOpenAPI": ("openapi",), "leggiSchemaScheda": ("$schema", "$id", "title")}
"""Of a document that describes others, the first keys: shortened inside, it would say what is not so."""

pytestmark = pytest.mark.django_db


def accorciato(dato: Any) -> Any:
    """The same shape with less in it; an instant, which changes at every load, is always the same."""
    if isinstance(dato, dict):
        return {chiave: accorciato(valore) for chiave, valore in dato.items()}
    if isinstance(dato, list):
        return [accorciato(voce) for voce in dato[:VOCI]]
    if isinstance(dato, str):
        dato = ISTANTE.sub("2026-01-15T09:30:00Z", dato)
        return dato if len(dato) <= TESTO or dato.startswith("http") else dato[: TESTO - 1] + "…"
    return dato


def tabella(testo: str) -> str:
    righe = ISTANTE.sub("2026-01-15T09:30:00Z", testo).splitlines()
    return "\n".join(righe[:RIGHE]) + "\n"


def leggi(client: Client, indirizzo: str, tipo: str) -> Any:
    risposta: Any = client.get(indirizzo, secure=True, headers={"accept": tipo})
    assert risposta.status_code == 200, (indirizzo, risposta.content)
    corpo = (b"".join(risposta) if risposta.streaming else risposta.content).decode()
    return tabella(corpo) if tipo == "text/csv" else accorciato(json.loads(corpo))


def client_json(client: Client, indirizzo: str) -> Any:
    return client.get(indirizzo, secure=True).json()


def veri(anonimo: Client, agenzia: Client) -> dict[str, dict[str, Any]]:
    """A true answer for each operation and media type: what everyone reads, where everyone reads."""
    percorsi = {percorso: metodi["get"] for percorso, metodi in documento_openapi()["paths"].items()}
    letti: dict[str, dict[str, Any]] = {}
    for percorso, operazione in sorted(percorsi.items(), key=lambda coppia: coppia[0].count("{")):
        nome = operazione["operationId"]
        if nome in DOCUMENTI:
            intero = client_json(anonimo, API + percorso)
            letti[nome] = {"application/json": {chiave: intero[chiave] for chiave in DOCUMENTI[nome]}}
            continue
        indirizzo = f"{API}/{PERCORSI[nome]}" if nome in PERCORSI else API + percorso
        if "{" in indirizzo:
            collezione = [parte for parte in percorso.split("/") if "{" not in parte][-1]
            elenco = letti[percorsi[f"/{collezione}"]["operationId"]]
            indirizzo = str(elenco["application/json"]["items"][0]["href"])
        tipi = operazione["responses"]["200"]["content"]
        client = anonimo if {} in operazione.get("security", [{}]) else agenzia
        letti[nome] = {tipo: leggi(client, indirizzo, tipo) for tipo in tipi}
    return letti


def test_gli_esempi_sono_risposte_vere(
    persone: Persone, accedi: Callable[..., Client], settings: Any
) -> None:
    settings.ALLOWED_HOSTS = ["distretti.example.org"]
    anonimo, agenzia = Client(), accedi(persone.agenzia)
    for client in (anonimo, agenzia):
        client.defaults["HTTP_HOST"] = "distretti.example.org"
    programma = Programma.objects.get(distretto__codice="dfa-alta-valsugana", anno=2025)
    with mock.patch("tests.risultati.ingressi.oggi", return_value=PUBBLICATO):
        definisci(programma, persone)
        pubblica(programma, persone)
    with (
        mock.patch("valutazione.api.procedura.localdate", return_value=OGGI),
        mock.patch("valutazione.api.chiusura.localdate", return_value=PUBBLICATO),
    ):
        trovati = veri(anonimo, agenzia)
    if os.environ.get("DISTRETTI_RIGENERA_ESEMPI"):
        testo = json.dumps(trovati, ensure_ascii=False, indent=1)
        FILE_ESEMPI.write_text(testo + "\n", encoding="utf-8")
        esempi.cache_clear()
    assert trovati == esempi()
