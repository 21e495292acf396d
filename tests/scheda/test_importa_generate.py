"""Schede generate: importare ed esportare ridà lo stesso documento, qualunque cosa vi sia scritta."""

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from programmi.models import Programma
from tests.scheda.ingressi import Documento
from valutazione.scheda.da_database import documento_di
from valutazione.scheda.importa import EsitoImportazione, importa_documenti
from valutazione.scheda.lettura import leggi_scheda

Strategia = st.SearchStrategy[Any]

TESTI = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40)
PIENI = TESTI.filter(str.strip)
PERCENTUALI = st.sampled_from(["20", "12.5", "100/3", "100", "0.01", "7/3"])
GIORNI = st.dates().map(lambda giorno: giorno.replace(year=2025 if giorno.month != 2 else 2024).isoformat())
CODICI = ["comune", "coop", "scuola"]
CAMPI = (
    "tipo_azione",
    "ambito",
    "obiettivo_generale",
    "obiettivo_specifico",
    "titolo",
    "azioni",
    "altre_organizzazioni",
    "tempi",
)

REGOLE: dict[str, tuple[Strategia, Strategia]] = {
    "unica": (st.fixed_dictionaries({"percentuale": PERCENTUALI}), st.none()),
    "per_unita": (
        st.fixed_dictionaries({"percentuale": PERCENTUALI}, optional={"massimo": st.just("80")}),
        st.none() | st.integers(1, 1000).map(lambda n: {"unita": n}),
    ),
    "fasce": (
        st.just({"fasce": [{"da": 1, "percentuale": "40"}, {"da": 3, "percentuale": "100"}]}),
        st.none() | st.integers(1, 5).map(lambda n: {"unita": n}),
    ),
    "per_distinti": (
        st.fixed_dictionaries({"percentuale": PERCENTUALI, "distinti": st.just("organizzazione")}),
        st.none(),
    ),
    "composta": (
        st.fixed_dictionaries(
            {"parti": st.just([{"nome": "a", "percentuale": "50"}, {"nome": "b", "percentuale": "50"}])},
            optional={"tutte": st.booleans()},
        ),
        st.sampled_from([{"parti": ["a"]}, {"parti": ["b", "a"]}, None]),
    ),
    "quota_ore": (
        st.fixed_dictionaries({"ore_previste": st.sampled_from([None, "16", "33/2"]), "soglia": PERCENTUALI}),
        st.sampled_from([{"ore": "2.5"}, {"ore": "1/3"}, None]),
    ),
    "manuale": (st.just({"assegnata": None}), st.none()),
}


def _facoltativi(**valori: Strategia) -> Strategia:
    return st.fixed_dictionaries({}, optional=valori)


@st.composite
def righe(draw: st.DrawFn, prefisso: str) -> list[Documento]:
    lette = []
    for numero in range(1, draw(st.integers(1, 3)) + 1):
        forma = draw(st.sampled_from([*REGOLE, ""]))
        regola = None
        if forma:
            regola = {"tipo": forma, **draw(REGOLE[forma][0])}
            if forma != "manuale":
                regola["evidenze"] = ["post", "documento"]
        riga = {
            "codice": f"{prefisso}.{numero}",
            "testo": draw(TESTI),
            "testo_regola": draw(TESTI),
            "regola": regola,
            **draw(_facoltativi(peso=st.sampled_from(["2", "1/2"]), testo_evidenze=PIENI)),
        }
        lette.append(riga | ({"sezione": draw(TESTI)} if prefisso == "obb" else {}))
    return lette


@st.composite
def evidenze(draw: st.DrawFn, codice: str, note: list[Documento]) -> Documento:
    scelte = draw(st.lists(st.sampled_from(note), unique_by=lambda riga: str(riga["codice"]), max_size=4))
    pianificata = draw(st.booleans())
    imputazioni = []
    for riga in scelte:
        misura = draw(REGOLE[riga["regola"]["tipo"]][1]) if riga["regola"] else None
        stato = "in_attesa" if pianificata else draw(st.sampled_from(["in_attesa", "accolta", "respinta"]))
        imputazione = {"indicatore": riga["codice"], "stato": stato}
        if misura:
            imputazione["misura"] = misura
        if stato == "accolta" and misura and draw(st.booleans()):
            imputazione |= {"misura_riconosciuta": misura, "motivazione": draw(PIENI)}
        if stato == "respinta":
            imputazione["motivazione"] = draw(PIENI)
        imputazioni.append(imputazione)
    return {
        "codice": codice,
        "tipo": draw(st.sampled_from(["post", "documento"])),
        "data": draw(GIORNI),
        "titolo": draw(PIENI),
        **draw(
            _facoltativi(
                argomento=PIENI,
                descrizione=PIENI,
                luogo=PIENI,
                url=PIENI,
                titolo_pubblico=PIENI,
                persone=st.lists(PIENI, min_size=1, max_size=3),
                organizzazioni=st.lists(st.sampled_from(CODICI), min_size=1, unique=True),
                presenze=st.lists(st.sampled_from(["manager", "agenzia"]), min_size=1, unique=True),
            )
        ),
        **({"pianificata": True} if pianificata else {}),
        "imputazioni": imputazioni,
    }


