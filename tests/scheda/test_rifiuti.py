"""Ogni rifiuto della lettura, con il percorso esatto di ogni errore."""

from typing import Any

import pytest

from tests.scheda.modifiche import TOGLI, cambia, esempio
from valutazione.scheda import SchedaNonValida, forma_pubblica, leggi_scheda

P1 = "$.progettualita[0]"
RIGA = "$.progettualita[0].indicatori[0]"
REGOLA = f"{RIGA}.regola"
TERZA = "$.progettualita[0].indicatori[2].regola"
E1 = "$.evidenze[0]"
"""A meeting on obb.1 (per_unita, accolta) and obb.2 (per_distinti, in attesa)."""
E5 = "$.evidenze[4]"
"""Six hours on obb.4, five recognised."""
E7 = "$.evidenze[6]"
"""A post of two units on 1.1, one recognised."""

TESTO_GUASTO = "con NUL \x00"
MEZZO = "mezzo surrogato \ud800"


def percorsi(documento: Any) -> list[str]:
    with pytest.raises(SchedaNonValida) as colto:
        leggi_scheda(documento)
    assert all(errore.messaggio for errore in colto.value.errori)
    str(colto.value).encode("utf-8")
    return [errore.percorso for errore in colto.value.errori]


def una(percorso: str, valore: Any, atteso: str | None = None) -> Any:
    """One change and the one path where it is refused (its own, unless said otherwise)."""
    nome = "tolta" if valore is TOGLI else ascii(valore)[:40]
    return pytest.param([(percorso, valore)], [atteso or percorso], id=f"{percorso} = {nome}")


def piu(nome: str, cambi: list[tuple[str, Any]], attesi: list[str]) -> Any:
    return pytest.param(cambi, attesi, id=nome)


TIPI_SBAGLIATI = [
    una("$.formato", "scheda-programma/2"),
    una("$.formato", 1),
    una("$.autorita", ""),
    una("$.autorita", None),
    una("$.autorita", TESTO_GUASTO),
    una("$.autorita", MEZZO),
    una("$.distretto", []),
    una("$.distretto", None),
    una("$.distretto.codice", "  "),
    una("$.distretto.tipo", "marino"),
    una("$.distretto.tipo", None),
    una("$.richiede_contributo", 1),
    una("$.richiede_contributo", "true"),
    una("$.riuso", "sempre"),
    una("$.riuso", None),
    una("$.riuso", ["ammesso"]),
    una("$.organizzazioni", {}),
    una("$.organizzazioni[0]", "comune"),
    una("$.organizzazioni[0].alias", None),
    una("$.organizzazioni[0].alias", ["", "a"], "$.organizzazioni[0].alias[0]"),
    una("$.organizzazioni[0].natura", "mista"),
    una("$.aderenti[0].marchi", ["a", "a"], "$.aderenti[0].marchi[1]"),
    una("$.aderenti[0].marchi", [1], "$.aderenti[0].marchi[0]"),
    una("$.obbligatorie", None),
    una("$.progettualita[0].titolo", None),
    una("$.progettualita[0].indicatori_testo", [None], "$.progettualita[0].indicatori_testo[0]"),
    una("$.evidenze", "nessuna"),
    una(f"{E1}.titolo", 3),
    una(f"{E1}.titolo", True),
    una(f"{E1}.persone", 2),
    una(f"{E1}.persone", ["  "], f"{E1}.persone[0]"),
    una(f"{E1}.pianificata", None),
    una(f"{E1}.presenze", ["sindaco"], f"{E1}.presenze[0]"),
    una(f"{E1}.presenze", ["manager", "manager"], f"{E1}.presenze[1]"),
    una(f"{E1}.tipo", "riunione"),
    una(f"{E1}.imputazioni[0].stato", "forse"),
    una("$.titolo", ["a"]),
    una("$.premessa", None),
    una("$.dimostrazione", "no"),
]

