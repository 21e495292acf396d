"""Reading the lines: compulsory ones and those of the progettualità."""

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import TypedDict

from distretti.basi.lettore import Lettore, citazione, sotto
from programmi.regola import Regola, leggi_numero, leggi_regola
from valutazione.scheda.modello import (
    UNO,
    Classificazione,
    ProgettoFuoriProgramma,
    Progettualita,
    Referente,
    Riga,
)

_CHIAVI_RIGA = frozenset({"codice", "testo", "testo_regola", "regola"})
_FACOLTATIVE_RIGA = frozenset({"testo_evidenze", "peso", "dal", "al"})
_CHIAVI_PROGETTUALITA = frozenset(
    [
        "numero",
        "tipo_azione",
        "ambito",
        "obiettivo_generale",
        "obiettivo_specifico",
        "titolo",
        "azioni",
        "referenti",
        "altre_organizzazioni",
        "tempi",
        "indicatori_testo",
        "classificazioni",
        "indicatori",
    ]
)


class _Campi(TypedDict):
    """What a progettualità and a project outside the programme have in common."""

    tipo_azione: str
    ambito: str
    obiettivo_generale: str
    obiettivo_specifico: str
    titolo: str
    azioni: str
    referenti: tuple[Referente, ...]
    altre_organizzazioni: str
    tempi: str
    indicatori_testo: tuple[str, ...]
    classificazioni: tuple[Classificazione, ...]


@dataclass(slots=True)
class RigheNote:
    """What the reading of evidence needs to know of the lines, and that of lines of the esercizio."""

    dal: date | None
    al: date | None
    pubblica: bool
    regole: dict[str, Regola | None] = field(default_factory=dict)
    """The rule of each line that could be read; ``None`` when the line has none."""
    guaste: set[str] = field(default_factory=set)
    """Lines whose rule has errors, or whose code is of two: nothing can be said of their measures."""
    incerte: bool = False
    """Some lines cannot be read at all: nothing can be said of an unknown code."""


def leggi_obbligatorie(radice: Lettore, righe: RigheNote) -> tuple[Riga, ...]:
    righe.incerte |= not isinstance(radice.dato("obbligatorie"), list)
    return tuple(
        _leggi_riga(voce, f"obb.{n}", righe, obbligatoria=True)
        for n, voce in enumerate(radice.oggetti("obbligatorie"), start=1)
    )


def leggi_progettualita(
    radice: Lettore, righe: RigheNote, codici: frozenset[str] | None
) -> tuple[Progettualita, ...]:
    righe.incerte |= not isinstance(radice.dato("progettualita"), list)
    return tuple(
        _leggi_una_progettualita(voce, k, righe, codici)
        for k, voce in enumerate(radice.oggetti("progettualita"), start=1)
    )


def leggi_peso(voce: Lettore) -> Fraction:
    if not voce.ha("peso"):
        return UNO
    return leggi_numero(voce.dato("peso"), sotto(voce.percorso, "peso"), voce.errori) or UNO


def _leggi_riga(voce: Lettore, atteso: str, righe: RigheNote, *, obbligatoria: bool) -> Riga:
    """A line of the programme, whose code follows from its place (``atteso``)."""
    voce.chiavi(_CHIAVI_RIGA | {"sezione"} if obbligatoria else _CHIAVI_RIGA, _FACOLTATIVE_RIGA)
    codice = voce.testo("codice", pieno=True)
    righe.incerte |= not voce.leggibile
    if codice and codice != atteso:
        voce.errore("codice", f"deve essere {citazione(atteso)}, non {citazione(codice)}")
    return _leggi_corpo(voce, atteso, codice, righe, obbligatoria=obbligatoria)


def _leggi_corpo(voce: Lettore, atteso: str, codice: str, righe: RigheNote, *, obbligatoria: bool) -> Riga:
    regola = _leggi_regola_di(voce, atteso, codice, righe)
    dal, al = _leggi_vigore(voce, righe)
    return Riga(
        codice=codice,
        testo=voce.testo("testo"),
        testo_regola=voce.testo("testo_regola"),
        regola=regola,
        sezione=voce.testo("sezione") if obbligatoria else "",
        testo_evidenze=voce.testo("testo_evidenze"),
        peso=leggi_peso(voce),
        dal=dal,
        al=al,
    )


def _leggi_regola_di(voce: Lettore, atteso: str, codice: str, righe: RigheNote) -> Regola | None:
    dato = voce.dato("regola")
    regola: Regola | None = None
    if dato is not None:
        percorso = sotto(voce.percorso, "regola")
        regola = leggi_regola(
            dato, percorso, voce.errori, dal=righe.dal, al=righe.al, pubblica=righe.pubblica
        )
    # A line with a wrong code is known by both, so that one fault is not told once for each imputazione.
    for nome in {atteso, codice}:
        if (dato is not None and regola is None) or not voce.ha("regola") or nome in righe.regole:
            righe.guaste.add(nome)
        righe.regole[nome] = regola
    return regola


