"""From the JSON of a rule to its dataclass, noting every error; and back, in normal form."""

from datetime import date
from fractions import Fraction
from typing import Any, NotRequired, TypedDict, assert_never

from distretti.basi.lettore import Errore, Lettore, citazione, leggi_scelta, sotto
from programmi.regola.forme import (
    CENTO,
    Fascia,
    Parte,
    Regola,
    RegolaComposta,
    RegolaComune,
    RegolaFasce,
    RegolaManuale,
    RegolaPerDistinti,
    RegolaPerUnita,
    RegolaQuotaOre,
    RegolaUnica,
)
from programmi.regola.numeri import leggi_numero, numero_testo
from programmi.regola.tipi import CampoEvidenza, Distinti, LetturaOre, TipoEvidenza, TipoRegola, Ufficio

_COMUNI = frozenset({"massimo", "presenze", "campi", "entro", "obiettivo"})
_PROPRIE: dict[TipoRegola, tuple[frozenset[str], frozenset[str]]] = {
    TipoRegola.UNICA: (frozenset({"percentuale"}), frozenset()),
    TipoRegola.PER_UNITA: (frozenset({"percentuale"}), frozenset()),
    TipoRegola.FASCE: (frozenset({"fasce"}), frozenset()),
    TipoRegola.PER_DISTINTI: (frozenset({"percentuale", "distinti"}), frozenset()),
    TipoRegola.COMPOSTA: (frozenset({"parti"}), frozenset({"tutte"})),
    TipoRegola.QUOTA_ORE: (frozenset({"ore_previste", "soglia"}), frozenset({"lettura"})),
    TipoRegola.MANUALE: (frozenset({"assegnata"}), frozenset({"motivazione", "evidenze"})),
}
"""For each form the keys of its own: required, optional."""


class _Comuni(TypedDict):
    evidenze: NotRequired[tuple[TipoEvidenza, ...]]
    massimo: NotRequired[Fraction]
    presenze: NotRequired[tuple[Ufficio, ...]]
    campi: NotRequired[tuple[tuple[CampoEvidenza, ...], ...]]
    entro: NotRequired[date | None]
    obiettivo: NotRequired[int | None]


def leggi_regola(
    dato: object,
    percorso: str,
    errori: list[Errore],
    *,
    dal: date | None = None,
    al: date | None = None,
    pubblica: bool = False,
) -> Regola | None:
    """Read a rule (not ``null``), appending every error found to ``errori``.

    ``dal``, ``al``: the esercizio ``entro`` must lie in, when known. ``pubblica``: the rule belongs to
    a public form, where no ``motivazione`` is admitted nor required. ``None`` when there was any error.
    """
    prima = len(errori)
    lettore = Lettore(dato, percorso, errori)
    if not lettore.leggibile:
        return None
    if not lettore.ha("tipo"):
        lettore.errore("tipo", "manca la chiave obbligatoria")
        return None
    tipo = leggi_scelta(lettore.dato("tipo"), sotto(percorso, "tipo"), errori, TipoRegola)
    if tipo is None:
        return None
    _controlla_chiavi(lettore, tipo)
    comuni = _leggi_comuni(lettore, tipo, dal, al)
    regola = _leggi_forma(lettore, tipo, comuni, pubblica)
    return regola if len(errori) == prima else None


def _controlla_chiavi(lettore: Lettore, tipo: TipoRegola) -> None:
    obbligatorie, facoltative = _PROPRIE[tipo]
    obbligatorie |= {"tipo"} if tipo is TipoRegola.MANUALE else {"tipo", "evidenze"}
    lettore.chiavi(obbligatorie, facoltative | _COMUNI)


def _leggi_comuni(lettore: Lettore, tipo: TipoRegola, dal: date | None, al: date | None) -> _Comuni:
    if tipo is not TipoRegola.MANUALE and lettore.dato("evidenze") == []:
        lettore.errore("evidenze", "serve almeno un tipo di evidenza")
    entro = lettore.data("entro")
    if entro is not None and ((dal is not None and entro < dal) or (al is not None and entro > al)):
        lettore.errore("entro", "è fuori dall'esercizio")
    comuni: _Comuni = {
        "evidenze": lettore.scelte("evidenze", TipoEvidenza),
        "presenze": lettore.scelte("presenze", Ufficio),
        "campi": _leggi_campi(lettore),
        "entro": entro,
        "obiettivo": lettore.intero("obiettivo"),
    }
    if lettore.ha("massimo"):
        comuni["massimo"] = _percentuale(lettore, "massimo")
    return comuni