DATE = [
    una("$.dal", "2025-1-1"),
    una("$.dal", "20250101"),
    una("$.dal", "2025-W01-1"),
    una("$.dal", "2025-02-30"),
    una("$.dal", "0000-01-01"),
    una("$.dal", "2025-01-01T00:00:00"),
    una("$.dal", "٢٠٢٥-٠١-٠١"),
    una("$.dal", 20250101),
    una("$.dal", None),
    una("$.al", "2024-12-31"),
    una("$.aderenti[0].al", "2022-07-14"),
    una("$.aderenti[0].dal", None),
    una("$.aderenti_al", "oggi"),
    una(f"{E1}.data", None),
    una(f"{E1}.data_fine", "2025-02-10"),
    una(f"{E1}.data_fine", None),
    una(f"{RIGA}.dal", "2024-12-31"),
    una(f"{RIGA}.dal", None),
    una(f"{RIGA}.al", "2026-01-01"),
    piu(
        "riga: al prima di dal", [(f"{RIGA}.dal", "2025-05-02"), (f"{RIGA}.al", "2025-05-01")], [f"{RIGA}.al"]
    ),
    una(f"{REGOLA}.entro", "2026-01-01"),
    una(f"{REGOLA}.entro", "2024-12-31"),
    una(f"{REGOLA}.entro", None),
]

CHIAVI = [
    una("$.evidenze", TOGLI),
    una("$.distretto", TOGLI),
    una("$.richiede_contributo", TOGLI),
    una("$.extra", 1),
    una("$.distretto.sigla", "x"),
    una("$.organizzazioni[1].denominazione", TOGLI),
    una("$.aderenti[1].al", TOGLI),
    una("$.aderenti[1].ruolo", "x"),
    una("$.obbligatorie[0].sezione", TOGLI),
    una("$.obbligatorie[0].regola", TOGLI),
    una(f"{RIGA}.sezione", "ICT"),
    una(f"{RIGA}.testo_regola", TOGLI),
    una("$.progettualita[1].tempi", TOGLI),
    una("$.progettualita[1].codice", "P2"),
    una(f"{P1}.referenti[0].ruolo", "x"),
    una(f"{P1}.referenti[0].testo", TOGLI),
    una(f"{P1}.classificazioni[0].schema", TOGLI),
    una(f"{E1}.titolo", TOGLI),
    una(f"{E1}.imputazioni", TOGLI),
    una(f"{E1}.note", ""),
    una(f"{E1}.imputazioni[0].stato", TOGLI),
    una(f"{E1}.imputazioni[0].punti", 3),
    una(f"{REGOLA}.percentuale", TOGLI),
    una(f"{REGOLA}.evidenze", TOGLI),
    una(f"{REGOLA}.tipo", TOGLI),
    una(f"{REGOLA}.distinti", "organizzazione"),
    una(f"{REGOLA}.tutte", True),
    una("$.obbligatorie[2].regola.parti[0].peso", "1"),
    una("$.obbligatorie[3].regola.soglia", TOGLI),
    una("$.obbligatorie[3].regola.ore_previste", TOGLI),
    pytest.param([("$.chiave strana", 1)], ['$["chiave strana"]'], id="una chiave con uno spazio"),
    pytest.param([("$.\ud800", 1)], [r'$["\ud800"]'], id="una chiave con mezzo surrogato"),
]

