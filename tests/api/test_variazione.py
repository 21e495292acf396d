"""Ciò che si legge di una variazione: per tutti niente fino all'atto, poi il programma cambiato."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from distretti.models import Utente
from programmi.models import Programma
from programmi.services import (
    DatiProgettualita,
    crea_progettualita,
    elimina_progettualita,
    salva_attori,
)
from tests.conftest import CODICE, Persone
from tests.programmi.variazioni import alla_firma, aperta, approvata

API = "/api/v1"
QUI = f"{API}/programmi/{CODICE}/2025"
SEGRETO = "Micologia applicata"


@pytest.fixture
def variazione(programma: Programma, persone: Persone) -> Programma:
    """Scritta, non ancora trasmessa: toglie la progettualità 9, ne aggiunge una, cambia il capofila."""
    bozza = aperta(programma, persone)
    elimina_progettualita(progettualita=bozza.progettualita.get(numero=9))
    crea_progettualita(programma=bozza, dati=DatiProgettualita(titolo=SEGRETO, azioni=SEGRETO))
    salva_attori(programma=bozza, attori=[{"ruolo": "capofila", "nome": SEGRETO}])
    return bozza


PORTE = (
    f"/programmi/{CODICE}/2025/",
    "/programmi/",
    f"/distretti/{CODICE}/",
    "/cerca/?q=micologia",
    QUI,
    f"{QUI}/scheda",
    f"{API}/programmi",
    f"{API}/progettualita?limit=100",
    f"{API}/progettualita?testo=micologia",
    f"{API}/progettualita?formato=csv",
    f"{API}/indicatori?limit=100",
    f"{API}/programmi?formato=csv",
    f"{API}/distretti/{CODICE}",
)


def _letture(client: Client) -> Iterator[tuple[str, str]]:
    for porta in PORTE:
        risposta = client.get(porta)
        assert risposta.status_code == 200, porta
        yield porta, risposta.getvalue().decode().replace("<mark>", "").replace("</mark>", "")


def _stabile(porta: str, corpo: str) -> str:
    """Le pagine portano un segno diverso a ogni richiesta: qui contano i dati."""
    return corpo if porta.startswith(API) else ""


def test_finche_non_e_approvata_nessuno_ne_sa_nulla(
    programma: Programma, variazione: Programma, persone: Persone, client: Client
) -> None:
    prima = {porta: _stabile(porta, corpo) for porta, corpo in _letture(client)}
    da = timezone.now().isoformat().replace("+00:00", "Z")
    for indirizzo in (f"{QUI}-v1", f"{QUI}-v1/progettualita/1", f"{QUI}-v1/indicatori/1.1"):
        assert client.get(indirizzo).status_code == 404
    assert client.get(variazione.get_absolute_url()).status_code == 404
    alla_firma(variazione, persone)
    for porta, corpo in _letture(client):
        assert SEGRETO not in corpo, porta
        assert "2025-v1" not in corpo, porta
        assert _stabile(porta, corpo) == prima[porta], porta
    for elenco in ("programmi", "progettualita", "indicatori", "atti"):
        seguito = client.get(f"{API}/{elenco}", {"modificato_da": da, "limit": "100"}).json()
        assert seguito["items"] == [], elenco


def test_chi_ha_un_ruolo_la_legge_per_nome_e_non_negli_elenchi(
    programma: Programma, variazione: Programma, persone: Persone, accedi: Callable[[Utente], Client]
) -> None:
    for chi in (persone.manager, persone.agenzia, persone.auditor):
        client = accedi(chi)
        letta = client.get(f"{QUI}-v1").json()
        assert letta["variazione"] == 1
        assert letta["href"].endswith(f"{CODICE}/2025-v1")
        assert letta["link"]["variazione_di"].endswith(f"{CODICE}/2025")
        assert "scheda" not in letta["link"]
        sommario = letta["progettualita"][-1]
        assert sommario["titolo"] == SEGRETO
        singola = client.get(sommario["href"]).json()
        assert singola["titolo"] == SEGRETO
        assert singola["programma"]["href"].endswith("2025-v1")
        assert client.get(f"{QUI}-v1/indicatori/1.1").json()["href"].endswith("2025-v1/indicatori/1.1")
        assert client.get(QUI).json()["link"]["variazione_in_corso"].endswith("2025-v1")
        anni = [voce["anno"] for voce in client.get(f"{API}/programmi").json()["items"]]
        assert anni.count(2025) == 1
        titoli = client.get(f"{API}/progettualita", {"limit": 100}).json()["items"]
        assert SEGRETO not in [voce["titolo"] for voce in titoli]
        for senza in ("scheda", "valutazione"):
            assert client.get(f"{QUI}-v1/{senza}").status_code == 404


@pytest.mark.parametrize("scritta", ["2025-v0", "2025-v2", "2025-v", "2024-v1", "v1"])
def test_una_che_non_esiste(
    variazione: Programma, persone: Persone, accedi: Callable[[Utente], Client], scritta: str
) -> None:
    manager = accedi(persone.manager)
    assert manager.get(f"{API}/programmi/{CODICE}/{scritta}").status_code == 404
    assert manager.get(f"/programmi/{CODICE}/{scritta}/").status_code == 404


def test_approvata_la_leggono_tutti_nel_programma(
    programma: Programma, variazione: Programma, persone: Persone, client: Client
) -> None:
    da = timezone.now().isoformat().replace("+00:00", "Z")
    approvata(variazione, persone)
    for porta, corpo in _letture(client):
        if porta in (f"/programmi/{CODICE}/2025/", QUI, f"{QUI}/scheda", "/cerca/?q=micologia"):
            assert SEGRETO in corpo, porta
        assert "2025-v1" not in corpo, porta
    letto: dict[str, Any] = client.get(QUI).json()
    (variata,) = letto["variazioni"]
    assert (variata["il"], variata["atto"]["numero"]) == ("2026-03-02", "701")
    assert letto["approvato_il"] == "2025-06-19"
    assert letto["atto_di_approvazione"]["numero"] == "6607"
    assert "variazione_in_corso" not in letto["link"]
    passaggi = client.get(f"{QUI}/scheda").json()["passaggi"]
    assert [p["azione"] for p in passaggi][-1] == "variazione"
    pagina = client.get(f"/programmi/{CODICE}/2025/").content.decode()
    assert "Variazione" in pagina
    assert client.get(variazione.get_absolute_url()).status_code == 404
    atti = client.get(f"{API}/atti", {"modificato_da": da, "limit": "100"}).json()["items"]
    assert variata["atto"]["codice"] in [voce["codice"] for voce in atti]


def test_approvata_l_atto_si_scarica(
    programma: Programma, variazione: Programma, persone: Persone, client: Client
) -> None:
    atto = approvata(variazione, persone).passaggi.get(azione="approvazione").atto
    assert atto is not None
    scaricato = client.get(f"/atti/{atto.codice}/file/")
    assert scaricato.status_code == 200
    assert scaricato.getvalue().startswith(b"%PDF")
    delibera = variazione.passaggi.get(azione="trasmissione").atto
    assert delibera is not None
    assert client.get(f"/atti/{delibera.codice}/file/").status_code == 404


def test_chi_segue_i_cambiamenti_sa_che_cosa_e_stato_tolto(
    programma: Programma, variazione: Programma, persone: Persone, client: Client
) -> None:
    elimina_progettualita(progettualita=variazione.progettualita.get(numero=10))
    da = timezone.now().isoformat().replace("+00:00", "Z")
    approvata(variazione, persone)

    def seguito(elenco: str) -> list[dict[str, Any]]:
        voci: list[dict[str, Any]] = client.get(
            f"{API}/{elenco}", {"modificato_da": da, "limit": "100"}
        ).json()["items"]
        return voci

    azioni = seguito("progettualita")
    assert [v["chiave"] for v in azioni if v.get("ritirato")] == [f"{CODICE}/2025/10"]
    assert [v["numero"] for v in azioni if not v.get("ritirato")] == [9]
    assert len(seguito("programmi")) == 1
