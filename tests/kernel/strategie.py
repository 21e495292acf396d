"""Random valid schede: every form of rule, every reason, partial acceptance, planned evidence, reuse."""

from typing import Any

from hypothesis import strategies as st

from programmi.regola import TIPI_A_UNITA, TipoEvidenza
from tests.kernel.costruzione import ORGANIZZAZIONI, Json, scheda_con

TIPI = ["incontro", "post", "mail", "relazione", "formazione", "documento", "progetto_fuori_programma"]
GIORNI = ["2024-12-31", "2025-01-01", "2025-03-31", "2025-04-01", "2025-06-01", "2025-12-31", "2026-01-01"]
PERCENTUALI = ["20", "25", "50", "100", "100/3", "33.33", "33.333", "7", "1/8", "0.001"]
PARTI = ["piano", "calendario", "sito"]
ORE = ["0.5", "1", "2.5", "4", "10/3"]

percentuali = st.sampled_from(PERCENTUALI)


@st.composite
def regole(draw: st.DrawFn) -> Json | None:
    """Any form, with its common keys now and then."""
    forma = draw(
        st.sampled_from([_unica, _per_unita, _fasce, _per_distinti, _composta, _quota_ore, _manuale, None])
    )
    if forma is None:
        return None
    regola: Json = forma(draw)
    if regola["tipo"] != "manuale":
        regola["evidenze"] = draw(st.lists(st.sampled_from(TIPI), min_size=1, max_size=5, unique=True))
    comuni: Json = {
        "massimo": draw(st.none() | st.sampled_from(["50", "80", "200/3"])),
        "presenze": draw(st.none() | st.just(["manager"])),
        "campi": draw(
            st.none()
            | st.sampled_from([["argomento"], ["persone|organizzazioni"], ["url|luogo", "allegati"]])
        ),
        "entro": draw(st.none() | st.just("2025-06-01")),
    }
    return regola | {chiave: valore for chiave, valore in comuni.items() if valore is not None}


def _unica(draw: st.DrawFn) -> Json:
    return {"tipo": "unica", "percentuale": draw(percentuali)}


def _per_unita(draw: st.DrawFn) -> Json:
    return {"tipo": "per_unita", "percentuale": draw(percentuali)}


def _fasce(draw: st.DrawFn) -> Json:
    soglie = sorted(draw(st.lists(st.integers(1, 9), min_size=1, max_size=3, unique=True)))
    valori = ["12.5", "100/3", "90"][: len(soglie)]
    return {
        "tipo": "fasce",
        "fasce": [{"da": d, "percentuale": p} for d, p in zip(soglie, valori, strict=True)],
    }


def _per_distinti(draw: st.DrawFn) -> Json:
    distinti = draw(st.sampled_from(["organizzazione_aderente", "organizzazione"]))
    return {"tipo": "per_distinti", "percentuale": draw(percentuali), "distinti": distinti}


def _composta(draw: st.DrawFn) -> Json:
    pesi = draw(st.sampled_from([["50", "30", "20"], ["100/3"] * 3, ["10", "20", "30"]]))
    parti = [{"nome": nome, "percentuale": peso} for nome, peso in zip(PARTI, pesi, strict=True)]
    return {"tipo": "composta", "parti": parti, "tutte": draw(st.booleans())}


def _quota_ore(draw: st.DrawFn) -> Json:
    return {
        "tipo": "quota_ore",
        "ore_previste": draw(st.sampled_from(["16", "7", "10/3", None])),
        "soglia": draw(st.sampled_from(["50", "100/3"])),
        "lettura": draw(st.sampled_from(["soglia", "proporzionale"])),
    }


def _manuale(draw: st.DrawFn) -> Json:
    assegnata = draw(st.sampled_from([None, "0", "62.5"]))
    motivazione = {} if assegnata is None else {"motivazione": "Come da relazione riservata"}
    return {"tipo": "manuale", "assegnata": assegnata, **motivazione}


@st.composite
def schede(draw: st.DrawFn) -> Json:
    """Two compulsory lines and two progettualità of two and one lines, with up to twelve evidences."""
    righe = {codice: draw(regole()) for codice in ("obb.1", "obb.2", "1.1", "1.2", "2.1")}
    quante = draw(st.integers(0, 12))
    evidenze = [_evidenza(draw, f"e{n}", righe) for n in range(quante)]
    scheda = scheda_con(
        righe, evidenze, riuso=draw(st.sampled_from(["ammesso", "una_volta_per_azione", "una_volta"]))
    )
    scheda["richiede_contributo"] = draw(st.sampled_from([True, True, True, False]))
    scheda["progettualita"][0]["peso"] = draw(st.sampled_from(["1", "2.5", "1/3"]))
    prima = scheda["progettualita"][0]["indicatori"][0]
    prima |= draw(st.sampled_from([{}, {"dal": "2025-04-01"}, {"al": "2025-04-01"}, {"peso": "3"}]))
    return scheda | draw(_procedura())