CODICI = [
    una(
        "$.organizzazioni[3]",
        {"codice": "coop", "denominazione": "Coop", "alias": []},
        "$.organizzazioni[3].codice",
    ),
    una("$.evidenze[1].codice", "e1"),
    una("$.evidenze[1].codice", ""),
    una("$.aderenti[0].organizzazione", "altra"),
    una(f"{P1}.referenti[0].organizzazione", "altra"),
    una(f"{P1}.referenti[0].distretto", "dfa"),
    una(f"{E1}.organizzazioni", ["comune", "altra", "coop"], f"{E1}.organizzazioni[1]"),
    una(f"{E1}.organizzazioni", ["comune", "coop", "coop"], f"{E1}.organizzazioni[2]"),
    una(f"{E1}.imputazioni[0].indicatore", "9.9"),
    una(f"{E1}.imputazioni[1].indicatore", "obb.1"),
    una("$.obbligatorie[1].codice", "obb.3"),
    una("$.obbligatorie[1].codice", "obb.02"),
    una("$.progettualita[1].numero", 3),
    una("$.progettualita[1].numero", True),
    una("$.progettualita[1].numero", 2.0),
    una("$.progettualita[1].numero", "2"),
    una(
        f"{P1}.classificazioni[1]",
        {"schema": "distretti-2025", "codice": "A0301"},
        f"{P1}.classificazioni[1].codice",
    ),
    piu("riga 1.4 dopo 1.2", [(f"{P1}.indicatori[2].codice", "1.4")], [f"{P1}.indicatori[2].codice"]),
    piu(
        "due periodi della stessa organizzazione che si toccano",
        [
            ("$.aderenti[0].al", "2025-03-31"),
            ("$.aderenti[2]", {"organizzazione": "comune", "dal": "2025-03-31", "al": None, "marchi": []}),
        ],
        ["$.aderenti[2].dal"],
    ),
    piu(
        "due periodi aperti della stessa organizzazione",
        [
            ("$.aderenti[2]", {"organizzazione": "comune", "dal": "2020-01-01", "al": None, "marchi": []}),
        ],
        ["$.aderenti[0].dal"],
    ),
]

NON_PERCENTUALI: list[Any] = [
    "0",
    "0.0",
    "0/3",
    "-20",
    "+20",
    "20%",
    "2e1",
    "020",
    "00",
    ".5",
    "5.",
    "1.5/2",
    "100/0",
    "1/03",
    "100.01",
    "301/3",
    "",
    " 20",
    "20 ",
    "20\n",
    "٢٠",
    "1_0",
    "20,5",
    "NaN",
    "inf",
    "1" * 201,
    "0." + "0" * 5000 + "1",
    20,
    20.5,
    True,
    None,
    [],
    {},
]
NUMERI = [una(f"{REGOLA}.percentuale", valore) for valore in NON_PERCENTUALI] + [
    una(f"{REGOLA}.massimo", "101"),
    una(f"{REGOLA}.massimo", None),
    una(f"{RIGA}.peso", "0"),
    una(f"{RIGA}.peso", 1),
    una("$.progettualita[1].peso", "-1"),
    una(f"{REGOLA}.obiettivo", 0),
    una(f"{REGOLA}.obiettivo", "3"),
    una(f"{REGOLA}.obiettivo", True),
    una(f"{REGOLA}.obiettivo", 3.0),
    una(f"{REGOLA}.obiettivo", 10**30),
    una("$.obbligatorie[3].regola.ore_previste", "0"),
    una("$.obbligatorie[3].regola.soglia", "100.5"),
]

