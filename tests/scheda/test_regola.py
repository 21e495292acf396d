"""Le forme di regola: numeri esatti, forma normale, frase italiana."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from programmi.regola import (
    Errore,
    LetturaOre,
    RegolaQuotaOre,
    TipoEvidenza,
    TipoRegola,
    Ufficio,
    frase,
    leggi_regola,
    numero_da,
    numero_testo,
    regola_json,
)

Json = dict[str, Any]


def letta(dato: Json, **esercizio: Any) -> Any:
    errori: list[Errore] = []
    regola = leggi_regola(dato, "$", errori, **esercizio)
    assert errori == []
    assert regola is not None
    return regola


FRASI: list[tuple[Json, str]] = [
    ({"tipo": "unica", "percentuale": "100", "evidenze": ["relazione"]}, "100% con almeno una relazione"),
    (
        {"tipo": "unica", "percentuale": "100", "evidenze": ["incontro", "altro"]},
        "100% con almeno un incontro o un'evidenza di altro tipo",
    ),
    (
        {"tipo": "per_unita", "percentuale": "20", "evidenze": ["incontro"]},
        "20% per ogni incontro, fino al 100%",
    ),
    (
        {
            "tipo": "per_unita",
            "percentuale": "100/3",
            "evidenze": ["post", "mail"],
            "massimo": "80",
            "presenze": ["manager", "agenzia"],
            "campi": ["argomento", "persone|organizzazioni"],
            "entro": "2025-06-08",
            "obiettivo": 3,
        },
        "33,33% per ogni post o mail, fino all'80%, con la presenza del Manager territoriale e dell'Agenzia,"
        " indicando l'argomento e le persone o le organizzazioni, entro l'8 giugno 2025,"
        " obiettivo dell'atto: 3",
    ),
    (
        {
            "tipo": "fasce",
            "fasce": [{"da": 1, "percentuale": "40"}, {"da": 3, "percentuale": "100"}],
            "evidenze": ["incontro"],
        },
        "40% con almeno 1 incontro e 100% con almeno 3 incontri",
    ),
    (
        {
            "tipo": "per_distinti",
            "percentuale": "50",
            "distinti": "organizzazione_aderente",
            "evidenze": ["incontro"],
        },
        "50% per ogni diversa organizzazione aderente coinvolta in incontri (aderente nel giorno"
        " dell'evidenza), fino al 100%",
    ),
    (
        {"tipo": "per_distinti", "percentuale": "50", "distinti": "organizzazione", "evidenze": ["evento"]},
        "50% per ogni diversa organizzazione coinvolta in eventi, fino al 100%",
    ),
    (
        {
            "tipo": "composta",
            "parti": [
                {"nome": "piano editoriale", "percentuale": "50"},
                {"nome": "calendario editoriale", "percentuale": "50"},
            ],
            "evidenze": ["piano_editoriale"],
        },
        "100% con tutte le parti: piano editoriale (50%) e calendario editoriale (50%), documentate da piani"
        " editoriali",
    ),
    (
        {
            "tipo": "composta",
            "parti": [{"nome": "guida", "percentuale": "60"}, {"nome": "sito", "percentuale": "40"}],
            "tutte": False,
            "evidenze": ["materiale"],
        },
        "per ogni parte la sua percentuale: guida (60%) e sito (40%), documentate da materiali",
    ),
    (
        {"tipo": "quota_ore", "ore_previste": "16", "soglia": "50", "evidenze": ["formazione"]},
        "100% con almeno il 50% delle 16 ore previste (dovute 8 ore) in attività di formazione",
    ),
    (
        {"tipo": "quota_ore", "ore_previste": None, "soglia": "80", "evidenze": ["formazione"]},
        "100% con almeno l'80% delle ore previste (ancora da comunicare) in attività di formazione",
    ),
    (
        {
            "tipo": "quota_ore",
            "ore_previste": "2",
            "soglia": "50",
            "lettura": "proporzionale",
            "evidenze": ["formazione"],
        },
        "in proporzione alle ore di attività di formazione, 100% con il 50% delle 2 ore previste"
        " (dovuta 1 ora)",
    ),
    ({"tipo": "manuale", "assegnata": None}, "percentuale assegnata con motivazione, ancora da assegnare"),
    (
        {"tipo": "manuale", "assegnata": "62.5", "motivazione": "Relazione"},
        "percentuale assegnata con motivazione: 62,5%",
    ),
]


@pytest.mark.parametrize(("dato", "attesa"), FRASI, ids=[attesa[:40] for _, attesa in FRASI])
def test_la_frase_e_la_forma_normale(dato: Json, attesa: str) -> None:
    regola = letta(dato)
    assert frase(regola) == attesa
    assert regola_json(regola) == dato
    assert letta(regola_json(regola)) == regola


def test_ogni_forma_ha_la_sua_frase() -> None:
    assert {dato["tipo"] for dato, _ in FRASI} == set(TipoRegola)


def test_le_ore_dovute_sono_la_soglia_delle_ore_previste() -> None:
    regola = letta({"tipo": "quota_ore", "ore_previste": "10/3", "soglia": "50", "evidenze": ["formazione"]})
    assert isinstance(regola, RegolaQuotaOre)
    assert regola.ore_dovute == Fraction(5, 3)
    assert regola.lettura is LetturaOre.SOGLIA


def test_entro_si_controlla_solo_quando_si_conosce_l_esercizio() -> None:
    dato = {"tipo": "unica", "percentuale": "100", "evidenze": ["relazione"], "entro": "2025-12-31"}
    assert letta(dato).entro == date(2025, 12, 31)
    assert letta(dato, dal=date(2025, 12, 31), al=date(2025, 12, 31)).entro == date(2025, 12, 31)
    errori: list[Errore] = []
    assert leggi_regola(dato, "regola", errori, dal=date(2025, 1, 1), al=date(2025, 12, 30)) is None
    assert errori == [Errore("regola.entro", "è fuori dall'esercizio")]


def test_gli_errori_di_una_regola_sono_detti_tutti_e_in_italiano() -> None:
    errori: list[Errore] = []
    dato = {"tipo": "per_unita", "percentuale": "0", "massimo": 5, "evidenze": [], "extra": 1}
    assert leggi_regola(dato, "$.regola", errori) is None
    assert [str(errore) for errore in errori] == [
        "$.regola.extra: chiave non prevista",
        "$.regola.evidenze: serve almeno un tipo di evidenza",
        '$.regola.massimo: deve essere un numero scritto come testo ("20", "12.5", "100/3"), non un numero',
        "$.regola.percentuale: deve essere maggiore di 0",
    ]


@pytest.mark.parametrize(
    ("testo", "normale"),
    [("20", "20"), ("12.50", "12.5"), ("100/3", "100/3"), ("200/4", "50"), ("1/8", "0.125"), ("0.0", "0")],
)
def test_i_numeri_hanno_una_forma_normale(testo: str, normale: str) -> None:
    numero = numero_da(testo)
    assert numero is not None
    assert numero_testo(numero) == normale


@given(st.fractions(min_value=0, max_value=10**6))
@settings(max_examples=200, deadline=None)
def test_un_numero_scritto_si_rilegge_uguale(numero: Fraction) -> None:
    assert numero_da(numero_testo(numero)) == numero


@given(st.integers(0, 10**30), st.integers(0, 60))
@settings(max_examples=200, deadline=None)
def test_un_decimale_lungo_resta_entro_la_lunghezza_ammessa(cifre: int, decimali: int) -> None:
    numero = Fraction(cifre, 10**decimali)
    assert numero_da(numero_testo(numero)) == numero


@pytest.mark.parametrize("tipo", TipoEvidenza)
def test_ogni_tipo_ha_le_sue_parole(tipo: TipoEvidenza) -> None:
    assert tipo.singolare
    assert tipo.plurale
    assert tipo.etichetta[0].isupper()


@pytest.mark.parametrize("ufficio", Ufficio)
def test_ogni_ufficio_ha_la_sua_etichetta(ufficio: Ufficio) -> None:
    assert ufficio.etichetta
    assert ufficio.del_ufficio.startswith("del")