def _leggi_campi(lettore: Lettore) -> tuple[tuple[CampoEvidenza, ...], ...]:
    letti: dict[tuple[CampoEvidenza, ...], None] = {}
    for percorso, elemento in lettore.elementi("campi"):
        nomi = elemento.split("|") if isinstance(elemento, str) and len(elemento) < 200 else [elemento]
        scelte = [leggi_scelta(nome, percorso, lettore.errori, CampoEvidenza) for nome in nomi]
        alternative = tuple(scelta for scelta in scelte if scelta is not None)
        if len(set(alternative)) < len(alternative) or alternative in letti:
            lettore.errori.append(Errore(percorso, f"{citazione(str(elemento))} è ripetuto"))
        letti[alternative] = None
    return tuple(letti)


def _percentuale(lettore: Lettore, chiave: str, *, zero: bool = False) -> Fraction:
    if not lettore.ha(chiave):
        return CENTO
    percorso = sotto(lettore.percorso, chiave)
    letta = leggi_numero(lettore.dato(chiave), percorso, lettore.errori, zero=zero, massimo=CENTO)
    return CENTO if letta is None else letta


def _leggi_forma(lettore: Lettore, tipo: TipoRegola, comuni: _Comuni, pubblica: bool) -> Regola:
    match tipo:
        case TipoRegola.UNICA:
            return RegolaUnica(percentuale=_percentuale(lettore, "percentuale"), **comuni)
        case TipoRegola.PER_UNITA:
            return RegolaPerUnita(percentuale=_percentuale(lettore, "percentuale"), **comuni)
        case TipoRegola.FASCE:
            return RegolaFasce(fasce=_leggi_fasce(lettore), **comuni)
        case TipoRegola.PER_DISTINTI:
            return RegolaPerDistinti(
                percentuale=_percentuale(lettore, "percentuale"),
                distinti=lettore.scelta("distinti", Distinti, Distinti.ORGANIZZAZIONE),
                **comuni,
            )
        case TipoRegola.COMPOSTA:
            tutte = lettore.booleano("tutte", assente=True)
            return RegolaComposta(parti=_leggi_parti(lettore), tutte=tutte, **comuni)
        case TipoRegola.QUOTA_ORE:
            return RegolaQuotaOre(
                ore_previste=_leggi_ore_previste(lettore),
                soglia=_percentuale(lettore, "soglia"),
                lettura=lettore.scelta("lettura", LetturaOre, LetturaOre.SOGLIA),
                **comuni,
            )
        case TipoRegola.MANUALE:
            return _leggi_manuale(lettore, comuni, pubblica)
        case _:
            assert_never(tipo)


def _leggi_fasce(lettore: Lettore) -> tuple[Fascia, ...]:
    if lettore.dato("fasce") == []:
        lettore.errore("fasce", "serve almeno una fascia")
    fasce: list[Fascia] = []
    for voce in lettore.oggetti("fasce"):
        prima = len(lettore.errori)
        voce.chiavi(frozenset({"da", "percentuale"}))
        fascia = Fascia(voce.intero("da") or 1, _percentuale(voce, "percentuale"))
        if len(lettore.errori) > prima:
            continue
        if fasce and fascia.da <= fasce[-1].da:
            voce.errore("da", "le fasce devono crescere: deve essere maggiore della precedente")
        if fasce and fascia.percentuale <= fasce[-1].percentuale:
            voce.errore("percentuale", "le fasce devono crescere: deve essere maggiore della precedente")
        fasce.append(fascia)
    return tuple(fasce)


