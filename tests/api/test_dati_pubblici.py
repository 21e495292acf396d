"""Chi non ha un ruolo non legge nulla di personale, in nessuna risposta: si percorre tutta l'interfaccia."""

from typing import Any

import pytest
from django.test import Client

from programmi.models import Programma
from tests.api.conftest import API, PROGRAMMA, SEGRETI, Pieno, leggi, valori

pytestmark = pytest.mark.django_db

RISERVATE = {
    "telefono",
    "persone",
    "allegati",
    "motivazione",
    "imputazioni",
    "dichiarato",
    "riconosciuto",
    "prospettico",
    "conteggiate",
    "scartate",
    "calcolo",
    "manca",
    "note",
    "registrata_da",
}
"""Keys that no answer to a person without a role has, whatever their value."""


@pytest.fixture(autouse=True)
def senza_limiti(settings: Any) -> None:
    """Everything is read, hundreds of addresses of it."""
    settings.DISTRETTI_API_LIMITE = settings.DISTRETTI_API_LIMITE_CREDENZIALI = 100_000


def percorri(client: Client) -> dict[str, Any]:
    """Every document that can be reached from the root by its addresses (the descriptions apart)."""
    descrizioni = ("openapi.json", "documentazione")
    radice = f"http://testserver{API}/"
    da_leggere, letti = [radice], {}
    while da_leggere:
        indirizzo = da_leggere.pop()
        letti[indirizzo] = leggi(client, indirizzo)
        nuovi = {v for v in valori(letti[indirizzo]) if isinstance(v, str) and v.startswith(radice)}
        da_leggere += [n for n in nuovi if n not in letti and n not in da_leggere and "schema" not in n]
        da_leggere = [n for n in da_leggere if not n.endswith(descrizioni)]
    return letti


def test_nessuna_risposta_contiene_un_segreto(senza_ruolo: Client, programma_pieno: Pieno) -> None:
    letti = percorri(senza_ruolo)
    assert f"http://testserver{PROGRAMMA}/scheda" in letti
    assert len(letti) > 25
    for indirizzo, documento in letti.items():
        for valore in valori(documento):
            assert not any(segreto in str(valore) for segreto in SEGRETI), (indirizzo, valore)
            assert valore not in RISERVATE or _parola_di_una_regola(documento, valore), (indirizzo, valore)


def _parola_di_una_regola(documento: Any, valore: Any) -> bool:
    """``"campi": ["persone"]`` in a rule is part of the promise: the name of a field, not its content."""
    return valore not in {chiave for oggetto in _oggetti(documento) for chiave in oggetto}


def _oggetti(dato: Any) -> list[dict[str, Any]]:
    if isinstance(dato, dict):
        return [dato, *(o for valore in dato.values() for o in _oggetti(valore))]
    if isinstance(dato, list):
        return [o for valore in dato for o in _oggetti(valore)]
    return []


def test_i_segreti_ci_sono_per_chi_ha_un_ruolo(con_ruolo: Client, programma_pieno: Pieno) -> None:
    """Prova della prova: se la scheda intera non li avesse, cercarli altrove non direbbe nulla."""
    letti = [str(valore) for valore in valori(leggi(con_ruolo, f"{PROGRAMMA}/scheda"))]
    for segreto in SEGRETI:
        assert any(segreto in valore for valore in letti), segreto


def test_chi_non_ha_un_ruolo_legge_cio_che_leggono_tutti(
    senza_ruolo: Client, programma_pieno: Pieno, bozza: Programma
) -> None:
    assert percorri(senza_ruolo) == percorri(Client())


def test_le_chiavi_della_promessa(senza_ruolo: Client, programma_pieno: Pieno) -> None:
    """Campo per campo: una chiave nuova nella scheda si pubblica solo scrivendola qui."""
    dati = leggi(senza_ruolo, f"{PROGRAMMA}/scheda")
    assert set(dati) <= {
        "formato", "forma", "dimostrazione", "autorita", "distretto", "dal", "al", "richiede_contributo",
        "riuso", "fonte", "titolo", "premessa", "dati", "attori", "canali", "atti", "passaggi",
        "organizzazioni", "aderenti_al", "aderenti", "testo_obbligatorie", "obbligatorie", "progettualita",
        "evidenze",
    }  # fmt: skip
    riga = {"codice", "sezione", "testo", "testo_regola", "testo_evidenze", "peso", "dal", "al", "regola"}
    ammesse: dict[str, set[str]] = {
        "attori": {"ruolo", "nome", "qualifica", "mail"},
        "canali": {"tipo", "etichetta", "valore"},
        "atti": {"codice", "tipo", "ente", "numero", "data", "oggetto", "riferimento"},
        "passaggi": {"azione", "il", "atto", "protocollo_mittente", "protocollo_ricevente", "nota"},
        "organizzazioni": {"codice", "denominazione", "alias", "natura"},
        "aderenti": {"organizzazione", "dal", "al", "marchi"},
        "obbligatorie": riga,
        "progettualita": {
            "numero", "tipo_azione", "ambito", "obiettivo_generale", "obiettivo_specifico", "titolo",
            "azioni", "referenti", "altre_organizzazioni", "tempi", "indicatori_testo", "classificazioni",
            "indicatori", "peso",
        },
    }  # fmt: skip
    for chiave, chiavi in ammesse.items():
        assert dati[chiave], chiave
        for voce in dati[chiave]:
            assert set(voce) <= chiavi, chiave
    assert all(set(r) <= riga for p in dati["progettualita"] for r in p["indicatori"])
    assert all(passaggio["nota"] == "" for passaggio in dati["passaggi"])
    regole = {
        "tipo", "percentuale", "evidenze", "massimo", "presenze", "campi", "entro", "obiettivo", "fasce",
        "distinti", "parti", "tutte", "ore_previste", "soglia", "lettura", "assegnata",
    }  # fmt: skip
    for regola in (o["regola"] for o in _oggetti(dati) if o.get("regola")):
        assert set(regola) <= regole
        assert regola.get("assegnata") is None
