"""From a JSON document to a :class:`Scheda`: every rule of the contract is checked, every error is told."""

from datetime import date

from distretti.basi.lettore import Errore, Lettore, citazione
from distretti.parole import Natura, TipoDistretto
from programmi.parole import Riuso
from valutazione.scheda.errori import SchedaNonValida
from valutazione.scheda.lettura_atto import (
    leggi_atti,
    leggi_attori,
    leggi_canali,
    leggi_dati,
    leggi_fonte,
    leggi_passaggi,
)
from valutazione.scheda.lettura_evidenze import leggi_evidenze
from valutazione.scheda.lettura_righe import RigheNote, leggi_obbligatorie, leggi_progettualita
from valutazione.scheda.modello import FORMATO, Aderente, Distretto, Organizzazione, Scheda
from valutazione.scheda.testo import Documento, analizza, leggi_json

__all__ = ["Documento", "Errore", "SchedaNonValida", "leggi", "leggi_json", "leggi_scheda"]

_OBBLIGATORIE = frozenset(
    [
        "formato",
        "autorita",
        "distretto",
        "dal",
        "al",
        "richiede_contributo",
        "organizzazioni",
        "aderenti",
        "obbligatorie",
        "progettualita",
        "evidenze",
    ]
)
_FACOLTATIVE = frozenset(
    [
        "riuso",
        "forma",
        "dimostrazione",
        "fonte",
        "titolo",
        "premessa",
        "dati",
        "attori",
        "canali",
        "testo_obbligatorie",
        "aderenti_al",
        "atti",
        "passaggi",
    ]
)


def leggi_scheda(documento: object) -> Scheda:
    """Read a document already parsed. Raises :class:`SchedaNonValida` with every error found."""
    errori: list[Errore] = []
    scheda = _leggi(Lettore(documento, "$", errori))
    if errori:
        raise SchedaNonValida(errori)
    return scheda


def leggi(testo: str | bytes) -> tuple[Documento, Scheda]:
    """Parse and read in one go, so that repeated keys and errors of content are told together."""
    documento, difetti = analizza(testo)
    if difetti and not documento:
        raise SchedaNonValida(difetti)
    gia_detti = {errore.percorso for errore in difetti}
    errori: list[Errore] = []
    scheda = _leggi(Lettore(documento, "$", errori))
    tutti = [*difetti, *(errore for errore in errori if errore.percorso not in gia_detti)]
    if tutti:
        raise SchedaNonValida(tutti)
    return documento, scheda


def _leggi(radice: Lettore) -> Scheda:
    radice.chiavi(_OBBLIGATORIE, _FACOLTATIVE)
    _controlla_formato(radice)
    pubblica = _leggi_forma(radice)
    dal, al = _leggi_esercizio(radice)
    organizzazioni = _leggi_organizzazioni(radice)
    codici = _codici(radice, organizzazioni)
    righe = RigheNote(dal, al, pubblica)
    obbligatorie = leggi_obbligatorie(radice, righe)
    progettualita = leggi_progettualita(radice, righe, codici)
    atti = leggi_atti(radice)
    return Scheda(
        autorita=radice.testo("autorita", pieno=True),
        distretto=_leggi_distretto(radice),
        dal=dal or date.min,
        al=al or date.max,
        richiede_contributo=radice.booleano("richiede_contributo"),
        organizzazioni=organizzazioni,
        aderenti=_leggi_aderenti(radice, codici),
        obbligatorie=obbligatorie,
        progettualita=progettualita,
        evidenze=leggi_evidenze(radice, righe, codici),
        riuso=radice.scelta("riuso", Riuso, Riuso.AMMESSO),
        pubblica=pubblica,
        dimostrazione=radice.booleano("dimostrazione"),
        fonte=leggi_fonte(radice),
        titolo=radice.testo("titolo"),
        premessa=radice.testo("premessa"),
        dati=leggi_dati(radice),
        attori=leggi_attori(radice, pubblica),
        canali=leggi_canali(radice),
        testo_obbligatorie=radice.testo("testo_obbligatorie"),
        aderenti_al=radice.data("aderenti_al"),
        atti=atti,
        passaggi=leggi_passaggi(radice, atti, pubblica),
    )