REGOLE = [
    una(REGOLA, []),
    una(REGOLA, "20% per ogni post"),
    una(f"{REGOLA}.tipo", "a_occhio"),
    una(f"{REGOLA}.tipo", None),
    una(f"{REGOLA}.evidenze", []),
    una(f"{REGOLA}.evidenze", ["tweet"], f"{REGOLA}.evidenze[0]"),
    una(f"{REGOLA}.evidenze", ["post", "post"], f"{REGOLA}.evidenze[1]"),
    una(f"{REGOLA}.presenze", ["chiunque"], f"{REGOLA}.presenze[0]"),
    una(f"{REGOLA}.campi", ["titolo"], f"{REGOLA}.campi[0]"),
    una(f"{REGOLA}.campi", ["persone|"], f"{REGOLA}.campi[0]"),
    una(f"{REGOLA}.campi", ["persone|persone"], f"{REGOLA}.campi[0]"),
    una(f"{REGOLA}.campi", ["url", "url"], f"{REGOLA}.campi[1]"),
    una(f"{REGOLA}.campi", "url"),
    una("$.obbligatorie[1].regola.distinti", "persona"),
    una("$.obbligatorie[2].regola.parti[1].nome", "piano editoriale"),
    una("$.obbligatorie[2].regola.parti[1].nome", " "),
    una("$.obbligatorie[2].regola.parti[1].percentuale", "50.5", "$.obbligatorie[2].regola.parti"),
    una("$.obbligatorie[2].regola.tutte", "sì"),
    una("$.obbligatorie[3].regola.lettura", "a occhio"),
    una(TERZA, {"tipo": "composta", "parti": [], "evidenze": ["post"]}, f"{TERZA}.parti"),
    una(TERZA, {"tipo": "fasce", "fasce": [], "evidenze": ["post"]}, f"{TERZA}.fasce"),
    una(
        TERZA,
        {
            "tipo": "fasce",
            "fasce": [{"da": 2, "percentuale": "40"}, {"da": 2, "percentuale": "50"}],
            "evidenze": ["post"],
        },
        f"{TERZA}.fasce[1].da",
    ),
    una(
        TERZA,
        {
            "tipo": "fasce",
            "fasce": [{"da": 2, "percentuale": "40"}, {"da": 3, "percentuale": "40"}],
            "evidenze": ["post"],
        },
        f"{TERZA}.fasce[1].percentuale",
    ),
    una(
        TERZA,
        {"tipo": "fasce", "fasce": [{"da": 0, "percentuale": "40"}], "evidenze": ["post"]},
        f"{TERZA}.fasce[0].da",
    ),
    una(TERZA, {"tipo": "manuale"}, f"{TERZA}.assegnata"),
    una(TERZA, {"tipo": "manuale", "assegnata": "80"}, f"{TERZA}.motivazione"),
    una(TERZA, {"tipo": "manuale", "assegnata": "80", "motivazione": " "}, f"{TERZA}.motivazione"),
    una(TERZA, {"tipo": "manuale", "assegnata": "100.1", "motivazione": "a"}, f"{TERZA}.assegnata"),
]

M0, M1 = f"{E1}.imputazioni[0]", f"{E1}.imputazioni[1]"
M4, M5, M7 = "$.evidenze[3].imputazioni[0]", f"{E5}.imputazioni[0]", f"{E7}.imputazioni[0]"

MISURE = [
    una(f"{M7}.misura", {}),
    una(f"{M7}.misura", []),
    una(f"{M7}.misura", 2),
    una(f"{M7}.misura.unita", 0),
    una(f"{M7}.misura.unita", True),
    una(f"{M7}.misura.unita", 2.0),
    una(f"{M7}.misura.unita", "2"),
    una(f"{M7}.misura.unita", 2**31),
    una(f"{M7}.misura.ore", "2"),
    piu(
        "la chiave di un'altra forma",
        [(f"{M7}.misura", {"ore": "2"}), (f"{M7}.misura_riconosciuta", TOGLI)],
        [f"{M7}.misura.unita", f"{M7}.misura.ore"],
    ),
    una(f"{M0}.misura", {"unita": 2}, f"{M0}.misura.unita"),
    una(f"{M1}.misura", {"organizzazioni": []}, f"{M1}.misura.organizzazioni"),
    una(f"{M1}.misura", {"organizzazioni": ["coop", "scuola"]}, f"{M1}.misura.organizzazioni[1]"),
    una(f"{M1}.misura", {"organizzazioni": ["coop", "coop"]}, f"{M1}.misura.organizzazioni[1]"),
    una(f"{M4}.misura", {"parti": []}, f"{M4}.misura.parti"),
    una(f"{M4}.misura", {"parti": ["sito"]}, f"{M4}.misura.parti[0]"),
    una(f"{M5}.misura.ore", 6),
    una(f"{M5}.misura.ore", "0"),
    una(f"{M5}.misura_riconosciuta.ore", "6.5", f"{M5}.misura_riconosciuta"),
    una(f"{M5}.misura_riconosciuta", {}),
    una(f"{M5}.misura", None, f"{M5}.misura_riconosciuta"),
    una(f"{M5}.motivazione", TOGLI),
    una(f"{M5}.motivazione", "  "),
    una(f"{M5}.motivazione", 3),
    piu(
        "misura riconosciuta senza accoglimento",
        [(f"{M5}.stato", "in_attesa")],
        [f"{M5}.misura_riconosciuta"],
    ),
    piu("respinta senza motivazione", [(f"{M0}.stato", "respinta")], [f"{M0}.motivazione"]),
    una("$.evidenze[9].imputazioni[0].misura", {"unita": 1}),
    piu(
        "misura su una riga senza regola",
        [
            (
                "$.evidenze[9].imputazioni[0]",
                {"indicatore": "1.3", "stato": "in_attesa", "misura": {"unita": 1}},
            )
        ],
        ["$.evidenze[9].imputazioni[0].misura"],
    ),
    piu(
        "pianificata e già accolta",
        [("$.evidenze[9].imputazioni[0].stato", "accolta")],
        ["$.evidenze[9].imputazioni[0].stato"],
    ),
    piu(
        "organizzazioni riconosciute più di quelle dichiarate",
        [
            (f"{M1}.stato", "accolta"),
            (f"{M1}.misura", {"organizzazioni": ["coop"]}),
            (f"{M1}.misura_riconosciuta", {"organizzazioni": ["comune"]}),
        ],
        [f"{M1}.misura_riconosciuta"],
    ),
    piu(
        "riconosciuta in parte rispetto alle organizzazioni dell'evidenza, senza motivazione",
        [(f"{M1}.stato", "accolta"), (f"{M1}.misura_riconosciuta", {"organizzazioni": ["comune"]})],
        [f"{M1}.motivazione"],
    ),
]

