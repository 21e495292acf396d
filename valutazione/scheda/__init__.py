"""The scheda programma, the one exchange format (contract: ``scheda-programma/1``). Plain Python.

- ``leggi_json(testo: str | bytes) -> Documento``: parse, refusing what is not strict JSON;
- ``leggi_scheda(documento) -> Scheda``: check everything; raises ``SchedaNonValida`` (``errori``);
- ``leggi(testo) -> (Documento, Scheda)``: both at once, with the errors of both;
- ``scheda_json(scheda) -> dict``: back to the document, in normal form;
- ``forma_pubblica(documento) -> dict``, ``scheda_pubblica(scheda) -> Scheda``: the public form;
- ``schema_json() -> dict``: the JSON Schema (draft 2020-12) that lists every key;
- the dataclasses are in :mod:`valutazione.scheda.modello`.

``valutazione.scheda.letture*`` and ``importa`` touch the database and are not imported from here.
"""

from programmi.parole import Riuso
from valutazione.parole import StatoImputazione
from valutazione.scheda.errori import Errore, SchedaNonValida
from valutazione.scheda.lettura import Documento, leggi, leggi_json, leggi_scheda
from valutazione.scheda.modello import FORMATO, Scheda
from valutazione.scheda.pubblica import forma_pubblica, scheda_pubblica
from valutazione.scheda.schema import schema_json
from valutazione.scheda.scrittura import scheda_json

__all__ = [
    "FORMATO",
    "Documento",
    "Errore",
    "Riuso",
    "Scheda",
    "SchedaNonValida",
    "StatoImputazione",
    "forma_pubblica",
    "leggi",
    "leggi_json",
    "leggi_scheda",
    "scheda_json",
    "scheda_pubblica",
    "schema_json",
]
