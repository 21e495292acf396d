"""What stands around the actions: data, premessa, actors, channels, members, acts, steps."""

from collections.abc import Sequence
from typing import Any

from distretti.parole import TipoDistretto
from programmi.parole import RuoloAttore
from valutazione.confronto.abbina import abbina
from valutazione.confronto.modello import Genere, Parte
from valutazione.confronto.parole import (
    Json,
    atto_in_parole,
    canale_in_parole,
    etichetta,
    giorno,
    nome_chiave,
    valore,
)
from valutazione.confronto.raccolta import ORDINE, SOLO_SPAZI, Raccolta
from valutazione.confronto.tratti import paragrafi

PROGRAMMA = Parte((0, 0), "Programma")
PREMESSA = Parte((1, 0), "Premessa")
DATI = Parte((2, 0), "Dati del distretto")
ATTORI = Parte((3, 0), "Attori del distretto")
CANALI = Parte((4, 0), "Canali")
ADERENTI = Parte((7, 0), "Organizzazioni aderenti")
ATTI = Parte((8, 0), "Atti")
PASSAGGI = Parte((9, 0), "Procedura")

_ALTROVE = frozenset(
    {
        "premessa",
        "distretto",
        "dati",
        "attori",
        "canali",
        "organizzazioni",
        "aderenti",
        "aderenti_al",
        "testo_obbligatorie",
        "obbligatorie",
        "progettualita",
        "atti",
        "passaggi",
        "evidenze",
        "dimostrazione",
    }
)
"""Keys with words of their own here or in ``azioni``; evidence is not part of the promise."""

_NOMI = {
    "dal": "primo giorno",
    "al": "ultimo giorno",
    "fonte": "fonte della trascrizione",
    "riuso": "riuso delle evidenze",
}


def confronta_testata(raccolta: Raccolta, prima: Json, dopo: Json) -> None:
    """Everything but the lines and the progettualità; a key nobody foresaw is under "Programma"."""
    raccolta.chiavi(PROGRAMMA, prima, dopo, tranne=_ALTROVE, nomi=_NOMI)
    _distretto(raccolta, prima["distretto"], dopo["distretto"])
    _premessa(raccolta, prima.get("premessa") or "", dopo.get("premessa") or "")
    raccolta.chiavi(DATI, prima.get("dati") or {}, dopo.get("dati") or {})
    _attori(raccolta, prima.get("attori") or [], dopo.get("attori") or [])
    _canali(raccolta, prima.get("canali") or [], dopo.get("canali") or [])
    _aderenti(raccolta, prima, dopo)
    _atti(raccolta, prima.get("atti") or [], dopo.get("atti") or [])
    _passaggi(raccolta, prima.get("passaggi") or [], dopo.get("passaggi") or [])


def _distretto(raccolta: Raccolta, prima: Json, dopo: Json) -> None:
    qui, la = ({**voce, "tipo": etichetta(TipoDistretto, voce["tipo"])} for voce in (prima, dopo))
    raccolta.chiavi(DATI, qui, la, davanti="distretto: ")


def _premessa(raccolta: Raccolta, prima: str, dopo: str) -> None:
    """Paragraph by paragraph: one that changed is read beside what it was."""
    if prima == dopo:
        return
    qui, la = paragrafi(prima), paragrafi(dopo)
    abbinati = abbina(
        qui, la, lambda testo: testo, lambda testo: " ".join(testo.split()), parole=lambda testo: testo
    )
    for j in abbinati.aggiunti:
        raccolta.nota(PREMESSA, f"paragrafo {j + 1}", None, la[j])
    for i in abbinati.tolti:
        raccolta.nota(PREMESSA, f"paragrafo {i + 1} di prima", qui[i], None)
    for i, j in abbinati.coppie:
        raccolta.testo(PREMESSA, f"paragrafo {j + 1}", qui[i], la[j])
    if abbinati.spostati:
        raccolta.nota(PREMESSA, "paragrafi", None, None, genere=Genere.SPOSTATA, nota=ORDINE)
    if qui == la:
        raccolta.nota(PREMESSA, "", None, None, genere=Genere.MODIFICATA, nota=SOLO_SPAZI)


def _attori(raccolta: Raccolta, prima: Sequence[Json], dopo: Sequence[Json]) -> None:
    """Who enters and leaves an office, and what changed of who stays."""

    def descrivi(attore: Json) -> str:
        altro = [attore[chiave] for chiave in ("qualifica", "mail", "telefono") if attore.get(chiave)]
        nome = attore.get("nome") or "senza nome"
        return f"{nome} ({'; '.join(altro)})" if altro else nome

    abbinati = abbina(
        prima,
        dopo,
        lambda a: (a["ruolo"], a.get("nome")),
        lambda a: a["ruolo"],
    )
    for i in abbinati.tolti:
        raccolta.nota(ATTORI, _ufficio(prima[i]), descrivi(prima[i]), None)
    for j in abbinati.aggiunti:
        raccolta.nota(ATTORI, _ufficio(dopo[j]), None, descrivi(dopo[j]))
    for i, j in abbinati.coppie:
        raccolta.chiavi(ATTORI, prima[i], dopo[j], davanti=f"{_ufficio(dopo[j])}: ")
    if abbinati.spostati:
        raccolta.nota(ATTORI, "", None, None, genere=Genere.SPOSTATA, nota=ORDINE)


