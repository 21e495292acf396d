"""Reading the evidence."""

from datetime import date

from distretti.basi.lettore import Lettore, citazione, natura
from programmi.regola import TipoEvidenza, Ufficio
from valutazione.scheda.lettura_imputazioni import EvidenzaLetta, leggi_imputazioni
from valutazione.scheda.lettura_righe import RigheNote, leggi_progetto
from valutazione.scheda.modello import Allegato, Evidenza, ProgettoFuoriProgramma, Testo

_CHIAVI = frozenset({"codice", "tipo", "data", "titolo", "imputazioni"})
_FACOLTATIVE = frozenset(
    [
        "data_fine",
        "argomento",
        "descrizione",
        "luogo",
        "persone",
        "organizzazioni",
        "presenze",
        "url",
        "allegati",
        "titolo_pubblico",
        "pianificata",
    ]
)
_CIFRE_SHA256 = frozenset("0123456789abcdef")
_DIMENSIONE_MASSIMA = 2**53 - 1


def leggi_evidenze(radice: Lettore, righe: RigheNote, codici: frozenset[str] | None) -> tuple[Evidenza, ...]:
    """Every evidence of the scheda; ``codici``: the organisations that may be referred to, when known."""
    visti: set[str] = set()
    lette = []
    for voce in radice.oggetti("evidenze"):
        evidenza = _leggi_evidenza(voce, righe, codici)
        if evidenza.codice and evidenza.codice in visti:
            voce.errore("codice", f"{citazione(evidenza.codice)} è ripetuto")
        visti.add(evidenza.codice)
        lette.append(evidenza)
    return tuple(lette)


def _leggi_evidenza(voce: Lettore, righe: RigheNote, codici: frozenset[str] | None) -> Evidenza:
    pubblica = righe.pubblica
    voce.chiavi(_CHIAVI, _FACOLTATIVE if pubblica else _FACOLTATIVE | {"progetto"})
    tipo = voce.scelta("tipo", TipoEvidenza, TipoEvidenza.ALTRO)
    giorno, fine = voce.data("data"), voce.data("data_fine")
    if giorno is not None and fine is not None and fine < giorno:
        voce.errore("data_fine", "viene prima della data dell'evidenza")
    organizzazioni = _leggi_organizzazioni(voce, codici)
    letta = EvidenzaLetta(tipo, organizzazioni, voce.booleano("pianificata"))
    return Evidenza(
        codice=voce.testo("codice", pieno=True),
        tipo=tipo,
        data=giorno or date.min,
        titolo=_leggi_testo(voce, "titolo", pubblica),
        imputazioni=leggi_imputazioni(voce, letta, righe),
        data_fine=fine,
        argomento=_leggi_testo(voce, "argomento", pubblica),
        descrizione=_leggi_testo(voce, "descrizione", pubblica),
        luogo=_leggi_testo(voce, "luogo", pubblica),
        persone=_numero(voce, "persone") if pubblica else voce.testi("persone", pieni=True),
        organizzazioni=organizzazioni,
        presenze=voce.scelte("presenze", Ufficio),
        url=_leggi_testo(voce, "url", pubblica),
        allegati=_numero(voce, "allegati") if pubblica else _leggi_allegati(voce),
        titolo_pubblico=voce.testo("titolo_pubblico"),
        pianificata=letta.pianificata,
        progetto=None if pubblica else _leggi_progetto(voce, tipo, righe, codici),
    )


def _leggi_testo(voce: Lettore, chiave: str, pubblica: bool) -> Testo:
    """In the public form a text is only said to be there: ``true``, or a blank text."""
    if not pubblica:
        return voce.testo(chiave)
    dato = voce.dato(chiave)
    if dato is True:
        return True
    if voce.ha(chiave) and not (isinstance(dato, str) and not dato.strip()):
        voce.errore(chiave, f"nella forma pubblica può essere solo true, non {natura(dato)}")
    return ""


def _numero(voce: Lettore, chiave: str) -> int:
    return voce.intero(chiave, minimo=0) or 0


def _leggi_organizzazioni(voce: Lettore, codici: frozenset[str] | None) -> tuple[str, ...]:
    lette = voce.testi("organizzazioni", pieni=True, diversi=True)
    if codici is None:
        return lette
    for percorso, dato in voce.elementi("organizzazioni") if not codici.issuperset(lette) else ():
        if isinstance(dato, str) and dato in lette and dato not in codici:
            voce.errore_in(percorso, f"{citazione(dato)} non è tra le organizzazioni")
    return lette


def _leggi_allegati(voce: Lettore) -> tuple[Allegato, ...]:
    lette = []
    for allegato in voce.oggetti("allegati"):
        allegato.chiavi(frozenset({"nome", "tipo", "dimensione", "sha256"}))
        sha256 = allegato.testo("sha256")
        if isinstance(allegato.dato("sha256"), str) and (
            len(sha256) != 64 or not _CIFRE_SHA256.issuperset(sha256)
        ):
            allegato.errore("sha256", "deve essere uno SHA-256: 64 cifre esadecimali minuscole")
        lette.append(
            Allegato(
                nome=allegato.testo("nome", pieno=True),
                tipo=allegato.testo("tipo", pieno=True),
                dimensione=allegato.intero("dimensione", minimo=0, massimo=_DIMENSIONE_MASSIMA) or 0,
                sha256=sha256,
            )
        )
    return tuple(lette)


def _leggi_progetto(
    voce: Lettore, tipo: TipoEvidenza, righe: RigheNote, codici: frozenset[str] | None
) -> ProgettoFuoriProgramma | None:
    if not voce.ha("progetto"):
        return None
    if tipo is not TipoEvidenza.PROGETTO_FUORI_PROGRAMMA:
        voce.errore("progetto", "è ammesso solo per un'evidenza di tipo progetto_fuori_programma")
    return leggi_progetto(voce.oggetto("progetto"), righe.dal, righe.al, codici)