ALLEGATO = {"nome": "foto.png", "tipo": "image/png", "dimensione": 10, "sha256": "a" * 64}
PROGETTO = {"titolo": "x", "azioni": "y", "indicatori_testo": ["z"], "percentuali": "100%"}
RIGA_LIBERA = {"codice": "a", "testo": "", "testo_regola": "", "regola": None}


def progetto(**campi: Any) -> list[tuple[str, Any]]:
    """The example with a project outside the programme."""
    return [("$.evidenze[7].tipo", "progetto_fuori_programma"), ("$.evidenze[7].progetto", campi)]


PROGETTI = [
    piu(
        "progetto con chiave intrusa", progetto(organizzazioni="x"), ["$.evidenze[7].progetto.organizzazioni"]
    ),
    piu("indicatori come testo", progetto(indicatori="x"), ["$.evidenze[7].progetto.indicatori"]),
    piu(
        "righe del progetto con lo stesso codice",
        progetto(indicatori=[RIGA_LIBERA, RIGA_LIBERA]),
        ["$.evidenze[7].progetto.indicatori[1].codice"],
    ),
    piu(
        "riga del progetto con una regola sbagliata",
        progetto(indicatori=[RIGA_LIBERA | {"regola": {"tipo": "a_occhio"}}]),
        ["$.evidenze[7].progetto.indicatori[0].regola.tipo"],
    ),
    piu(
        "referente del progetto sconosciuto",
        progetto(referenti=[{"testo": "x", "organizzazione": "mai-vista"}]),
        ["$.evidenze[7].progetto.referenti[0].organizzazione"],
    ),
    piu(
        "classificazione del progetto ripetuta",
        progetto(classificazioni=[{"schema": "s", "codice": "1"}] * 2),
        ["$.evidenze[7].progetto.classificazioni[1].codice"],
    ),
]


@pytest.mark.parametrize(("cambi", "attesi"), PROGETTI)
def test_un_progetto_fuori_programma_ha_i_campi_di_una_progettualita(
    cambi: list[tuple[str, Any]], attesi: list[str]
) -> None:
    assert percorsi(cambia(esempio(), *cambi)) == attesi