def _controlla_formato(radice: Lettore) -> None:
    formato = radice.testo("formato")
    if isinstance(radice.dato("formato"), str) and formato != FORMATO:
        radice.errore("formato", f"deve essere {citazione(FORMATO)}, non {citazione(formato)}")


def _leggi_forma(radice: Lettore) -> bool:
    if not radice.ha("forma"):
        return False
    if radice.dato("forma") == "pubblica":
        return True
    radice.errore("forma", "l'unico valore ammesso è «pubblica»: la forma completa non ha questa chiave")
    return False


def _leggi_esercizio(radice: Lettore) -> tuple[date | None, date | None]:
    dal, al = radice.data("dal"), radice.data("al")
    if dal is not None and al is not None and al < dal:
        radice.errore("al", "l'ultimo giorno dell'esercizio viene prima del primo")
        return None, None
    return dal, al


def _leggi_distretto(radice: Lettore) -> Distretto:
    if not radice.ha("distretto"):
        return Distretto("", "", TipoDistretto.TERRITORIALE)
    voce = radice.oggetto("distretto")
    voce.chiavi(frozenset({"codice", "denominazione", "tipo"}))
    return Distretto(
        voce.testo("codice", pieno=True),
        voce.testo("denominazione", pieno=True),
        voce.scelta("tipo", TipoDistretto, TipoDistretto.TERRITORIALE),
    )


def _leggi_organizzazioni(radice: Lettore) -> tuple[Organizzazione, ...]:
    lette: dict[str, Organizzazione] = {}
    for voce in radice.oggetti("organizzazioni"):
        voce.chiavi(frozenset({"codice", "denominazione", "alias"}), frozenset({"natura"}))
        natura = voce.scelta("natura", Natura, Natura.PUBBLICA) if voce.ha("natura") else None
        organizzazione = Organizzazione(
            codice=voce.testo("codice", pieno=True),
            denominazione=voce.testo("denominazione", pieno=True),
            alias=voce.testi("alias", pieni=True, diversi=True),
            natura=natura,
        )
        if organizzazione.codice in lette and organizzazione.codice:
            voce.errore("codice", f"{citazione(organizzazione.codice)} è ripetuto")
        lette[organizzazione.codice] = organizzazione
    return tuple(lette.values())


def _codici(radice: Lettore, organizzazioni: tuple[Organizzazione, ...]) -> frozenset[str] | None:
    """The codes that may be referred to; ``None`` when some cannot be read (already said)."""
    if not isinstance(radice.dato("organizzazioni"), list) or any(not o.codice for o in organizzazioni):
        return None
    return frozenset(organizzazione.codice for organizzazione in organizzazioni)


def _leggi_aderenti(radice: Lettore, codici: frozenset[str] | None) -> tuple[Aderente, ...]:
    lette: list[Aderente] = []
    periodi: dict[str, list[tuple[date, date, Lettore]]] = {}
    for voce in radice.oggetti("aderenti"):
        voce.chiavi(frozenset({"organizzazione", "dal", "al", "marchi"}))
        organizzazione = voce.testo("organizzazione", pieno=True)
        dal, al = voce.data("dal"), voce.data("al", nulla=True)
        if organizzazione and codici is not None and organizzazione not in codici:
            voce.errore("organizzazione", f"{citazione(organizzazione)} non è tra le organizzazioni")
        if dal is not None and al is not None and al < dal:
            voce.errore("al", "l'ultimo giorno viene prima del primo")
        elif dal is not None and (al is not None or voce.dato("al") is None):
            periodi.setdefault(organizzazione, []).append((dal, al or date.max, voce))
        marchi = voce.testi("marchi", pieni=True, diversi=True)
        lette.append(Aderente(organizzazione, dal or date.min, al, marchi))
    _controlla_sovrapposizioni(periodi)
    return tuple(lette)


def _controlla_sovrapposizioni(periodi: dict[str, list[tuple[date, date, Lettore]]]) -> None:
    for adesioni in periodi.values():
        adesioni.sort(key=lambda adesione: adesione[0])
        finora: date | None = None
        for dal, al, voce in adesioni:
            if finora is not None and dal <= finora:
                voce.errore("dal", "l'organizzazione risulta già aderente in questo giorno")
            finora = al if finora is None else max(finora, al)