def _leggi_parti(lettore: Lettore) -> tuple[Parte, ...]:
    if lettore.dato("parti") == []:
        lettore.errore("parti", "serve almeno una parte")
    parti: dict[str, Parte] = {}
    for voce in lettore.oggetti("parti"):
        prima = len(lettore.errori)
        voce.chiavi(frozenset({"nome", "percentuale"}))
        parte = Parte(voce.testo("nome", pieno=True), _percentuale(voce, "percentuale"))
        if len(lettore.errori) > prima:
            continue
        if parte.nome in parti:
            voce.errore("nome", f"{citazione(parte.nome)} è ripetuto")
        parti[parte.nome] = parte
    if sum((parte.percentuale for parte in parti.values()), Fraction(0)) > CENTO:
        lettore.errore("parti", "le percentuali delle parti insieme superano 100")
    return tuple(parti.values())


def _leggi_ore_previste(lettore: Lettore) -> Fraction | None:
    ore = lettore.dato("ore_previste")
    if ore is None:
        return None
    return leggi_numero(ore, sotto(lettore.percorso, "ore_previste"), lettore.errori)


def _leggi_manuale(lettore: Lettore, comuni: _Comuni, pubblica: bool) -> RegolaManuale:
    assegnata = None if lettore.dato("assegnata") is None else _percentuale(lettore, "assegnata", zero=True)
    motivazione = lettore.testo("motivazione")
    if pubblica and lettore.ha("motivazione"):
        lettore.errore("motivazione", "non è ammessa nella forma pubblica")
    elif lettore.ha("assegnata") and assegnata is None and motivazione.strip():
        lettore.errore("motivazione", "si scrive con la percentuale, che non è ancora assegnata")
    elif assegnata is not None and not pubblica and not lettore.ha("motivazione"):
        lettore.errore("motivazione", "manca la motivazione della percentuale assegnata")
    elif assegnata is not None and not pubblica and not motivazione.strip():
        lettore.errore(
            "motivazione", "non può essere vuota: serve la motivazione della percentuale assegnata"
        )
    return RegolaManuale(assegnata=assegnata, motivazione=motivazione, **comuni)


def regola_json(regola: Regola, *, pubblica: bool = False) -> dict[str, Any]:
    """The rule as the contract writes it, in normal form: only the keys that differ from their default."""
    dato: dict[str, Any] = {"tipo": regola.tipo.value, **_propri_json(regola)}
    if pubblica:
        dato.pop("motivazione", None)
    if regola.evidenze:
        dato["evidenze"] = [tipo.value for tipo in regola.evidenze]
    return dato | _comuni_json(regola)


def _propri_json(regola: Regola) -> dict[str, Any]:
    match regola:
        case RegolaUnica() | RegolaPerUnita():
            return {"percentuale": numero_testo(regola.percentuale)}
        case RegolaFasce():
            return {"fasce": [{"da": f.da, "percentuale": numero_testo(f.percentuale)} for f in regola.fasce]}
        case RegolaPerDistinti():
            return {"percentuale": numero_testo(regola.percentuale), "distinti": regola.distinti.value}
        case RegolaComposta():
            parti = [{"nome": p.nome, "percentuale": numero_testo(p.percentuale)} for p in regola.parti]
            return {"parti": parti} | ({} if regola.tutte else {"tutte": False})
        case RegolaQuotaOre():
            previste = None if regola.ore_previste is None else numero_testo(regola.ore_previste)
            dato: dict[str, Any] = {"ore_previste": previste, "soglia": numero_testo(regola.soglia)}
            return dato if regola.lettura is LetturaOre.SOGLIA else dato | {"lettura": regola.lettura.value}
        case RegolaManuale():
            assegnata = None if regola.assegnata is None else numero_testo(regola.assegnata)
            return {"assegnata": assegnata} | (
                {"motivazione": regola.motivazione} if regola.motivazione else {}
            )
        case _:
            assert_never(regola)


def _comuni_json(regola: RegolaComune) -> dict[str, Any]:
    dato: dict[str, Any] = {}
    if regola.massimo != CENTO:
        dato["massimo"] = numero_testo(regola.massimo)
    if regola.presenze:
        dato["presenze"] = [ufficio.value for ufficio in regola.presenze]
    if regola.campi:
        dato["campi"] = ["|".join(alternative) for alternative in regola.campi]
    if regola.entro is not None:
        dato["entro"] = regola.entro.isoformat()
    if regola.obiettivo is not None:
        dato["obiettivo"] = regola.obiettivo
    return dato
