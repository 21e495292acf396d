"""The columns of a table of evidence: which a type and its lines ask for, and how people call them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from distretti.basi.ricerca import piega
from programmi.regola import (
    RegolaComposta,
    RegolaFasce,
    RegolaPerUnita,
    RegolaQuotaOre,
    TipoEvidenza,
)
from valutazione.forms.campi import nome_misura
from valutazione.forms.tipi import campi_di
from valutazione.scheda.modello import Riga
from valutazione.serie.celle import Celle


@dataclass(frozen=True, slots=True)
class Colonna:
    """A column of the table. ``misura``: what a column of measures counts ("unita", "ore", "parti")."""

    chiave: str
    titolo: str
    aiuto: str = ""
    misura: str = ""


_FISSE = (
    Colonna("data", "Data", "12/3/2025, oppure 12/3 se è dell'anno."),
    Colonna("argomento", "Argomento trattato"),
    Colonna("titolo", "Titolo", "Se manca si scrive da sé."),
    Colonna("persone", "Persone", "Separate da punto e virgola."),
    Colonna("organizzazioni", "Organizzazioni", "Nome o codice del registro, separate da punto e virgola."),
    Colonna("luogo", "Luogo"),
    Colonna("url", "Indirizzo web"),
    Colonna("descrizione", "Descrizione"),
)
_MISURE = tuple(Colonna(misura, misura, misura=misura) for misura in ("unita", "ore", "parti"))
_NASCOSTE = ("titolo", "descrizione")
"""Asked for only where there is no argomento to tell what it was, or where something is written there."""

_SINONIMI: dict[str, str] = {
    "data": "data, giorno, quando, date, il giorno",
    "argomento": "argomento, argomenti, tema, temi, oggetto, ordine del giorno, odg, contenuto, di che cosa",
    "titolo": "titolo, nome, denominazione, evento, incontro, attivita, iniziativa, progetto",
    "persone": "persone, persona, partecipanti, presenti, presenze, chi, nominativi, invitati, referenti",
    "organizzazioni": "organizzazioni, organizzazione, enti, ente, aderenti, associazioni, soggetti",
    "luogo": "luogo, sede, dove, presso, localita, posto, indirizzo",
    "url": "indirizzo web, url, link, collegamento, sito, pagina web",
    "descrizione": "descrizione, note, dettagli, annotazioni, osservazioni",
    "ore": "ore, durata, n ore, numero ore",
    "parti": "parti, parte, componenti",
}
_SOLO_UGUALI = {
    "unita": ("unita", "quanti", "quante", "quantita", "numero", "n", "nr"),
    "ore": ("h",),
}
"""Words that say too little to be looked for inside a longer heading ("numero di presenti")."""
_SEGNI = re.compile(r"[^a-z0-9]+")


def colonne_di(tipo: TipoEvidenza, righe: Sequence[Riga]) -> list[Colonna]:
    """All the columns that evidence of ``tipo`` credited to ``righe`` may fill in, in their order."""
    campi = campi_di(tipo, [riga.regola for riga in righe if riga.regola is not None])
    fisse = [colonna for colonna in _FISSE if colonna.chiave in campi | {"data", "titolo"}]
    misure = [colonna for riga in righe if (colonna := _colonna_misura(riga, tipo)) is not None]
    return [*fisse, *misure]


def mostrate(colonne: Iterable[Colonna], righe: Iterable[Celle]) -> list[Colonna]:
    """The columns worth their room on the page: what is empty and seldom asked for is left out."""
    colonne = list(colonne)
    scritte = {chiave for celle in righe for chiave, testo in celle.items() if testo}
    senza_argomento = all(colonna.chiave != "argomento" for colonna in colonne)
    return [c for c in colonne if c.chiave not in _NASCOSTE or senza_argomento or c.chiave in scritte]


def riconosci(intestazione: str, colonne: Iterable[Colonna]) -> str:
    """The key of the column that a heading of a pasted table names; "" when it names none."""
    scritta = _parole(intestazione)
    if not scritta:
        return ""
    colonne = list(colonne)
    for colonna in colonne:
        if scritta == _parole(colonna.titolo):
            return colonna.chiave
    trovate = [
        (posto, -len(sinonimo), _chiave(genere, colonne))
        for genere, sinonimo in _sinonimi()
        if (posto := _posto(sinonimo, scritta)) is not None
    ]
    trovate += [
        (0, 0, _chiave(genere, colonne)) for genere, uguali in _SOLO_UGUALI.items() if scritta in uguali
    ]
    return next((chiave for _, _, chiave in sorted(trovate) if chiave), "")


def e_nota(intestazione: str) -> bool:
    """Does a heading name a column of any type of evidence at all?"""
    return bool(riconosci(intestazione, [*_FISSE, *_MISURE]))


def _sinonimi() -> Iterable[tuple[str, str]]:
    for genere, sinonimi in _SINONIMI.items():
        for sinonimo in sinonimi.split(", "):
            yield genere, sinonimo


def _parole(testo: str) -> str:
    return _SEGNI.sub(" ", piega(testo)).strip()


def _posto(sinonimo: str, scritta: str) -> int | None:
    """Where ``sinonimo`` stands in a heading, as whole words."""
    posto = f" {scritta} ".find(f" {sinonimo} ")
    return None if posto < 0 else posto


def _chiave(genere: str, colonne: Iterable[Colonna]) -> str:
    return next((c.chiave for c in colonne if genere in (c.chiave, c.misura)), "")


def _colonna_misura(riga: Riga, tipo: TipoEvidenza) -> Colonna | None:
    """The column of the measure of a line, where its rule has one that can be typed."""
    match riga.regola:
        case RegolaPerUnita() | RegolaFasce() if tipo.a_unita:
            quanti = f"Quant{'e' if tipo.parola.femminile else 'i'} {tipo.plurale}"
            return Colonna(nome_misura(riga), f"{quanti} ({riga.codice})", "Vuoto: 1.", "unita")
        case RegolaQuotaOre():
            return Colonna(nome_misura(riga), f"Ore ({riga.codice})", "Per esempio 3 oppure 2,5.", "ore")
        case RegolaComposta(parti=parti):
            aiuto = f"Tra: {'; '.join(parte.nome for parte in parti)}."
            return Colonna(nome_misura(riga), f"Parti ({riga.codice})", aiuto, "parti")
    return None
