"""Days as people write them in Italy: 12/3/2025, 12 marzo 2025, mer 12 mar, 2025-03-12."""

import re
from datetime import date

from distretti.basi.italiano import MESI
from distretti.basi.ricerca import piega

_ISO = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
_CIFRE = re.compile(r"([0-9]{1,2})\s*[-/. ]\s*([0-9]{1,2})(?:\s*[-/. ]\s*([0-9]{4}|[0-9]{2}))?")
_LETTERE = re.compile(r"([0-9]{1,2})(?:[o°^](?![a-z]))?[-/. ]*([a-z]{3,9})\.?(?:[-/. ]*([0-9]{4}|[0-9]{2}))?")
_SETTIMANA = re.compile(r"\A(?:lun|mar|mer|gio|ven|sab|dom)[a-z]*\.?,?\s+(?=[0-9])")
_ORA = re.compile(r"(?:\s*[t,]\s*|\s+)(?:(?:alle\s+)?ore\s+)?[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2})?z?\Z")
_SECOLO = 2000


def leggi_giorno(testo: str, anno: int | None = None) -> date | None:
    """The day that ``testo`` writes; None when it writes none. ``anno``: of a day written without its own.

    Day before month, always: "3/13/2025" is no day. Two figures of a year are of this century.
    """
    scritto = _ORA.sub("", _SETTIMANA.sub("", piega(testo).strip(), count=1))
    if trovato := _ISO.fullmatch(scritto):
        return _giorno(int(trovato[1]), int(trovato[2]), int(trovato[3]))
    if trovato := _CIFRE.fullmatch(scritto):
        return _giorno(_anno(trovato[3], anno), int(trovato[2]), int(trovato[1]))
    if trovato := _LETTERE.fullmatch(scritto):
        return _giorno(_anno(trovato[3], anno), _mese(trovato[2]), int(trovato[1]))
    return None


def _anno(cifre: str | None, anno: int | None) -> int:
    if cifre is None:
        return anno or 0
    return int(cifre) + (_SECOLO if len(cifre) == 2 else 0)


def _mese(nome: str) -> int:
    """By its name or by how it begins: "marzo", "mar", "sett"; 0 when it is none."""
    return next((n for n, mese in enumerate(MESI, start=1) if mese.startswith(nome)), 0)


def _giorno(anno: int, mese: int, giorno: int) -> date | None:
    try:
        return date(anno, mese, giorno)
    except ValueError:
        return None
