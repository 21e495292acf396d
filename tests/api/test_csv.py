"""Ogni elenco in CSV: tutte le righe, le stesse che in JSON, e nessuna formula."""

import csv
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.test import Client

from distretti.models import Distretto, Organizzazione
from programmi.models import Progettualita, Programma
from tests.api.cambiamenti import RISORSE
from tests.api.conftest import API, leggi
from tests.conftest import CODICE, Persone
from tests.programmi.ingressi import con_progettualita
from valutazione.api import tabella

pytestmark = pytest.mark.django_db


def scarica(risorsa: str, client: Client | None = None, **parametri: Any) -> tuple[Any, str]:
    risposta: Any = (client or Client()).get(f"{API}/{risorsa}", {"formato": "csv", **parametri})
    assert risposta.status_code == 200, risposta.content
    return risposta, b"".join(risposta.streaming_content).decode("utf-8")


def righe(risorsa: str, client: Client | None = None, **parametri: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(scarica(risorsa, client, **parametri)[1], newline="")))


def tutte(risorsa: str, client: Client, **parametri: Any) -> list[dict[str, Any]]:
    """The same items, page by page, in JSON."""
    pagina = leggi(client, f"{API}/{risorsa}", limit=100, **parametri)
    voci = list(pagina["items"])
    while pagina["successivo"]:
        pagina = leggi(client, pagina["successivo"])
        voci += pagina["items"]
    return voci


@pytest.mark.parametrize("risorsa", RISORSE)
@pytest.mark.parametrize("chi", ["anonimo", "manager"])
def test_le_stesse_righe_che_in_json(
    risorsa: str,
    chi: str,
    bozza: Programma,
    persone: Persone,
    accedi: Callable[..., Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Anche quando le fette sono molte: una riga in più di una fetta non si perde né si ripete."""
    con_progettualita(bozza, 2)
    client = accedi(persone.manager) if chi == "manager" else Client()
    monkeypatch.setattr(tabella, "RIGHE_PER_FETTA", 3)
    voci, lette = tutte(risorsa, client), righe(risorsa, client)
    assert [riga["href"] for riga in lette] == [voce["href"] for voce in voci]
    assert [riga["modificato_alle"] for riga in lette] == [voce["modificato_alle"] for voce in voci]
    if risorsa == "progettualita":
        assert {riga["programma_anno"] for riga in lette} == (
            {"2025"} if chi == "anonimo" else {"2025", "2026"}
        )


def test_i_filtri_e_l_ordine() -> None:
    lette = righe("distretti", tipo="family_audit", sort="-codice")
    assert [riga["codice"] for riga in lette] == sorted((riga["codice"] for riga in lette), reverse=True)
    assert {riga["tipo"] for riga in lette} == {"family_audit"}
    assert righe("distretti", testo="parola-che-non-c-è") == []


def test_le_caselle() -> None:
    (prima, seconda) = righe("progettualita", distretto=CODICE, anno=2025)[:2]
    assert prima["programma_distretto"] == CODICE
    assert prima["numero"] == "1"
    assert seconda["classificazioni"] == "distretti-2025:E0310 | distretti-2025:A0206"
    (chimelli,) = righe("organizzazioni", testo="asif")
    assert chimelli["alias"] == "ASIF Chimelli | ASIF"
    assert righe("adesioni")[0]["al"] == ""
    regole = {riga["codice"]: riga["regola"] for riga in righe("indicatori")}
    assert regole["obb.1"] == '{"tipo":"unica","percentuale":"100","evidenze":["elenco_aderenti"]}'


def test_la_forma_e_quella_della_rfc_4180() -> None:
    testo = 'Con "virgolette", virgole\r\ne un a capo'
    Progettualita.objects.filter(numero=1).update(azioni=testo, tempi="è già così")
    risposta, scritto = scarica("progettualita")
    assert risposta["Content-Type"] == "text/csv; charset=utf-8; header=present"
    assert risposta["Content-Disposition"] == 'attachment; filename="progettualita.csv"'
    assert "Accept" in risposta["Vary"]
    assert scritto.startswith("programma_distretto,programma_anno,numero,tipo_azione,")
    assert '"Con ""virgolette"", virgole\r\ne un a capo"' in scritto
    assert scritto.endswith("\r\n")
    riga = righe("progettualita")[0]
    assert (riga["azioni"], riga["tempi"]) == (testo, "è già così")


@pytest.mark.parametrize("testo", ["=1+1", "+39", "-1", "@SOMMA(A1)", "\tx", "\rx", "\nx", "＝1"])
def test_una_formula_resta_un_testo(testo: str) -> None:
    Distretto.objects.filter(codice=CODICE).update(capofila=testo)
    (riga,) = righe("distretti", testo=CODICE)
    assert riga["capofila"] == f"'{testo}"


def test_con_l_intestazione_accept() -> None:
    per_nome = Client().get(f"{API}/distretti", headers={"accept": "text/csv"})
    assert per_nome["Content-Type"].startswith("text/csv")
    preferito = Client().get(f"{API}/distretti", headers={"accept": "text/csv;q=0.5, application/json"})
    assert preferito["Content-Type"] == "application/json"
    chiesto = Client().get(f"{API}/distretti?formato=json", headers={"accept": "text/csv"})
    assert chiesto["Content-Type"] == "application/json"
    assert Client().get(f"{API}/distretti/{CODICE}", headers={"accept": "text/csv"}).status_code == 406


@pytest.mark.parametrize(
    "parametro", [{"limit": "3"}, {"cursor": "abc"}, {"colore": "blu"}, {"formato": "xml"}]
)
def test_un_errore_e_un_documento_anche_per_chi_chiede_csv(parametro: dict[str, str]) -> None:
    risposta = Client().get(f"{API}/distretti", {"formato": "csv"} | parametro)
    assert risposta.status_code == 400
    assert risposta["Content-Type"] == "application/problem+json"
    assert [errore["parameter"] for errore in risposta.json()["errors"]] == list(parametro)


def test_la_sola_testa() -> None:
    intera, _ = scarica("distretti")
    testa: Any = Client().head(f"{API}/distretti", {"formato": "csv"})
    assert b"".join(testa.streaming_content) == b""
    for nome in ("Content-Type", "Content-Disposition", "Cache-Control", "Vary"):
        assert testa[nome] == intera[nome]


def test_i_ritirati_hanno_la_loro_colonna() -> None:
    Progettualita.objects.get(programma__anno=2025, programma__distretto__codice=CODICE, numero=4).delete()
    lette = righe("progettualita", modificato_da="2020-01-01")
    ritirate = [riga for riga in lette if riga["ritirato_alle"]]
    assert [riga["href"].rpartition("/")[2] for riga in ritirate] == ["4"]
    assert ritirate[0]["titolo"] == ""
    assert len(lette) == 10


def test_un_organizzazione_fuori_dal_registro_pubblico_non_c_e() -> None:
    Organizzazione.objects.create(codice="nascosta", denominazione="Nascosta")
    assert "nascosta" not in {riga["codice"] for riga in righe("organizzazioni")}
