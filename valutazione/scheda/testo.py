"""From bytes or text to a JSON document, refusing what JSON parsers let through."""

import json
from typing import Any

from distretti.basi.lettore import MASSIMO_INTERO, Errore, sotto
from valutazione.scheda.errori import SchedaNonValida

Documento = dict[str, Any]

CIFRE_MASSIME = len(str(MASSIMO_INTERO)) + 6
"""Whole numbers with more digits are refused while parsing: no count of the contract is so large."""


class _Oggetto(dict[str, Any]):
    """An object that remembers which of its keys came twice."""

    doppie: tuple[str, ...] = ()


class _Inaccettabile:
    """Stands for a value JSON has no room for, until its path is known."""

    def __init__(self, messaggio: str) -> None:
        self.messaggio = messaggio


def leggi_json(testo: str | bytes) -> Documento:
    """The document a text holds.

    Raises :class:`SchedaNonValida` on bytes that are not UTF-8, on what is not JSON, on a top that is
    not an object, on keys that come twice, on NaN, Infinity and endless numbers, on endless nesting.
    """
    documento, errori = analizza(testo)
    if errori:
        raise SchedaNonValida(errori)
    return documento


def analizza(testo: str | bytes) -> tuple[Documento, list[Errore]]:
    """Like :func:`leggi_json`, but gives the errors back; the document is empty when there is none."""
    lettore = _LettoreJson()
    try:
        dato = lettore.leggi(testo.decode("utf-8") if isinstance(testo, bytes) else testo)
    except UnicodeDecodeError as errore:
        return {}, [Errore("$", f"il testo non è UTF-8 (byte {errore.start})")]
    except json.JSONDecodeError as errore:
        dove = f"riga {errore.lineno}, colonna {errore.colno}"
        return {}, [Errore("$", f"non è JSON valido ({dove})")]
    except RecursionError:
        return {}, [Errore("$", "gli oggetti e gli elenchi sono annidati troppo in profondità")]
    errori = _trova_difetti(dato) if lettore.difetti else []
    if isinstance(dato, dict):
        return dato, errori
    return {}, [*errori, Errore("$", "il documento deve essere un oggetto JSON")]


class _LettoreJson:
    """``json.loads`` with hooks; ``difetti`` says whether something has to be looked for."""

    def __init__(self) -> None:
        self.difetti = False

    def leggi(self, testo: str) -> object:
        return json.loads(
            testo.removeprefix("\ufeff"),
            object_pairs_hook=self._oggetto,
            parse_constant=self._costante,
            parse_float=self._decimale,
            parse_int=self._intero,
        )

    def _oggetto(self, coppie: list[tuple[str, Any]]) -> dict[str, Any]:
        semplice = dict(coppie)
        if len(semplice) == len(coppie):
            return semplice
        self.difetti = True
        oggetto = _Oggetto(semplice)
        viste: set[str] = set()
        oggetto.doppie = tuple(dict.fromkeys(c for c, _ in coppie if c in viste or viste.add(c)))  # type: ignore[func-returns-value]
        return oggetto

    def _costante(self, nome: str) -> _Inaccettabile:
        self.difetti = True
        return _Inaccettabile(f"{nome} non è un numero ammesso")

    def _decimale(self, cifre: str) -> float | _Inaccettabile:
        numero = float(cifre)
        return numero if abs(numero) != float("inf") else self._costante("un numero senza fine")

    def _intero(self, cifre: str) -> int | _Inaccettabile:
        if len(cifre) <= CIFRE_MASSIME:
            return int(cifre)
        self.difetti = True
        return _Inaccettabile("il numero è troppo grande")


def _trova_difetti(radice: object) -> list[Errore]:
    """Walk the document without recursion and name the path of each defect, in document order."""
    errori: list[Errore] = []
    da_vedere: list[tuple[str, object]] = [("$", radice)]
    while da_vedere:
        percorso, dato = da_vedere.pop()
        if isinstance(dato, _Inaccettabile):
            errori.append(Errore(percorso, dato.messaggio))
        elif isinstance(dato, dict):
            if isinstance(dato, _Oggetto):
                errori += [Errore(sotto(percorso, chiave), "chiave ripetuta") for chiave in dato.doppie]
            da_vedere += [(sotto(percorso, chiave), valore) for chiave, valore in reversed(dato.items())]
        elif isinstance(dato, list):
            da_vedere += [(f"{percorso}[{i}]", dato[i]) for i in range(len(dato) - 1, -1, -1)]
    return errori