def _ufficio(attore: Json) -> str:
    return etichetta(RuoloAttore, attore["ruolo"])


def _canali(raccolta: Raccolta, prima: Sequence[Json], dopo: Sequence[Json]) -> None:
    abbinati = abbina(
        prima,
        dopo,
        lambda c: (c["tipo"], c.get("etichetta"), c.get("valore")),
        lambda c: (c["tipo"], c.get("etichetta")),
        lambda c: c["tipo"],
    )
    raccolta.elenco(CANALI, prima, dopo, abbinati, voce="", descrivi=canale_in_parole)


def _aderenti(raccolta: Raccolta, prima: Json, dopo: Json) -> None:
    """Members entered and left, marks granted and lost, then the names of the organisations."""
    raccolta.chiavi(
        ADERENTI,
        {"aderenti_al": prima.get("aderenti_al")},
        {"aderenti_al": dopo.get("aderenti_al")},
        nomi={"aderenti_al": "elenco aggiornato al"},
    )
    qui, la = prima["aderenti"], dopo["aderenti"]
    abbinati = abbina(qui, la, lambda a: (a["organizzazione"], a["dal"]), lambda a: a["organizzazione"])
    for j in abbinati.aggiunti:
        raccolta.nota(ADERENTI, "entra", None, raccolta.parole.aderente(la[j]))
    for i in abbinati.tolti:
        raccolta.nota(ADERENTI, "esce", raccolta.parole.aderente(qui[i]), None)
    for i, j in abbinati.coppie:
        _un_aderente(raccolta, qui[i], la[j])
    if abbinati.spostati:
        raccolta.nota(ADERENTI, "", None, None, genere=Genere.SPOSTATA, nota=ORDINE)
    _organizzazioni(raccolta, prima["organizzazioni"], dopo["organizzazioni"])


def _un_aderente(raccolta: Raccolta, prima: Json, dopo: Json) -> None:
    nome = raccolta.parole.organizzazione(dopo["organizzazione"])
    if prima["dal"] != dopo["dal"]:
        raccolta.nota(ADERENTI, f"{nome}: aderisce dal", giorno(prima["dal"]), giorno(dopo["dal"]))
    if prima["al"] != dopo["al"]:
        raccolta.nota(
            ADERENTI, f"{nome}: aderisce fino al", valore("al", prima["al"]), valore("al", dopo["al"])
        )
    for codice in sorted({*dopo["marchi"]} - {*prima["marchi"]}):
        raccolta.nota(ADERENTI, f"{nome}: marchio ottenuto", None, raccolta.parole.marchio(codice))
    for codice in sorted({*prima["marchi"]} - {*dopo["marchi"]}):
        raccolta.nota(ADERENTI, f"{nome}: marchio che non ha più", raccolta.parole.marchio(codice), None)


def _organizzazioni(raccolta: Raccolta, prima: Sequence[Json], dopo: Sequence[Json]) -> None:
    """Names and other names of the organisations referred to: their order says nothing."""
    abbinati = abbina(prima, dopo, lambda o: o["codice"])
    for i in abbinati.tolti:
        raccolta.nota(ADERENTI, "organizzazione non più citata", _organizzazione(prima[i]), None)
    for j in abbinati.aggiunti:
        raccolta.nota(ADERENTI, "organizzazione citata", None, _organizzazione(dopo[j]))
    for i, j in abbinati.coppie:
        nome = raccolta.parole.organizzazione(dopo[j]["codice"])
        raccolta.chiavi(ADERENTI, prima[i], dopo[j], davanti=f"{nome}: ")


def _organizzazione(voce: Json) -> str:
    return f"{voce['denominazione']} ({voce['codice']})"


def _atti(raccolta: Raccolta, prima: Sequence[Json], dopo: Sequence[Json]) -> None:
    abbinati = abbina(
        prima, dopo, lambda a: a["codice"], lambda a: (a["tipo"], a.get("numero"), a.get("data"))
    )
    raccolta.elenco(ATTI, prima, dopo, abbinati, voce="", descrivi=atto_in_parole)


def _passaggi(raccolta: Raccolta, prima: Sequence[Json], dopo: Sequence[Json]) -> None:
    abbinati = abbina(prima, dopo, lambda p: (p["azione"], p["il"]))
    raccolta.elenco(PASSAGGI, prima, dopo, abbinati, voce="", descrivi=_passaggio)


def _passaggio(passaggio: Json) -> str:
    """ "trasmissione all'Agenzia del 23 aprile 2025 (protocollo dell'Agenzia 324973)" """
    altro: list[Any] = [
        f"{nome_chiave(chiave)} {passaggio[chiave]}"
        for chiave in ("protocollo_mittente", "protocollo_ricevente", "nota")
        if passaggio.get(chiave)
    ]
    return f"{valore('azione', passaggio['azione'])}, {giorno(passaggio['il'])}" + (
        f" ({'; '.join(altro)})" if altro else ""
    )
