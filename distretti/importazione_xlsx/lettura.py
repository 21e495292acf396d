"""From the bytes of a spreadsheet to rows of texts and dates. Nothing is computed, nothing is guessed."""

import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from itertools import islice
from typing import Any

from openpyxl import load_workbook

from distretti.basi.italiano import MESI
from distretti.basi.ricerca import piega
from distretti.errori import ErroreDominio
from distretti.importazione_xlsx.colonne import FOGLI, RIGHE_MASSIME, Colonna, Foglio

_COLONNE_MASSIME = 50
_RIGHE_GUARDATE = 100_000
"""Also empty ones: a sheet that somebody formatted goes on for long. What is beyond is never left unsaid."""
_GIORNO = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})\Z")
_PER_ESTESO = re.compile(r"(\d{1,2})º?\s+([a-z]+)\s+(\d{4})\Z")
_ANNI = range(1900, 2101)
_VIETATI = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")

Valore = str | date | None


class FoglioNonLeggibile(ErroreDominio):
    """The whole file is refused; ``messaggio`` says what to do."""


@dataclass(frozen=True, slots=True)
class Riga:
    """A row with something in it: its number in the sheet, its values, what is wrong in its cells."""

    foglio: Foglio
    numero: int
    valori: Mapping[str, Valore]
    errori: list[str] = field(default_factory=list)

    def testo(self, chiave: str) -> str:
        valore = self.valori.get(chiave)
        return valore if isinstance(valore, str) else ""

    def giorno(self, chiave: str) -> date | None:
        valore = self.valori.get(chiave)
        return valore if isinstance(valore, date) else None


def leggi(contenuto: bytes) -> list[Riga]:
    """The rows of every sheet of ours, in order.

    Raises ``FoglioNonLeggibile`` when there is no sheet of ours, a heading is missing or is there twice,
    or the rows are too many or none. What is wrong in one cell is noted in its row.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of openpyxl: what it leaves out of a workbook is not for us
            libro = load_workbook(BytesIO(contenuto), read_only=True, data_only=False)
            righe = [riga for foglio in FOGLI for riga in _righe_del(libro, foglio)]
            libro.close()
    except FoglioNonLeggibile:
        raise
    except Exception as errore:  # of zipfile, of expat, of openpyxl: a file made to break it has many
        raise FoglioNonLeggibile(
            "Il foglio di calcolo non si può leggere: riaprilo, salvalo di nuovo come XLSX e riprova."
        ) from errore
    if not righe:
        nomi = " o ".join(f"«{foglio.titolo}»" for foglio in FOGLI)
        raise FoglioNonLeggibile(f"Non c'è nessuna riga: servono un foglio {nomi} e almeno una riga scritta.")
    return righe


def _righe_del(libro: Any, foglio: Foglio) -> Iterator[Riga]:
    if foglio.titolo not in libro.sheetnames:
        return
    celle = libro[foglio.titolo].iter_rows(max_col=_COLONNE_MASSIME)
    posti = _intestazioni(foglio, next(celle, ()))
    # One more than is admitted: it says that there are others.
    quante = 0
    for numero, riga in enumerate(islice(celle, _RIGHE_GUARDATE), start=2):
        letta = _riga(foglio, numero, posti, riga)
        if letta is None:
            continue
        quante += 1
        if quante > RIGHE_MASSIME:
            raise FoglioNonLeggibile(
                f"Le righe del foglio «{foglio.titolo}» sono troppe: al massimo {RIGHE_MASSIME} per volta."
            )
        yield letta
    if next(celle, None) is not None:
        raise FoglioNonLeggibile(
            f"Il foglio «{foglio.titolo}» continua oltre la riga {_RIGHE_GUARDATE + 1}: togli le righe vuote"
            " in fondo e salvalo di nuovo."
        )


def _intestazioni(foglio: Foglio, celle: Sequence[Any]) -> dict[int, Colonna]:
    """Which column stands where; columns of others are left alone."""
    per_titolo = {piega(colonna.titolo): colonna for colonna in foglio.colonne}
    posti: dict[int, Colonna] = {}
    for posto, cella in enumerate(celle):
        colonna = per_titolo.get(piega(" ".join(str(cella.value or "").split())))
        if colonna is None:
            continue
        if colonna in posti.values():
            raise FoglioNonLeggibile(
                f"Nel foglio «{foglio.titolo}» la colonna «{colonna.titolo}» è ripetuta."
            )
        posti[posto] = colonna
    mancanti = [f"«{c.titolo}»" for c in foglio.colonne if c.obbligatoria and c not in posti.values()]
    if mancanti:
        raise FoglioNonLeggibile(
            f"Foglio «{foglio.titolo}»: nella prima riga manca la colonna {', '.join(mancanti)}."
        )
    return posti


def _riga(foglio: Foglio, numero: int, posti: Mapping[int, Colonna], celle: Sequence[Any]) -> Riga | None:
    """None for an empty row."""
    valori: dict[str, Valore] = {}
    errori: list[str] = []
    for posto, colonna in posti.items():
        cella = celle[posto] if posto < len(celle) else None
        if cella is None or cella.value is None:
            continue
        try:
            valori[colonna.chiave] = _valore(colonna, cella)
        except ValueError as errore:
            errori.append(f"colonna «{colonna.titolo}»: {errore}")
    if not any(valori.values()) and not errori:
        return None
    errori += [
        f"colonna «{colonna.titolo}»: è vuota"
        for colonna in foglio.colonne
        if colonna.obbligatoria and not valori.get(colonna.chiave) and not errori
    ]
    return Riga(foglio, numero, valori, errori)


def _valore(colonna: Colonna, cella: Any) -> Valore:
    """Raises ``ValueError`` with the words for the person."""
    valore = cella.value
    if cella.data_type == "f":
        raise ValueError("contiene una formula; scrivi il valore")
    if cella.data_type == "e":
        raise ValueError(f"contiene un errore di calcolo ({valore})")
    if colonna.e_data:
        return _data(valore)
    if isinstance(valore, datetime | date):
        raise ValueError("contiene una data, non un testo")
    if isinstance(valore, float) and valore.is_integer():
        valore = int(valore)
    testo = " ".join(_VIETATI.sub(" ", str(valore)).split())
    if len(testo) > colonna.massimo:
        raise ValueError(f"il testo è troppo lungo (al massimo {colonna.massimo} caratteri)")
    return testo


def _data(valore: Any) -> date | None:
    if isinstance(valore, datetime):
        valore = valore.date()
    if isinstance(valore, date):
        giorno = valore
    else:
        testo = " ".join(str(valore).split())
        if not testo:
            return None
        giorno = _data_scritta(testo)
    if giorno.year not in _ANNI:
        raise ValueError(f"«{giorno.year}» non è un anno possibile")
    return giorno


def _data_scritta(testo: str) -> date:
    """ "31/03/2025", "31.3.2025", "2025-03-31", "31 marzo 2025"."""
    try:
        if trovato := _GIORNO.match(testo):
            giorno, mese, anno = (int(parte) for parte in trovato.groups())
            return date(anno, mese, giorno)
        if (trovato := _PER_ESTESO.match(testo.lower())) and trovato[2] in MESI:
            return date(int(trovato[3]), MESI.index(trovato[2]) + 1, int(trovato[1]))
        return date.fromisoformat(testo[:10] if testo[10:] in ("", "T00:00:00", " 00:00:00") else testo)
    except ValueError as errore:
        raise ValueError(f"«{testo}» non è una data; scrivila come 31/03/2025") from errore
