"""``importa``: ogni rifiuto ha il suo percorso, esce con stato 2 e non lascia scritto niente."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from distretti.models import Atto, Distretto
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
    "distretto referente sconosciuto": (
        _aggiorna("progettualita", 1, referenti=[{"testo": "Altro distretto", "distretto": "ignoto"}]),
        "$.progettualita[1].referenti[0].distretto: il distretto «ignoto» non è nel registro",
    ),
    "tipo di distretto inventato": (
        _aggiorna("distretto", tipo="marino"),
        "$.distretto.tipo: Il valore 'marino' non è una scelta valida.",
    ),
    "codice del distretto che non può essere un indirizzo": (
        _aggiorna("distretto", codice="un distretto/2025"),
        f"$.distretto.codice: {CODICE}",
    ),
    "codice di un'organizzazione che non può essere un indirizzo": (
        _rinomina("coop", "../coop"),
        f"$.organizzazioni[1].codice: {CODICE}",
    ),
    "codice di un atto che non può essere un indirizzo": (
        _aggiorna(atti=[{"codice": "delibera n. 1", "tipo": "altro", "ente": "Comune"}]),
        f"$.atti[0].codice: {CODICE}",
    ),
    "organizzazione non richiamata": (
        lambda s: s["organizzazioni"].append({"codice": "sola", "denominazione": "SOLA", "alias": []}),
        "$.organizzazioni[3].codice: «sola» non è richiamata in nessun punto della scheda: va tolta",
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


def test_gli_aderenti_di_un_distretto_esistente_non_cambiano(porta: Porta) -> None:
    senza_programmi()
    diversa = con(reale(), lambda s: s["aderenti"].pop())
    diversa["organizzazioni"].pop()
    diversa["aderenti"][0]["dal"] = "2023-01-01"
    diversa["aderenti"][1]["marchi"].remove("family_audit")
    assert porta.rifiuta(diversa) == [
        "scheda-1.json: $.organizzazioni: nel database c'è anche «dial-funghi», nella scheda no",
        "scheda-1.json: $.aderenti[0]: nella scheda «cs4» (dal 2023-01-01), nel database no",
        'scheda-1.json: $.aderenti[1].marchi: nella scheda ["family_in_trentino"],'
        ' nel database ["family_audit", "family_in_trentino"]',
        "scheda-1.json: $.aderenti: nel database c'è anche «cs4» (dal 2022-07-15), nella scheda no",
        "scheda-1.json: $.aderenti: nel database c'è anche «dial-funghi» (dal 2022-12-16), nella scheda no",
    ]


def test_un_distretto_senza_aderenti_nel_registro_non_ne_riceve(porta: Porta) -> None:
    altrui = con(
        esempio(),
        lambda s: s["distretto"].update(
            codice="df-val-di-non", denominazione="Distretto famiglia Val di Non", tipo="territoriale"
        ),
    )
    errori = porta.rifiuta(altrui)
    assert "scheda-1.json: $.aderenti[0]: nella scheda «comune» (dal 2022-07-15), nel database no" in errori


def test_il_nome_e_il_tipo_di_un_distretto_esistente_non_cambiano(porta: Porta) -> None:
    senza_programmi()
    diversa = con(reale(), _aggiorna("distretto", denominazione="Altro nome", tipo="territoriale"))
    assert porta.rifiuta(diversa) == [
        "scheda-1.json: $.distretto.denominazione: nella scheda «Altro nome»,"
        " nel database «Distretto Family Audit Alta Valsugana»",
        "scheda-1.json: $.distretto.tipo: nella scheda «territoriale», nel database «family_audit»",
    ]


def test_un_atto_gia_noto_con_altri_dati(porta: Porta) -> None:
    senza_programmi()
    Atto.objects.create(
        codice="determinazione-6607-2025", tipo="determinazione", ente="Provincia", numero="1"
    )
    errori = porta.rifiuta(reale())
    assert "scheda-1.json: $.atti[6].numero: nella scheda «6607», nel database «1»" in errori
    assert all(errore.startswith("scheda-1.json: $.atti[6].") for errore in errori)


def test_un_file_che_non_esiste(porta: Porta) -> None:
    with pytest.raises(CommandError, match=r"non-c-e\.json: \$: il file non esiste") as rifiuto:
        call_command("importa", str(porta.cartella / "non-c-e.json"))
    assert rifiuto.value.returncode == 2
