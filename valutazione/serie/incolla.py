"""A table pasted from a spreadsheet: its rows, its heading, and which column is which."""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO

from valutazione.serie.celle import MASSIMO_CELLA, MASSIMO_RIGHE, pulita
from valutazione.serie.colonne import Colonna, e_nota, riconosci
from valutazione.serie.giorni import leggi_giorno
from valutazione.serie.nomi import Nomi

MASSIMO_INCOLLATO = 1_000_000
"""Characters of a pasted table."""
MASSIMO_COLONNE = 40
_INDIRIZZO = re.compile(r"https?://\S+\Z", re.IGNORECASE)
_A_ELENCO = {"persone", "organizzazioni"}
_IN_ORDINE = ("argomento", "titolo", "persone", "organizzazioni", "luogo", "descrizione")
"""What the columns without a heading are taken for, once days, addresses and organisations are found."""

Riga = tuple[str, ...]


class TabellaIllegibile(ValueError):
    """What was pasted is no table; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Tabella:
    """``intestazione`` is empty when the first row holds data already. All rows are equally long."""

    intestazione: Riga
    righe: tuple[Riga, ...]

    @property
    def colonne(self) -> int:
        return len(self.righe[0]) if self.righe else len(self.intestazione)


def leggi_tabella(testo: str) -> Tabella:
    """The table of a pasted text: columns by tabs, else by semicolons. Raises TabellaIllegibile."""
    if len(testo) > MASSIMO_INCOLLATO:
        raise TabellaIllegibile("Il testo incollato è troppo lungo: incolla meno righe per volta.")
    lette = [tuple(pulita(cella) for cella in riga) for riga in _dividi(testo)]
    righe = [riga for riga in lette if any(riga)]
    if not righe:
        raise TabellaIllegibile("Non c'è nessuna riga: copia le celle nel foglio di calcolo e incollale qui.")
    larghe = max(max(n for n, cella in enumerate(riga, start=1) if cella) for riga in righe)
    if larghe > MASSIMO_COLONNE:
        raise TabellaIllegibile(f"Le colonne sono {larghe}: al massimo {MASSIMO_COLONNE}.")
    pari = [(*riga[:larghe], *[""] * (larghe - len(riga))) for riga in righe]
    prima = pari[0] if _e_intestazione(pari[0]) else ()
    tabella = Tabella(prima, tuple(pari[1:] if prima else pari))
    if not tabella.righe:
        raise TabellaIllegibile("C'è soltanto l'intestazione: incolla anche le righe.")
    if len(tabella.righe) > MASSIMO_RIGHE:
        raise TabellaIllegibile(
            f"Le righe sono {len(tabella.righe)}: al massimo {MASSIMO_RIGHE} per volta. Incollane una parte."
        )
    return tabella


def abbina(tabella: Tabella, colonne: Sequence[Colonna], nomi: Nomi) -> list[str]:
    """For each column of ``tabella`` the key of ours, or "" when it is not used: by heading, by content."""
    if tabella.intestazione:
        return [riconosci(intestazione, colonne) for intestazione in tabella.intestazione]
    ammesse = [colonna.chiave for colonna in colonne]
    trovate = [_dal_contenuto([r[n] for r in tabella.righe], nomi) for n in range(tabella.colonne)]
    trovate = [k if k in ammesse and k not in trovate[:n] else "" for n, k in enumerate(trovate)]
    libere = [k for k in _IN_ORDINE if k in ammesse and k not in trovate and k != _di_troppo(ammesse)]
    piene = [any(riga[n] for riga in tabella.righe) for n in range(tabella.colonne)]
    return [k or (libere.pop(0) if piena and libere else "") for k, piena in zip(trovate, piene, strict=True)]


def in_celle(tabella: Tabella, abbinamento: Sequence[str]) -> list[dict[str, str]]:
    """The rows by the keys of our columns; two columns for the same key are put together."""
    righe = []
    for riga in tabella.righe:
        celle: dict[str, str] = {}
        for chiave, testo in zip(abbinamento, riga, strict=True):
            if chiave and testo:
                gia, segno = celle.get(chiave), "; " if chiave in _A_ELENCO else " – "
                celle[chiave] = f"{gia}{segno}{testo}" if gia else testo
        righe.append(celle)
    return righe


def _dividi(testo: str) -> list[list[str]]:
    testo = testo.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").strip("\n")
    separatore = "\t" if "\t" in testo else ";"
    try:
        return list(csv.reader(StringIO(testo), delimiter=separatore, strict=True))
    except csv.Error:
        # A quote that opens and never closes is a quote, not the beginning of a cell of many lines.
        return [riga.split(separatore) for riga in testo.split("\n")]


def _e_intestazione(riga: Riga) -> bool:
    """Do at least half of its cells name a column, and none of them a day?"""
    piene = [cella for cella in riga if cella]
    note = [cella for cella in piene if len(cella) < 60 and e_nota(cella)]
    return 2 * len(note) >= len(piene) and all(leggi_giorno(cella, 2000) is None for cella in piene)


def _dal_contenuto(celle: Sequence[str], nomi: Nomi) -> str:
    """What a column holds, from most of its cells."""
    piene = [cella[:MASSIMO_CELLA] for cella in celle if cella]

    def quasi_tutte(vere: int) -> bool:
        return bool(piene) and 5 * vere >= 4 * len(piene)

    if quasi_tutte(sum(leggi_giorno(cella, 2000) is not None for cella in piene)):
        return "data"
    if quasi_tutte(sum(bool(_INDIRIZZO.match(cella)) for cella in piene)):
        return "url"
    if quasi_tutte(sum(nomi.codice(cella.split(";")[0]) is not None for cella in piene)):
        return "organizzazioni"
    return ""


def _di_troppo(ammesse: Sequence[str]) -> str:
    """Without headings there is one text that tells what it was: the argomento, where there is one."""
    return "titolo" if "argomento" in ammesse else ""