@st.composite
def aderenti(draw: st.DrawFn) -> list[Documento]:
    """Members of one or two periods, that may come and go outside the esercizio, with any marks."""
    # In the order of the register: the marks of a member are a set.
    marchi = st.sampled_from(
        [[], ["family_audit"], ["family_in_trentino"], ["family_audit", "family_in_trentino"]]
    )
    tutti: list[Documento] = []
    for codice in draw(st.lists(st.sampled_from(CODICI), unique=True)):
        periodi: list[tuple[str, str | None]] = [("2020-01-01", "2024-06-30"), ("2025-02-01", None)]
        periodi = draw(st.sampled_from([periodi, periodi[:1], periodi[1:], [("2027-01-01", None)]]))
        tutti += [
            {"organizzazione": codice, "dal": dal, "al": al, "marchi": draw(marchi)} for dal, al in periodi
        ]
    return tutti


@st.composite
def schede(draw: st.DrawFn, distretto: str = "generato", anno: int = 2025) -> Documento:
    obbligatorie = draw(righe("obb"))
    progettualita: list[Documento] = [
        {
            "numero": numero,
            **{chiave: draw(TESTI) for chiave in CAMPI},
            "referenti": [{"testo": draw(TESTI), "organizzazione": codice} for codice in CODICI],
            "indicatori_testo": draw(st.lists(TESTI, max_size=2)),
            "classificazioni": [{"schema": "distretti-2025", "codice": "A0301"}],
            "indicatori": draw(righe(str(numero))),
        }
        for numero in range(1, draw(st.integers(1, 2)) + 1)
    ]
    note = [*obbligatorie, *(riga for p in progettualita for riga in p["indicatori"])]
    return {
        "formato": "scheda-programma/1",
        "autorita": "pat-acs",
        "distretto": {
            "codice": distretto,
            "denominazione": draw(PIENI),
            "tipo": draw(st.sampled_from(["tematico", "territoriale"])),
        },
        "dal": f"{anno}-01-01",
        "al": f"{anno}-12-31",
        "richiede_contributo": draw(st.booleans()),
        "riuso": draw(st.sampled_from(["ammesso", "una_volta_per_azione", "una_volta"])),
        **draw(_facoltativi(titolo=PIENI, premessa=PIENI, testo_obbligatorie=PIENI)),
        "organizzazioni": [
            {
                "codice": c,
                "denominazione": draw(PIENI),
                "alias": draw(st.lists(PIENI, max_size=2, unique=True)),
            }
            for c in CODICI
        ],
        "aderenti": draw(aderenti()),
        "obbligatorie": obbligatorie,
        "progettualita": progettualita,
        "evidenze": [draw(evidenze(f"e {n}", note)) for n in range(draw(st.integers(0, 4)))],
    }


@pytest.mark.django_db
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(scheda=schede())
def test_importare_ed_esportare_ridanno_lo_stesso_documento(scheda: Documento) -> None:
    leggi_scheda(scheda)
    with transaction.atomic():
        importa_documenti([("generata", scheda)])
        esportata = documento_di(Programma.objects.get(distretto__codice="generato"))
        transaction.set_rollback(True)
    assert esportata == scheda


@pytest.mark.django_db
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(
    documenti=st.tuples(
        schede("generato", 2025),
        schede("generato", 2026),
        schede("altro", 2025),
        schede("df-val-di-non", 2024),
    ).flatmap(st.permutations),
    insieme=st.booleans(),
)
def test_piu_distretti_e_piu_anni_con_lo_stesso_registro(documenti: list[Documento], insieme: bool) -> None:
    """Whatever each scheda says of the same organisations, and in whatever order they come."""
    nomi = [(f"{d['distretto']['codice']}/{d['dal'][:4]}", d) for d in documenti]
    with transaction.atomic():
        for lotto in [nomi] if insieme else [[nome] for nome in nomi]:
            importa_documenti(lotto)
        esportate = [
            documento_di(
                Programma.objects.get(distretto__codice=d["distretto"]["codice"], anno=int(d["dal"][:4]))
            )
            for d in documenti
        ]
        esiti = {importato.esito for importato in importa_documenti(nomi)}
        transaction.set_rollback(True)
    assert esportate == documenti
    assert esiti == {EsitoImportazione.INVARIATO}