def _leggi_vigore(voce: Lettore, righe: RigheNote) -> tuple[date | None, date | None]:
    giorni = {chiave: voce.data(chiave) for chiave in ("dal", "al")}
    for chiave, giorno in giorni.items():
        if giorno is None:
            continue
        if (righe.dal is not None and giorno < righe.dal) or (righe.al is not None and giorno > righe.al):
            voce.errore(chiave, "è fuori dall'esercizio")
    dal, al = giorni["dal"], giorni["al"]
    if dal is not None and al is not None and al < dal:
        voce.errore("al", "l'ultimo giorno viene prima del primo")
    return dal, al


def _leggi_una_progettualita(
    voce: Lettore, atteso: int, righe: RigheNote, codici: frozenset[str] | None
) -> Progettualita:
    voce.chiavi(_CHIAVI_PROGETTUALITA, frozenset({"peso"}))
    righe.incerte |= not isinstance(voce.dato("indicatori"), list)
    numero = voce.intero("numero")
    if numero is not None and numero != atteso:
        voce.errore(
            "numero", f"deve essere {atteso}, non {numero}: le progettualità si contano da 1 senza salti"
        )
    return Progettualita(
        numero=atteso,
        **_leggi_campi(voce, codici),
        indicatori=tuple(
            _leggi_riga(riga, f"{atteso}.{j}", righe, obbligatoria=False)
            for j, riga in enumerate(voce.oggetti("indicatori"), start=1)
        ),
        peso=leggi_peso(voce),
    )


def leggi_progetto(
    voce: Lettore, dal: date | None, al: date | None, codici: frozenset[str] | None
) -> ProgettoFuoriProgramma | None:
    """A project outside the programme: any of the fields of a progettualità, its lines freely coded."""
    voce.chiavi(frozenset(), _CHIAVI_PROGETTUALITA | {"peso", "percentuali"})
    righe = RigheNote(dal, al, pubblica=False)
    progetto = ProgettoFuoriProgramma(
        numero=voce.intero("numero"),
        **_leggi_campi(voce, codici),
        indicatori=_leggi_righe_del_progetto(voce, righe),
        peso=leggi_peso(voce),
        percentuali=voce.testo("percentuali"),
    )
    return None if progetto == ProgettoFuoriProgramma() else progetto


def _leggi_campi(voce: Lettore, codici: frozenset[str] | None) -> _Campi:
    return _Campi(
        tipo_azione=voce.testo("tipo_azione"),
        ambito=voce.testo("ambito"),
        obiettivo_generale=voce.testo("obiettivo_generale"),
        obiettivo_specifico=voce.testo("obiettivo_specifico"),
        titolo=voce.testo("titolo"),
        azioni=voce.testo("azioni"),
        referenti=tuple(_leggi_referente(r, codici) for r in voce.oggetti("referenti")),
        altre_organizzazioni=voce.testo("altre_organizzazioni"),
        tempi=voce.testo("tempi"),
        indicatori_testo=voce.testi("indicatori_testo"),
        classificazioni=_leggi_classificazioni(voce),
    )


def _leggi_righe_del_progetto(progetto: Lettore, righe: RigheNote) -> tuple[Riga, ...]:
    lette: list[Riga] = []
    codici: set[str] = set()
    for voce in progetto.oggetti("indicatori"):
        voce.chiavi(_CHIAVI_RIGA, _FACOLTATIVE_RIGA)
        codice = voce.testo("codice", pieno=True)
        if codice and codice in codici:
            voce.errore("codice", f"{citazione(codice)} è ripetuto")
        codici.add(codice)
        lette.append(_leggi_corpo(voce, codice, codice, righe, obbligatoria=False))
    return tuple(lette)


def _leggi_referente(voce: Lettore, codici: frozenset[str] | None) -> Referente:
    voce.chiavi(frozenset({"testo"}), frozenset({"organizzazione", "distretto"}))
    organizzazione = voce.testo("organizzazione", pieno=True) if voce.ha("organizzazione") else None
    distretto = voce.testo("distretto", pieno=True) if voce.ha("distretto") else None
    if organizzazione is not None and distretto is not None:
        voce.errore("distretto", "un referente è un'organizzazione o un distretto, non tutti e due")
    if organizzazione and codici is not None and organizzazione not in codici:
        voce.errore("organizzazione", f"{citazione(organizzazione)} non è tra le organizzazioni")
    return Referente(voce.testo("testo"), organizzazione, distretto)


def _leggi_classificazioni(voce: Lettore) -> tuple[Classificazione, ...]:
    lette: dict[Classificazione, None] = {}
    for classificazione in voce.oggetti("classificazioni"):
        prima = len(voce.errori)
        classificazione.chiavi(frozenset({"schema", "codice"}))
        schema, codice = (
            classificazione.testo("schema", pieno=True),
            classificazione.testo("codice", pieno=True),
        )
        letta = Classificazione(schema, codice)
        if letta in lette and len(voce.errori) == prima:
            classificazione.errore("codice", f"{citazione(codice)} è ripetuto")
        lette[letta] = None
    return tuple(lette)
