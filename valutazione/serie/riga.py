"""One row of the table → an evidence of the exchange format, or what is wrong, cell by cell."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from distretti.basi.italiano import del_giorno, elenco
from distretti.basi.ricerca import piega
from programmi.regola import RegolaComposta, RegolaFasce, RegolaPerUnita, RegolaQuotaOre, TipoEvidenza
from valutazione.forms.campi import misura_json, nome_misura
from valutazione.forms.tipi import campi_di
from valutazione.scheda import modello
from valutazione.serie.celle import MASSIMO_CELLA, Celle, voci
from valutazione.serie.giorni import leggi_giorno
from valutazione.serie.nomi import Nomi

MASSIMI = {"titolo": 500, "luogo": 500}
"""Characters of the cells that the database keeps shorter."""
LUNGHEZZA_TITOLO = 160
"""Characters of a title that is made by itself, at most."""
_ORE = re.compile(r"[0-9]{1,4}([.,][0-9]{1,4})?")
_WEB = re.compile(r"https?://[^\s/?#.]+\.[^\s]+\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Scelte:
    """What all the rows have in common. ``anno``: of the days written without one."""

    tipo: TipoEvidenza
    righe: Sequence[modello.Riga] = ()
    presenze: Sequence[str] = ()
    luogo: str = ""
    pianificata: bool = False
    anno: int | None = None


@dataclass(frozen=True, slots=True)
class RigaLetta:
    """``voce`` is whole only without ``errori`` (key of the column → message; "" = of the whole row)."""

    voce: dict[str, Any]
    errori: Mapping[str, str] = field(default_factory=dict)


def leggi_riga(celle: Celle, scelte: Scelte, nomi: Nomi) -> RigaLetta:
    """The evidence of a row, without its code."""
    errori = {
        chiave: f"È troppo lungo: al massimo {massimo} caratteri."
        for chiave, testo in celle.items()
        if len(testo) > (massimo := MASSIMI.get(chiave, MASSIMO_CELLA))
    }
    campi = campi_di(scelte.tipo, [r.regola for r in scelte.righe if r.regola is not None])
    giorno = leggi_giorno(celle.get("data", ""), scelte.anno)
    if giorno is None:
        errori["data"] = _data_illeggibile(celle.get("data", ""), scelte.anno)
    voce: dict[str, Any] = {"tipo": scelte.tipo.value, "data": giorno.isoformat() if giorno else ""}
    for chiave in ("argomento", "descrizione", "url"):
        if celle.get(chiave) and chiave in campi:
            voce[chiave] = celle[chiave]
    voce |= _titolo(celle, scelte.tipo, giorno, errori, con_argomento="argomento" in campi)
    if "luogo" in campi and (luogo := celle.get("luogo") or scelte.luogo):
        voce["luogo"] = luogo
    if "persone" in campi and celle.get("persone"):
        voce["persone"] = voci(celle["persone"])
    if "organizzazioni" in campi and celle.get("organizzazioni"):
        voce["organizzazioni"] = _codici(celle["organizzazioni"], nomi, errori)
    if "presenze" in campi and scelte.presenze:
        voce["presenze"] = list(scelte.presenze)
    if voce.get("url") and not _WEB.match(voce["url"]):
        errori["url"] = "Scrivi l'indirizzo per intero, per esempio https://www.esempio.it/pagina."
    if scelte.pianificata:
        voce["pianificata"] = True
    voce["imputazioni"] = [_imputazione(riga, celle, errori) for riga in scelte.righe]
    return RigaLetta(voce, errori)


def titolo_di(tipo: TipoEvidenza, giorno: date, argomento: str) -> str:
    """ "Incontro del 12 marzo 2025: avvio delle attività", cut where it would be too long."""
    titolo = f"{tipo.etichetta} {del_giorno(giorno)}: {argomento}"
    return titolo if len(titolo) <= LUNGHEZZA_TITOLO else f"{titolo[: LUNGHEZZA_TITOLO - 1].rstrip()}…"


def _data_illeggibile(testo: str, anno: int | None) -> str:
    if not testo:
        return "Scrivi la data."
    senza_anno = " Scrivi anche l'anno." if anno is None else ""
    return f"«{testo[:40]}» non è una data che esiste: scrivila come 12/3/2025.{senza_anno}"


def _titolo(
    celle: Celle, tipo: TipoEvidenza, giorno: date | None, errori: dict[str, str], *, con_argomento: bool
) -> dict[str, str]:
    """What is written, else one made of the day and the argomento."""
    argomento = celle.get("argomento") or celle.get("descrizione") or ""
    if celle.get("titolo"):
        return {"titolo": celle["titolo"]}
    if not argomento:
        manca, quale = ("argomento", "l'argomento") if con_argomento else ("titolo", "il titolo")
        errori.setdefault(manca, f"Scrivi {quale}.")
        return {"titolo": ""}
    return {"titolo": titolo_di(tipo, giorno, argomento) if giorno else argomento[:LUNGHEZZA_TITOLO]}


def _codici(testo: str, nomi: Nomi, errori: dict[str, str]) -> list[str]:
    scritti = voci(testo)
    sconosciuti = nomi.sconosciuti(scritti)
    if sconosciuti:
        quali = elenco([f"«{nome[:80]}»" for nome in sconosciuti])
        errori["organizzazioni"] = (
            f"{quali} non è nel registro" if len(sconosciuti) == 1 else f"{quali} non sono nel registro"
        ) + ": scrivi il nome del registro, oppure tra le persone."
    return list(dict.fromkeys(codice for nome in scritti if (codice := nomi.codice(nome)) is not None))


def _imputazione(riga: modello.Riga, celle: Celle, errori: dict[str, str]) -> dict[str, Any]:
    imputazione: dict[str, Any] = {"indicatore": riga.codice, "stato": "in_attesa"}
    chiave = nome_misura(riga)
    testo = celle.get(chiave, "")
    if not testo or chiave in errori:
        return imputazione
    try:
        misura = misura_json(riga.regola, _valore(riga, testo))
    except ValueError as errore:
        errori[chiave] = str(errore)
        return imputazione
    return imputazione | ({"misura": misura} if misura else {})


def _valore(riga: modello.Riga, testo: str) -> Any:
    """What a cell of a measure says, as the field of the form would. Raises ValueError with the reason."""
    match riga.regola:
        case RegolaPerUnita() | RegolaFasce():
            if not (testo.isascii() and testo.isdecimal() and len(testo) < 10 and 1 <= int(testo) <= 9999):
                raise ValueError("Scrivi un numero intero, da 1 a 9999.")
            return int(testo)
        case RegolaQuotaOre():
            if not _ORE.fullmatch(testo):
                raise ValueError("Scrivi un numero di ore, per esempio 3 oppure 2,5.")
            return testo
        case RegolaComposta(parti=parti):
            noti = {piega(parte.nome): parte.nome for parte in parti}
            scritte = voci(testo)
            if not all(piega(nome) in noti for nome in scritte):
                raise ValueError(f"Le parti sono: {'; '.join(noti.values())}.")
            return [noti[piega(nome)] for nome in scritte]
    return None
