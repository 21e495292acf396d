"""The rules of a line: a closed union of forms, their reading, their normal form, their sentence.

Plain Python, without Django. Source: contract, "Rules (``regola``)".

- ``leggi_regola(dato, percorso, errori, dal=…, al=…) -> Regola | None`` notes every error with its JSON path;
- ``regola_json(regola) -> dict`` is its inverse, in normal form;
- ``frase(regola) -> str`` is the rule in one Italian sentence;
- the forms: ``RegolaUnica``, ``RegolaPerUnita``, ``RegolaFasce``, ``RegolaPerDistinti``,
  ``RegolaComposta``, ``RegolaQuotaOre``, ``RegolaManuale``; every form has the attributes of ``RegolaComune``
  and the class attribute ``tipo`` (:class:`TipoRegola`).
"""

from distretti.basi.lettore import Errore
from programmi.regola.forme import (
    CENTO,
    Fascia,
    Parte,
    Regola,
    RegolaComposta,
    RegolaComune,
    RegolaFasce,
    RegolaManuale,
    RegolaPerDistinti,
    RegolaPerUnita,
    RegolaQuotaOre,
    RegolaUnica,
)
from programmi.regola.frasi import (
    campi_richiesti,
    conta_tipi,
    frase,
    il_tipo,
    nessun_tipo,
    presenze_richieste,
    tipi_plurale,
    tipi_singolare,
    un_tipo,
)
from programmi.regola.lettura import leggi_regola, regola_json
from programmi.regola.numeri import leggi_numero, numero_da, numero_testo
from programmi.regola.tipi import (
    TIPI_A_UNITA,
    CampoEvidenza,
    Distinti,
    LetturaOre,
    Parola,
    TipoEvidenza,
    TipoRegola,
    Ufficio,
)

__all__ = [
    "CENTO",
    "TIPI_A_UNITA",
    "CampoEvidenza",
    "Distinti",
    "Errore",
    "Fascia",
    "LetturaOre",
    "Parola",
    "Parte",
    "Regola",
    "RegolaComposta",
    "RegolaComune",
    "RegolaFasce",
    "RegolaManuale",
    "RegolaPerDistinti",
    "RegolaPerUnita",
    "RegolaQuotaOre",
    "RegolaUnica",
    "TipoEvidenza",
    "TipoRegola",
    "Ufficio",
    "campi_richiesti",
    "conta_tipi",
    "frase",
    "il_tipo",
    "leggi_numero",
    "leggi_regola",
    "nessun_tipo",
    "numero_da",
    "numero_testo",
    "presenze_richieste",
    "regola_json",
    "tipi_plurale",
    "tipi_singolare",
    "un_tipo",
]
