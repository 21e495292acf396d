"""``importa``: ogni rifiuto ha il suo percorso, esce con stato 2 e non lascia scritto niente."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from distretti.models import Autorita, Distretto
from programmi.models import Programma
from programmi.services import trascrizione
from tests.scheda.ingressi import Documento, Porta, con, esempio, reale, senza_programmi
from valutazione.scheda.pubblica import forma_pubblica

LUNGO = "x" * 400


def _voce(*passi: str | int) -> Callable[[Documento], Any]:
    def trova(documento: Documento) -> Any:
        dato: Any = documento
        for passo in passi:
            dato = dato[passo]
        return dato

    return trova


def _aggiorna(*passi: str | int, **valori: Any) -> Callable[[Documento], object]:
    return lambda documento: _voce(*passi)(documento).update(valori)


def _rinomina(vecchio: str, nuovo: str) -> Callable[[Documento], object]:
    """Another code for an organisation, wherever it is."""

    def cambia(documento: Documento) -> None:
        for voce in documento["organizzazioni"]:
            voce["codice"] = nuovo if voce["codice"] == vecchio else voce["codice"]
        for voce in (
            *documento["aderenti"],
            *(r for p in documento["progettualita"] for r in p["referenti"]),
        ):
            if voce.get("organizzazione") == vecchio:
                voce["organizzazione"] = nuovo
        for voce in documento["evidenze"]:
            if "organizzazioni" in voce:
                voce["organizzazioni"] = [nuovo if c == vecchio else c for c in voce["organizzazioni"]]

    return cambia


CODICE = "Il codice può contenere solo lettere senza accenti, cifre, trattini, punti e trattini bassi."
SEGMENTO = (
    "Il codice non può contenere barre né caratteri di controllo, né cominciare o finire con uno spazio."
)

RIFIUTI: dict[str, tuple[Callable[[Documento], object], str]] = {
    "autorità sconosciuta": (
        _aggiorna(autorita="regione-x"),
        "$.autorita: l'autorità «regione-x» non esiste",
    ),
    "marchio sconosciuto": (
        _aggiorna("aderenti", 1, marchi=["verde"]),
        "$.aderenti[1].marchi[0]: il marchio «verde» non esiste",
    ),
    "classificazione sconosciuta": (
        _aggiorna("progettualita", 0, "classificazioni", 0, codice="Z9999"),
        "$.progettualita[0].classificazioni[0].codice: il codice «Z9999» non esiste nello schema"
        " «distretti-2025»",
    ),
    "schema sconosciuto": (
        _aggiorna("progettualita", 0, "classificazioni", 0, schema="altro"),
        "$.progettualita[0].classificazioni[0].codice: il codice «A0301» non esiste nello schema «altro»",
    ),
    "distretto referente che non può essere un indirizzo": (
        _aggiorna("progettualita", 1, referenti=[{"testo": "Altro distretto", "distretto": "un altro"}]),
        f"$.progettualita[1].referenti[0].distretto: {CODICE}",
    ),
    "classificazione sconosciuta in un progetto": (
        _aggiorna(
            "evidenze",
            0,
            tipo="progetto_fuori_programma",
            progetto={"classificazioni": [{"schema": "distretti-2025", "codice": "Z9999"}]},
        ),
        "$.evidenze[0].progetto.classificazioni[0].codice: il codice «Z9999» non esiste nello schema",
    ),
    "tipo di distretto inventato": (
        _aggiorna("distretto", tipo="marino"),
        "$.distretto.tipo: «marino» non è ammesso: i valori sono territoriale, tematico, family_audit",
    ),
    "codice del distretto che non può essere un indirizzo": (
        _aggiorna("distretto", codice="un distretto/2025"),
        f"$.distretto.codice: {CODICE}",
    ),
    "codice di un'organizzazione che non può essere un indirizzo": (
        _rinomina("coop", "../coop"),
        f"$.organizzazioni[1].codice: {SEGMENTO}",
    ),
    "codice di un'organizzazione che gli indirizzi mangiano": (
        _rinomina("coop", ".."),
        f"$.organizzazioni[1].codice: {SEGMENTO}",
    ),
    "codice di un'organizzazione con uno spazio in fondo": (
        _rinomina("coop", "coop "),
        f"$.organizzazioni[1].codice: {SEGMENTO}",
    ),
    "codice di un'organizzazione su due righe": (
        _rinomina("coop", "co\nop"),
        f"$.organizzazioni[1].codice: {SEGMENTO}",
    ),
    "codice di un atto che non può essere un indirizzo": (
        _aggiorna(atti=[{"codice": "delibera n. 1", "tipo": "altro", "ente": "Comune"}]),
        f"$.atti[0].codice: {CODICE}",
    ),
    "approvazione senza trasmissione": (
        _aggiorna(
            atti=[{"codice": "d1", "tipo": "determinazione", "ente": "Provincia"}],
            passaggi=[{"azione": "approvazione", "il": "2025-06-19", "atto": "d1"}],
        ),
        "$.passaggi[0].azione: «approvazione» non può seguire: a questo punto il programma è bozza",
    ),
    "testo più lungo di quanto si conserva": (
        _aggiorna("progettualita", 0, titolo=LUNGO),
        "$.progettualita[0].titolo: Assicurati che questo valore non contenga più di 300 caratteri",
    ),
    "titolo di un'evidenza troppo lungo": (
        _aggiorna("evidenze", 4, titolo=LUNGO * 2),
        "$.evidenze[4].titolo: Assicurati che questo valore non contenga più di 500 caratteri",
    ),
    "altro nome troppo lungo": (
        _aggiorna("organizzazioni", 1, alias=[LUNGO]),
        "$.organizzazioni[1].alias[0]: Assicurati che questo valore non contenga più di 250 caratteri",
    ),
    "posta elettronica troppo lunga": (
        _aggiorna(attori=[{"ruolo": "manager", "mail": LUNGO}]),
        "$.attori[0].mail: Assicurati che questo valore non contenga più di 254 caratteri",
    ),
    "forma di regola sconosciuta": (
        _aggiorna("obbligatorie", 0, "regola", tipo="a_piacere"),
        "$.obbligatorie[0].regola.tipo: ",
    ),
    "percentuale oltre cento": (
        _aggiorna("obbligatorie", 0, "regola", percentuale="120"),
        "$.obbligatorie[0].regola.percentuale: ",
    ),
    "adesioni sovrapposte": (
        lambda s: s["aderenti"].append({**s["aderenti"][0], "dal": "2024-01-01"}),
        "$.aderenti[2].dal: ",
    ),
}


@pytest.mark.parametrize("caso", RIFIUTI)
def test_una_scheda_che_non_va(porta: Porta, caso: str) -> None:
    cambia, atteso = RIFIUTI[caso]
    errori = porta.rifiuta(con(esempio(), cambia))
    assert len(errori) == 1, errori
    assert errori[0].startswith(f"scheda-1.json: {atteso}")


def test_tutti_gli_errori_di_tutti_i_file_insieme(porta: Porta) -> None:
    uno = con(esempio(), _aggiorna("distretto", codice="un distretto"))
    uno["evidenze"][0]["titolo"] = LUNGO * 2
    due = con(reale(), lambda s: s.pop("dal"))
    errori = porta.rifiuta(uno, due, "non è JSON", esempio())
    assert [errore.split(":")[:2] for errore in errori] == [
        ["scheda-1.json", " $.distretto.codice"],
        ["scheda-1.json", " $.evidenze[0].titolo"],
        ["scheda-2.json", " $.dal"],
        ["scheda-3.json", " $"],
    ]


def test_uno_sbaglio_di_ogni_specie_e_detto_in_una_volta_sola(porta: Porta) -> None:
    """Unknown authority, marks and codes, bad codes, texts too long: nothing hides anything else."""
    sbagliata = con(esempio(), _rinomina("coop", "co/op"))
    sbagliata["autorita"] = "regione-x"
    sbagliata["distretto"]["codice"] = "un distretto"
    sbagliata["aderenti"][1]["marchi"] = ["verde"]
    sbagliata["atti"] = [{"codice": "delibera n. 1", "tipo": "altro", "ente": "Comune"}]
    sbagliata["passaggi"] = [{"azione": "approvazione", "il": "2025-06-19", "atto": "delibera n. 1"}]
    sbagliata["progettualita"][0]["titolo"] = LUNGO
    sbagliata["progettualita"][0]["classificazioni"][0]["codice"] = "Z9999"
    sbagliata["progettualita"][1]["referenti"] = [{"testo": "x", "distretto": "a/b"}]
    sbagliata["evidenze"][0] |= {
        "titolo": LUNGO * 2,
        "tipo": "progetto_fuori_programma",
        "progetto": {"classificazioni": [{"schema": "x", "codice": "y"}]},
    }
    assert sorted(errore.split(": ")[1] for errore in porta.rifiuta(sbagliata)) == sorted(
        [
            "$.autorita",
            "$.distretto.codice",
            "$.organizzazioni[1].codice",
            "$.aderenti[1].marchi[0]",
            "$.atti[0].codice",
            "$.passaggi[0].azione",
            "$.progettualita[0].titolo",
            "$.progettualita[0].classificazioni[0].codice",
            "$.progettualita[1].referenti[0].distretto",
            "$.evidenze[0].progetto.classificazioni[0].codice",
            "$.evidenze[0].titolo",
        ]
    )


def test_i_codici_si_controllano_anche_in_una_scheda_sbagliata(porta: Porta) -> None:
    """Errors of format do not hide the codes that do not exist."""
    sbagliata = con(esempio(), _aggiorna("distretto", tipo="marino"))
    sbagliata["autorita"] = "regione-x"
    sbagliata["aderenti"][0] = "non un aderente"
    sbagliata["aderenti"][1]["marchi"] = [1, "verde"]
    sbagliata["progettualita"][0]["classificazioni"] = [{"schema": 3}, {"schema": "x", "codice": "y"}]
    assert [errore.split(": ")[1] for errore in porta.rifiuta(sbagliata)] == [
        "$.progettualita[0].classificazioni[0].codice",
        "$.progettualita[0].classificazioni[0].schema",
        "$.distretto.tipo",
        "$.aderenti[0]",
        "$.aderenti[1].marchi[0]",
        "$.autorita",
        "$.aderenti[1].marchi[1]",
        "$.progettualita[0].classificazioni[1].codice",
    ]
    assert porta.rifiuta(con(esempio(), _aggiorna(aderenti=3, progettualita=None)))


def test_un_distretto_di_un_altra_autorita(porta: Porta) -> None:
    Autorita.objects.create(codice="altra", denominazione="Altra autorità")
    senza_programmi()
    errori = porta.rifiuta(con(reale(), _aggiorna(autorita="altra")))
    assert "scheda-1.json: $.autorita: il distretto «dfa-alta-valsugana» è di un'altra autorità" in errori


def test_il_database_si_rifiuta_in_italiano(porta: Porta, monkeypatch: pytest.MonkeyPatch) -> None:
    """Should a constraint know something that no check knows, its own words are told."""

    def alla_rovescia(scheda: Documento, programma: Programma) -> None:
        trascrivi_dati(scheda, programma)
        programma.al = programma.dal.replace(year=2024)

    trascrivi_dati = trascrizione._trascrivi_dati
    monkeypatch.setattr(trascrizione, "_trascrivi_dati", alla_rovescia)
    assert porta.rifiuta(esempio()) == [
        "scheda-1.json: $: il database non ammette questi dati:"
        " L'esercizio non può finire prima di cominciare."
    ]


def test_il_file_buono_non_entra_se_un_altro_non_va(porta: Porta) -> None:
    errori = porta.rifiuta(esempio(), con(esempio(), _aggiorna(autorita="regione-x", dal="2024-01-01")))
    assert all(errore.startswith("scheda-2.json: ") for errore in errori)
    assert not Distretto.objects.filter(codice="esempio").exists()


def test_la_forma_pubblica_non_si_importa(porta: Porta) -> None:
    assert porta.rifiuta(forma_pubblica(esempio()))[0].startswith(
        "scheda-1.json: $.forma: la forma pubblica non contiene tutti i dati"
    )


@pytest.mark.parametrize(
    ("contenuto", "messaggio"),
    [
        ("", "$: non è JSON valido (riga 1, colonna 1)"),
        ("[]", "$: il documento deve essere un oggetto JSON"),
        ('{"formato": 1, "formato": 1}', "$.formato: chiave ripetuta"),
    ],
)
def test_un_file_che_non_e_una_scheda(porta: Porta, contenuto: str, messaggio: str) -> None:
    assert f"scheda-1.json: {messaggio}" in porta.rifiuta(contenuto)


def test_un_file_che_non_esiste(porta: Porta) -> None:
    with pytest.raises(CommandError, match=r"non-c-e\.json: \$: il file non esiste") as rifiuto:
        call_command("importa", str(porta.cartella / "non-c-e.json"))
    assert rifiuto.value.returncode == 2
