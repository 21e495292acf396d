"""The compulsory lines and the progettualità: which is which, and what changed of each."""

import json
from collections.abc import Sequence
from typing import Any

from programmi.oggetti import CAMPI_PROGETTUALITA, CAMPI_RIGA
from valutazione.confronto.abbina import Abbinati, abbina
from valutazione.confronto.modello import Genere, Parte
from valutazione.confronto.parole import Json, in_riga, regola_in_parole
from valutazione.confronto.raccolta import ORDINE, Raccolta

OBBLIGATORIE = Parte((5, 0), "Azioni obbligatorie")
PROGETTUALITA = Parte((6, 0), "Progettualità")

_ELENCHI = ("referenti", "indicatori_testo", "classificazioni", "indicatori", "numero")


def abbina_progettualita(prima: Sequence[Json], dopo: Sequence[Json]) -> Abbinati[Json]:
    """By number where the title is the same, by title where the number moved, then by likeness, then by
    number alone: so one that is put in or taken out does not make all the others look changed."""
    return abbina(
        prima,
        dopo,
        lambda p: (p["numero"], p["titolo"]),
        lambda p: p["titolo"].casefold().strip() or None,
        parole=_parole_di,
        posto=lambda p: p["numero"],
    )


def _parole_di(voce: Json) -> str:
    testi = [voce["titolo"], voce["obiettivo_specifico"], voce["azioni"], voce["obiettivo_generale"]]
    return " ".join([*testi, *(riga["testo"] for riga in voce["indicatori"])])


def abbina_righe(prima: Sequence[Json], dopo: Sequence[Json]) -> Abbinati[Json]:
    """Lines that say the same, then the same indicator, then the likeliest, then the same place."""
    return abbina(
        prima,
        dopo,
        lambda r: json.dumps({**r, "codice": ""}, sort_keys=True),
        lambda r: (r["testo"], r["testo_regola"]),
        lambda r: (_posto(r), r["testo"]) if r["testo"].strip() else None,
        lambda r: r["testo"].strip() or None,
        parole=lambda r: f"{r['testo']} {r['testo_regola']}",
        posto=_posto,
    )


def _posto(riga: Json) -> str:
    """The place of a line in its list: the same in "4.2" and in "5.2"."""
    return str(riga["codice"]).rsplit(".", 1)[-1]


def righe_abbinate(prima: Json, dopo: Json) -> dict[str, str]:
    """The code that each line of ``prima`` has in ``dopo``, where it is there."""
    codici = _codici(prima["obbligatorie"], dopo["obbligatorie"])
    for i, j in abbina_progettualita(prima["progettualita"], dopo["progettualita"]).coppie:
        codici |= _codici(prima["progettualita"][i]["indicatori"], dopo["progettualita"][j]["indicatori"])
    return codici


def azioni_abbinate(prima: Json, dopo: Json) -> dict[str, str]:
    """The code that each action of ``prima`` has in ``dopo``, where it is there; a compulsory line is one."""
    qui, la = prima["progettualita"], dopo["progettualita"]
    coppie = abbina_progettualita(qui, la).coppie
    codici = {f"P{qui[i]['numero']}": f"P{la[j]['numero']}" for i, j in coppie}
    return _codici(prima["obbligatorie"], dopo["obbligatorie"]) | codici


def _codici(prima: Sequence[Json], dopo: Sequence[Json]) -> dict[str, str]:
    return {prima[i]["codice"]: dopo[j]["codice"] for i, j in abbina_righe(prima, dopo).coppie}


def confronta_azioni(raccolta: Raccolta, prima: Json, dopo: Json) -> None:
    """Compulsory lines first, as in the programme."""
    raccolta.chiavi(
        OBBLIGATORIE,
        {"testo": prima.get("testo_obbligatorie")},
        {"testo": dopo.get("testo_obbligatorie")},
        nomi={"testo": "testo che le precede"},
    )
    _righe(raccolta, OBBLIGATORIE, prima["obbligatorie"], dopo["obbligatorie"])
    qui, la = prima["progettualita"], dopo["progettualita"]
    abbinati = abbina_progettualita(qui, la)
    _numeri(raccolta, qui, la, abbinati)
    for i in abbinati.tolti:
        raccolta.nota(_parte(qui[i]), "tolta", raccolta.parole.progettualita(qui[i]), None)
    for j in abbinati.aggiunti:
        raccolta.nota(_parte(la[j]), "aggiunta", None, raccolta.parole.progettualita(la[j]))
    for i, j in abbinati.coppie:
        _una_progettualita(raccolta, _parte(la[j], azione=True), qui[i], la[j])


def _parte(voce: Json, *, azione: bool = False) -> Parte:
    numero = voce["numero"]
    return Parte((6, numero), f"Progettualità {numero}", voce["titolo"], f"P{numero}" if azione else "")