ALTRE = [
    una(f"{E1}.allegati", 1),
    una(f"{E1}.allegati", [{**ALLEGATO, "sha256": "A" * 64}], f"{E1}.allegati[0].sha256"),
    una(f"{E1}.allegati", [{**ALLEGATO, "dimensione": -1}], f"{E1}.allegati[0].dimensione"),
    una(f"{E1}.allegati", [{**ALLEGATO, "nome": ""}], f"{E1}.allegati[0].nome"),
    una(f"{E1}.progetto", PROGETTO),
    piu(
        "progetto nullo",
        [("$.evidenze[7].tipo", "progetto_fuori_programma"), ("$.evidenze[7].progetto", None)],
        ["$.evidenze[7].progetto"],
    ),
    una("$.fonte", {"ente": "a", "atto": "b", "numero": "c"}, "$.fonte.data"),
    una("$.fonte", None),
    una("$.dati", {"anno_nascita": "2022"}, "$.dati.anno_nascita"),
    una("$.attori", [{"ruolo": "sindaco"}], "$.attori[0].ruolo"),
    una("$.canali", [{"tipo": "tiktok", "valore": "x"}], "$.canali[0].tipo"),
    una("$.atti", [{"codice": "a", "tipo": "legge", "ente": "b"}] * 2, "$.atti[1].codice"),
    una("$.passaggi", [{"azione": "rinvio", "il": "2025-01-01"}], "$.passaggi[0].nota"),
    una("$.passaggi", [{"azione": "approvazione", "il": "2025-01-01"}], "$.passaggi[0].atto"),
    una("$.passaggi", [{"azione": "trasmissione", "il": "2025-01-01", "atto": "x"}], "$.passaggi[0].atto"),
    una(
        "$.passaggi",
        [{"azione": "trasmissione", "il": g} for g in ("2025-02-01", "2025-01-01")],
        "$.passaggi[1].il",
    ),
    una("$.forma", "completa"),
    una("$.forma", None),
]


@pytest.mark.parametrize(
    ("cambi", "attesi"), [*TIPI_SBAGLIATI, *DATE, *CHIAVI, *CODICI, *NUMERI, *REGOLE, *MISURE, *ALTRE]
)
def test_rifiutata_con_il_percorso_esatto(cambi: list[tuple[str, Any]], attesi: list[str]) -> None:
    assert percorsi(cambia(esempio(), *cambi)) == attesi


PUBBLICA = [
    una(f"{E1}.titolo", "Avvio dell'anno"),
    una(f"{E1}.argomento", False),
    una(f"{E1}.luogo", "Pergine"),
    una(f"{E1}.persone", ["Tizio"]),
    una(f"{E1}.persone", -1),
    una(f"{E1}.allegati", []),
    una(f"{E1}.progetto", PROGETTO),
    una(f"{M0}.motivazione", "perché"),
    una("$.passaggi", [{"azione": "trasmissione", "il": "2025-01-01", "nota": "x"}], "$.passaggi[0].nota"),
    una("$.attori", [{"ruolo": "manager", "telefono": "0461"}], "$.attori[0].telefono"),
    una(TERZA, {"tipo": "manuale", "assegnata": "80", "motivazione": "a"}, f"{TERZA}.motivazione"),
]


@pytest.mark.parametrize(("cambi", "attesi"), PUBBLICA)
def test_nella_forma_pubblica_quello_che_e_personale_e_rifiutato(
    cambi: list[tuple[str, Any]], attesi: list[str]
) -> None:
    assert percorsi(cambia(forma_pubblica(esempio()), *cambi)) == attesi


def test_nella_forma_pubblica_la_motivazione_non_serve() -> None:
    pubblica = forma_pubblica(
        cambia(
            esempio(),
            (f"{P1}.indicatori[2].regola", {"tipo": "manuale", "assegnata": "80", "motivazione": "a"}),
        )
    )
    assert "motivazione" not in str(pubblica)
    assert leggi_scheda(pubblica).pubblica


