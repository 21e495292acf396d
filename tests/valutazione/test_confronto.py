"""Il confronto di due promesse: tutto ciò che cambia, e soltanto quello, in parole."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.kernel.costruzione import Json
from tests.kernel.strategie import schede
from tests.scheda.ingressi import con, reale
from tests.scheda.modifiche import cambia
from valutazione.confronto import Differenza, Genere, Parole, confronta, per_parti, segna
from valutazione.confronto.effetto import effetto
from valutazione.confronto.tratti import paragrafi
from valutazione.scheda.differenze import differenze

_QUARTA = "$.progettualita[3].indicatori[1]"
_LENTE = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


def _frasi(prima: Json, dopo: Json) -> list[str]:
    return [differenza.frase for differenza in confronta(prima, dopo)]


def _numera(documento: Json) -> None:
    for numero, voce in enumerate(documento["progettualita"], start=1):
        voce["numero"] = numero
        for posto, riga in enumerate(voce["indicatori"], start=1):
            riga["codice"] = f"{numero}.{posto}"


def test_due_documenti_uguali_non_hanno_differenze() -> None:
    assert confronta(reale(), reale()) == []
    assert confronta(reale(), reale() | {"evidenze": [{"codice": "e1"}], "dimostrazione": True}) == []


def test_la_regola_che_cambia_e_detta_in_italiano() -> None:
    dopo = cambia(
        reale(),
        (f"{_QUARTA}.regola.percentuale", "25"),
        (f"{_QUARTA}.testo_regola", "25% per ogni mail/post"),
    )
    assert _frasi(reale(), dopo) == [
        "Progettualità 4, riga 4.2: regola: 50% per ogni post o mail, fino al 100% → "
        "25% per ogni post o mail, fino al 100%",
        "Progettualità 4, riga 4.2: percentuale scritta nell'atto: 50% per ogni mail/post → "
        "25% per ogni mail/post",
    ]


def test_togliere_una_progettualita_non_fa_sembrare_cambiate_le_altre() -> None:
    def togli(documento: Json) -> None:
        del documento["progettualita"][1]
        _numera(documento)

    trovate = confronta(reale(), con(reale(), togli))
    assert [(d.genere, d.dove) for d in trovate] == [
        (Genere.SPOSTATA, "Progettualità, numerazione"),
        (Genere.TOLTA, "Progettualità 2, tolta"),
    ]
    assert trovate[0].nota.startswith("la 3 è ora la 2; la 4 è ora la 3")


def test_chi_cambia_titolo_e_numero_si_riconosce_da_cio_che_dice() -> None:
    def riscrivi(documento: Json) -> None:
        documento["progettualita"][3]["titolo"] = "Titolo del tutto nuovo"
        documento["progettualita"].insert(0, documento["progettualita"].pop(3))
        _numera(documento)

    (titolo,) = [d for d in confronta(reale(), con(reale(), riscrivi)) if d.voce == "titolo"]
    assert (titolo.parte.nome, titolo.prima) == ("Progettualità 1", reale()["progettualita"][3]["titolo"])


def test_una_riga_tolta_rinumera_le_altre_e_basta() -> None:
    def togli(documento: Json) -> None:
        del documento["progettualita"][0]["indicatori"][0]
        _numera(documento)

    trovate = confronta(reale(), con(reale(), togli))
    assert [d.voce for d in trovate] == ["riga 1.1", "numerazione delle righe"]
    assert trovate[1].nota == "la 1.2 è ora la 1.1; la 1.3 è ora la 1.2"


def test_chi_entra_chi_esce_e_i_marchi() -> None:
    def cambia_aderenti(documento: Json) -> None:
        aderenti = documento["aderenti"]
        uscito = aderenti.pop()
        aderenti[0]["marchi"] = ["nuovo-marchio"]
        aderenti.append({"organizzazione": "nuova", "dal": "2025-02-01", "al": None, "marchi": []})
        organizzazioni = documento["organizzazioni"]
        organizzazioni[:] = [o for o in organizzazioni if o["codice"] != uscito["organizzazione"]]
        organizzazioni.append({"codice": "nuova", "denominazione": "Nuova S.r.l.", "alias": []})

    frasi = _frasi(reale(), con(reale(), cambia_aderenti))
    assert "Organizzazioni aderenti, entra: niente → Nuova S.r.l. (dal 1º febbraio 2025)" in frasi
    assert any("esce: DIAL FUNGHI" in frase for frase in frasi)
    assert any("marchio ottenuto: niente → nuovo-marchio" in frase for frase in frasi)


def test_la_premessa_si_confronta_a_paragrafi() -> None:
    premessa = reale()["premessa"].split("\n\n")
    dopo = [*premessa[:3], premessa[3] + " Una frase in più.", *premessa[5:], "Un paragrafo in fondo."]
    nuova = "\n\n".join(dopo)
    trovate = confronta(reale(), reale() | {"premessa": nuova})
    # Each of the four items of the list before them is a paragraph.
    assert [(d.voce, d.genere) for d in trovate] == [
        (f"paragrafo {len(paragrafi(nuova))}", Genere.AGGIUNTA),
        ("paragrafo 8 di prima", Genere.TOLTA),
        ("paragrafo 7", Genere.MODIFICATA),
    ]
    (solo_spazi,) = confronta(reale(), reale() | {"premessa": "\n\n\n".join(premessa)})
    assert "spazi" in solo_spazi.nota


def test_i_nomi_di_codici_e_marchi_vengono_da_chi_li_sa() -> None:
    dopo = cambia(reale(), ("$.progettualita[0].classificazioni[0].codice", "B0101"))
    parole = Parole(classificazioni={("distretti-2025", "B0101"): "Una voce"})
    (entrata,) = [d for d in confronta(reale(), dopo, parole) if d.genere == Genere.AGGIUNTA]
    assert entrata.dopo == "B0101 Una voce"


@pytest.mark.parametrize(
    ("chiave", "valore", "attesa"),
    [
        ("al", "2025-12-30", "Programma, ultimo giorno: 31 dicembre 2025 → 30 dicembre 2025"),
        ("richiede_contributo", False, "Programma, richiede contributo: sì → no"),
        ("riuso", "una_volta", "Programma, riuso delle evidenze: ammesso → una volta sola"),
        ("aderenti_al", "2025-04-01", "elenco aggiornato al: 31 marzo 2025 → 1º aprile 2025"),
    ],
)
def test_date_e_scelte_si_leggono(chiave: str, valore: Any, attesa: str) -> None:
    (frase,) = _frasi(reale(), reale() | {chiave: valore})
    assert frase.endswith(attesa)


def _foglie(dato: Any, percorso: str = "$") -> Iterator[tuple[str, Any]]:
    """Every value and every list of a document, with its path."""
    if isinstance(dato, dict):
        for chiave, voce in dato.items():
            yield from _foglie(voce, f"{percorso}.{chiave}")
    elif isinstance(dato, list):
        yield percorso, dato
        for indice, voce in enumerate(dato):
            yield from _foglie(voce, f"{percorso}[{indice}]")
    else:
        yield percorso, dato


FOGLIE = [(p, v) for p, v in _foglie(reale()) if not p.startswith(("$.evidenze", "$.formato"))]


def _guasta(valore: Any, come: int) -> Any:
    """Another value in place of this one."""
    if isinstance(valore, list):
        return valore[1:] if come % 2 else valore[::-1]
    if isinstance(valore, bool):
        return not valore
    if isinstance(valore, int):
        return valore + 1
    return f"{valore or ''} altro"


@settings(max_examples=80, deadline=None, suppress_health_check=_LENTE)
@given(st.sampled_from(FOGLIE), st.integers(0, 1))
def test_niente_cambia_in_silenzio(foglia: tuple[str, Any], come: int) -> None:
    """Qualunque chiave del documento vero cambi, il confronto la dice: quante il confronto dei dati."""
    percorso, valore = foglia
    # A code or a number that names other things is not changed alone in any document.
    if percorso.rsplit(".", 1)[-1] in {"numero", "organizzazione", "tipo", "ruolo", "azione"} or (
        percorso.endswith("codice") and "classificazioni" not in percorso
    ):
        return
    dopo = cambia(reale(), (percorso, _guasta(valore, come)))
    assert bool(confronta(reale(), dopo)) == bool(differenze(reale(), dopo)), percorso


def _specchio(differenza: Differenza) -> tuple[str, str, str]:
    return (str(differenza.genere), differenza.prima or "", differenza.dopo or "")


@settings(max_examples=25, deadline=None, suppress_health_check=_LENTE)
@given(schede(), schede())
def test_letto_al_contrario_prima_e_dopo_si_scambiano(prima: Json, dopo: Json) -> None:
    andata, ritorno = confronta(prima, dopo), confronta(dopo, prima)
    rovescio = sorted((str(d.genere.contrario), d.dopo or "", d.prima or "") for d in ritorno)
    assert sorted(map(_specchio, andata)) == rovescio
    senza = [documento | {"evidenze": []} for documento in (prima, dopo)]
    assert bool(andata) == bool(differenze(*senza))
    assert sum(len(gruppo) for _, gruppo in per_parti(andata)) == len(andata)
    oggi = copy.deepcopy(dopo)
    avanti, indietro = effetto(prima, dopo, oggi), effetto(dopo, prima, oggi)
    assert avanti is not None
    assert indietro is not None
    assert (avanti.programma.prima, avanti.programma.dopo) == (
        indietro.programma.dopo,
        indietro.programma.prima,
    )


@settings(max_examples=100, deadline=None)
@given(st.text("ab ,.\n", max_size=30), st.text("ab ,.\n", max_size=30))
def test_le_parole_segnate_ricompongono_i_testi(prima: str, dopo: str) -> None:
    tolte, messe = segna(prima, dopo)
    assert ("".join(pezzo for pezzo, _ in tolte), "".join(pezzo for pezzo, _ in messe)) == (prima, dopo)
    assert segna(dopo, prima) == (messe, tolte)
    assert any(cambiato for _, cambiato in [*tolte, *messe]) == (prima != dopo)


def test_si_segnano_le_parole_e_non_le_lettere() -> None:
    assert segna("50% per ogni post", "25% per ogni post") == (
        [("50", True), ("% per ogni post", False)],
        [("25", True), ("% per ogni post", False)],
    )


def test_le_evidenze_di_oggi_valgono_quanto_dice_ciascuna_promessa() -> None:
    post = {
        "codice": "e1",
        "tipo": "post",
        "data": "2025-05-05",
        "titolo": "Post",
        "imputazioni": [{"indicatore": "4.2", "stato": "accolta", "misura": {"unita": 2}}],
    }
    oggi = reale() | {"evidenze": [post]}
    dopo = cambia(reale(), (f"{_QUARTA}.regola.percentuale", "25"))
    trovato = effetto(reale(), dopo, oggi)
    assert trovato is not None
    assert trovato.righe["4.2"].frase == "con le evidenze di oggi la riga passa da 100,00% a 50,00%"
    assert trovato.azioni["P4"].celle == ("50,00%", "25,00%", "50,00%", "25,00%")
    assert trovato.righe["4.1"].frase == "con le evidenze di oggi la riga resta a 0,00%"
    assert [passa.nome for passa in trovato.cambiate] == [
        "Programma",
        "Progettualità",
        "Progettualità 4: SUPPORTO ALLA FRAGILITA' FAMILIARE",
        "Riga 4.2",
    ]


@pytest.mark.parametrize(
    ("regola", "atteso"),
    [
        (None, "non valutata"),
        ({"tipo": "unica", "percentuale": "80", "evidenze": ["post"]}, "80,00%"),
        ({"tipo": "quota_ore", "ore_previste": "2", "soglia": "50", "evidenze": ["post"]}, "0,00%"),
    ],
)
def test_una_misura_che_la_nuova_regola_non_legge_non_impedisce_il_confronto(
    regola: Json | None, atteso: str
) -> None:
    imputazione = {
        "indicatore": "4.2",
        "stato": "accolta",
        "misura": {"unita": 2},
        "misura_riconosciuta": {"unita": 1},
        "motivazione": "In parte.",
    }
    post = {
        "codice": "e1",
        "tipo": "post",
        "data": "2025-05-05",
        "titolo": "Post",
        "imputazioni": [imputazione],
    }
    trovato = effetto(reale(), cambia(reale(), (f"{_QUARTA}.regola", regola)), reale() | {"evidenze": [post]})
    assert trovato is not None
    assert trovato.righe["4.2"].celle[1] == atteso


def test_una_promessa_che_non_si_puo_valutare_non_ha_percentuali() -> None:
    guasta = cambia(reale(), (f"{_QUARTA}.regola.percentuale", "101"))
    assert effetto(reale(), guasta, reale()) is None
    assert any("4.2: regola" in frase for frase in _frasi(reale(), guasta))