def _procedura() -> st.SearchStrategy[Json]:
    """What a scheda holds around its lines, with everything in it that is not for everyone."""
    attore = {"ruolo": "manager", "nome": "Manager", "mail": "m@esempio.it", "telefono": "0461 riservato"}
    passaggi = [
        {"azione": "trasmissione", "il": "2025-02-01", "nota": "Nota riservata"},
        {"azione": "rinvio", "il": "2025-02-02", "nota": "Motivo riservato"},
        {"azione": "trasmissione", "il": "2025-02-03"},
    ]
    return st.fixed_dictionaries(
        {},
        optional={
            "attori": st.just([attore]),
            "passaggi": st.integers(1, 3).map(lambda quanti: passaggi[:quanti]),
        },
    )


def _evidenza(draw: st.DrawFn, codice: str, righe: dict[str, Json | None]) -> Json:
    tipo = draw(st.sampled_from(TIPI))
    organizzazioni = draw(st.lists(st.sampled_from(sorted(ORGANIZZAZIONI)), max_size=3, unique=True))
    pianificata = draw(st.sampled_from([False, False, False, True]))
    scelte = draw(st.lists(st.sampled_from(sorted(righe)), min_size=1, max_size=4, unique=True))
    return {
        "codice": codice,
        "tipo": tipo,
        "data": draw(st.sampled_from(GIORNI)),
        "titolo": "Un titolo",
        "argomento": draw(st.sampled_from(["", "Un argomento"])),
        "persone": draw(st.sampled_from([[], ["Coordinatore istituzionale"]])),
        "organizzazioni": organizzazioni,
        "presenze": draw(st.sampled_from([[], ["manager"], ["manager", "agenzia"]])),
        **draw(_riservati()),
        **draw(_progetto(tipo)),
        "pianificata": pianificata,
        "imputazioni": [_imputazione(draw, r, righe[r], tipo, organizzazioni, pianificata) for r in scelte],
    }


def _riservati() -> st.SearchStrategy[Json]:
    """Texts and files that the public form only counts."""
    allegato = {"nome": "riservato.pdf", "tipo": "application/pdf", "dimensione": 1, "sha256": "0" * 64}
    testi = st.sampled_from(["", " ", "Testo riservato"])
    return st.fixed_dictionaries(
        {},
        optional={
            "url": st.sampled_from(["", "https://riservato.example/"]),
            "luogo": testi,
            "descrizione": testi,
            "titolo_pubblico": st.just("Per tutti"),
            "allegati": st.lists(st.just(allegato), max_size=2),
        },
    )


def _progetto(tipo: str) -> st.SearchStrategy[Json]:
    if tipo != "progetto_fuori_programma":
        return st.just({})
    progetto = {
        "titolo": "Progetto riservato",
        "indicatori_testo": ["Indicatore riservato"],
        "referenti": [{"testo": "Referente riservato", "organizzazione": "comune"}],
        "percentuali": "100% riservato",
    }
    return st.sampled_from([{}, {"progetto": progetto}, {"progetto": {}}])


def _imputazione(
    draw: st.DrawFn, riga: str, regola: Json | None, tipo: str, organizzazioni: list[str], pianificata: bool
) -> Json:
    stati = ["in_attesa"] if pianificata else ["in_attesa", "accolta", "accolta", "respinta"]
    imputazione: Json = {"indicatore": riga, "stato": draw(st.sampled_from(stati))}
    if imputazione["stato"] == "respinta":
        imputazione["motivazione"] = "Non risulta"
    misura, parte = misura_di(draw, regola, tipo, organizzazioni)
    if misura is not None and draw(st.booleans()):
        imputazione["misura"] = misura
        if imputazione["stato"] == "accolta" and draw(st.booleans()):
            imputazione |= {"misura_riconosciuta": parte, "motivazione": "Riconosciuta in parte"}
    return imputazione


def misura_di(draw: st.DrawFn, regola: Json | None, tipo: str, organizzazioni: list[str]) -> tuple[Any, Any]:
    """A measure of the form of the rule and one that is not more than it."""
    match regola and regola["tipo"]:
        case "per_unita" | "fasce":
            unita = draw(st.integers(1, 5 if TipoEvidenza(tipo) in TIPI_A_UNITA else 1))
            return {"unita": unita}, {"unita": draw(st.integers(1, unita))}
        case "per_distinti" if organizzazioni:
            return _parte_di(draw, "organizzazioni", organizzazioni)
        case "composta":
            return _parte_di(draw, "parti", PARTI)
        case "quota_ore":
            indice = draw(st.sampled_from([0, 1, 2, 3]))
            return {"ore": ORE[indice]}, {"ore": ORE[draw(st.integers(0, indice))]}
        case _:
            return None, None


def _parte_di(draw: st.DrawFn, chiave: str, voci: list[str]) -> tuple[Json, Json]:
    scelte = draw(st.lists(st.sampled_from(voci), min_size=1, max_size=3, unique=True))
    alcune = draw(st.lists(st.sampled_from(scelte), min_size=1, max_size=3, unique=True))
    return {chiave: scelte}, {chiave: alcune}