@pytest.mark.parametrize("documento", [None, [], "testo", 3, True, 1.5], ids=repr)
def test_un_documento_che_non_e_un_oggetto(documento: Any) -> None:
    assert percorsi(documento) == ["$"]


def test_un_oggetto_vuoto_dice_tutte_le_chiavi_che_mancano() -> None:
    assert sorted(percorsi({})) == sorted(
        f"$.{chiave}"
        for chiave in [
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


def test_tutti_gli_errori_insieme() -> None:
    rotto = cambia(
        esempio(),
        ("$.dal", "ieri"),
        (f"{REGOLA}.percentuale", "120"),
        ("$.obbligatorie[3].regola.soglia", "x"),
        (f"{E1}.imputazioni[0].indicatore", "7.7"),
        ("$.evidenze[3].imputazioni[0].misura", {"parti": ["sito"]}),
        ("$.evidenze[1].extra", 1),
    )
    assert sorted(percorsi(rotto)) == sorted(
        [
            "$.dal",
            f"{REGOLA}.percentuale",
            "$.obbligatorie[3].regola.soglia",
            f"{E1}.imputazioni[0].indicatore",
            "$.evidenze[3].imputazioni[0].misura.parti[0]",
            "$.evidenze[1].extra",
        ]
    )


def test_i_messaggi_sono_in_italiano_e_non_ripetono_testi_interi() -> None:
    with pytest.raises(SchedaNonValida) as colto:
        leggi_scheda(cambia(esempio(), ("$.riuso", "x" * 100_000), (f"{REGOLA}.percentuale", "9" * 100_000)))
    for errore in colto.value.errori:
        assert len(str(errore)) < 300
    assert "non è ammesso: i valori sono ammesso, una_volta_per_azione, una_volta" in str(colto.value)


def test_nella_forma_pubblica_un_rinvio_non_ha_bisogno_della_nota() -> None:
    leggi_scheda(
        cambia(forma_pubblica(esempio()), ("$.passaggi", [{"azione": "rinvio", "il": "2025-01-01"}]))
    )


def test_null_non_e_una_misura_riconosciuta() -> None:
    assert percorsi(cambia(esempio(), (f"{M0}.misura_riconosciuta", None))) == [f"{M0}.misura_riconosciuta"]


def test_una_motivazione_senza_percentuale_assegnata() -> None:
    regola = {"tipo": "manuale", "assegnata": None, "motivazione": "perché"}
    assert percorsi(cambia(esempio(), (TERZA, regola))) == [f"{TERZA}.motivazione"]
    leggi_scheda(cambia(esempio(), (TERZA, regola | {"motivazione": ""})))


def test_due_righe_con_lo_stesso_codice_sono_un_errore_solo() -> None:
    """What may be said of the measures on that code depends on which line is meant: nothing is said."""
    seconda = "$.progettualita[0].indicatori[1].codice"
    assert percorsi(cambia(esempio(), (seconda, "1.1"))) == [seconda]


MESSAGGI = [
    (f"{E7}.imputazioni[0].misura.unita", 2.0, "deve essere scritto senza decimali"),
    ("$.progettualita[0].numero", 1.0, "deve essere scritto senza decimali"),
    ("$.progettualita[0].numero", 1.5, "deve essere un numero intero, non un numero"),
    (f"{REGOLA}.percentuale", "1" * 201, "il numero è scritto con più di 200 caratteri"),
    ("$.obbligatorie[0].peso", "0." + "3" * 300, "il numero è scritto con più di 200 caratteri"),
    (
        "$.distretto.tipo",
        "marino",
        "«marino» non è ammesso: i valori sono territoriale, tematico, family_audit",
    ),
]


@pytest.mark.parametrize(("percorso", "valore", "messaggio"), MESSAGGI)
def test_il_messaggio_dice_il_vero(percorso: str, valore: Any, messaggio: str) -> None:
    with pytest.raises(SchedaNonValida) as colto:
        leggi_scheda(cambia(esempio(), (percorso, valore)))
    assert f"{percorso}: {messaggio}" in [str(errore) for errore in colto.value.errori]