def _numeri(
    raccolta: Raccolta, prima: Sequence[Json], dopo: Sequence[Json], abbinati: Abbinati[Json]
) -> None:
    """One sentence for all the numbers that moved."""
    cambiati = [(prima[i]["numero"], dopo[j]["numero"]) for i, j in abbinati.coppie]
    frasi = [f"la {numero} è ora la {nuovo}" for numero, nuovo in cambiati if numero != nuovo]
    if frasi:
        raccolta.nota(PROGETTUALITA, "numerazione", None, None, genere=Genere.SPOSTATA, nota="; ".join(frasi))
    elif [p["numero"] for p in prima] != sorted(p["numero"] for p in prima) or abbinati.spostati:
        raccolta.nota(PROGETTUALITA, "", None, None, genere=Genere.SPOSTATA, nota=ORDINE)


def _una_progettualita(raccolta: Raccolta, parte: Parte, prima: Json, dopo: Json) -> None:
    raccolta.chiavi(parte, prima, dopo, tranne=_ELENCHI, nomi=CAMPI_PROGETTUALITA)
    for chiave in ("referenti", "indicatori_testo", "classificazioni"):
        _elenco(raccolta, parte, chiave, prima[chiave], dopo[chiave])
    _righe(raccolta, parte, prima["indicatori"], dopo["indicatori"])


def _elenco(raccolta: Raccolta, parte: Parte, chiave: str, prima: Sequence[Any], dopo: Sequence[Any]) -> None:
    nome = CAMPI_PROGETTUALITA[chiave]
    if chiave == "referenti":
        abbinati = abbina(
            prima,
            dopo,
            _intero,
            lambda r: r["testo"],
            lambda r: r.get("organizzazione") or r.get("distretto"),
        )
        descrivi: Any = raccolta.parole.referente
    elif chiave == "classificazioni":
        abbinati, descrivi = abbina(prima, dopo, _intero), raccolta.parole.classificazione
    else:
        abbinati, descrivi = abbina(prima, dopo, _intero, parole=str), str
    raccolta.elenco(parte, prima, dopo, abbinati, voce=nome, descrivi=descrivi)


def _intero(voce: Any) -> str:
    return json.dumps(voce, sort_keys=True)


def _righe(raccolta: Raccolta, parte: Parte, prima: Sequence[Json], dopo: Sequence[Json]) -> None:
    abbinati = abbina_righe(prima, dopo)
    for i in abbinati.tolti:
        raccolta.nota(parte, f"riga {prima[i]['codice']}", in_riga(prima[i]), None)
    for j in abbinati.aggiunti:
        raccolta.nota(parte, f"riga {dopo[j]['codice']}", None, in_riga(dopo[j]))
    for i, j in abbinati.coppie:
        _una_riga(raccolta, parte, prima[i], dopo[j])
    cambiati = [(prima[i], dopo[j]) for i, j in abbinati.coppie if _posto(prima[i]) != _posto(dopo[j])]
    if cambiati:
        frasi = [f"la {qui['codice']} è ora la {la['codice']}" for qui, la in cambiati]
        raccolta.nota(
            parte, "numerazione delle righe", None, None, genere=Genere.SPOSTATA, nota="; ".join(frasi)
        )
    elif abbinati.spostati:
        raccolta.nota(parte, "righe", None, None, genere=Genere.SPOSTATA, nota=ORDINE)


def _una_riga(raccolta: Raccolta, parte: Parte, prima: Json, dopo: Json) -> None:
    codice = dopo["codice"]
    qui, la = prima["regola"], dopo["regola"]
    if qui != la:
        prima_frase, dopo_frase = regola_in_parole(qui), regola_in_parole(la)
        if prima_frase != dopo_frase:
            raccolta.nota(parte, f"riga {codice}: regola", prima_frase, dopo_frase, riga=codice, prosa=True)
        tranne = () if prima_frase == dopo_frase else ("motivazione",)
        _altro_della_regola(raccolta, parte, codice, qui or {}, la or {}, soltanto=tranne)
    raccolta.chiavi(
        parte,
        prima,
        dopo,
        tranne=("codice", "regola"),
        nomi=CAMPI_RIGA,
        davanti=f"riga {codice}: ",
        riga=codice,
    )


def _altro_della_regola(
    raccolta: Raccolta, parte: Parte, codice: str, prima: Json, dopo: Json, *, soltanto: Sequence[str]
) -> None:
    """What the sentence does not say: all that changed when it stays the same, else ``soltanto``."""
    if soltanto:
        prima, dopo = ({k: r[k] for k in soltanto if k in r} for r in (prima, dopo))
    raccolta.chiavi(parte, prima, dopo, davanti=f"riga {codice}: regola, ", riga=codice)
