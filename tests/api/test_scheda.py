"""La scheda e la valutazione: a ciascuno la sua, uguale a quella dei comandi."""

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from distretti.models import Atto
from programmi.models import Programma
from tests.api.conftest import API, PROGRAMMA, Pieno, leggi
from tests.conftest import CODICE, Persone
from valutazione.scheda import forma_pubblica, leggi_scheda
from valutazione.scheda.da_database import documento_di

pytestmark = pytest.mark.django_db


def test_chi_ha_un_ruolo_legge_la_scheda_intera(con_ruolo: Client, programma_pieno: Pieno) -> None:
    dati = leggi(con_ruolo, f"{PROGRAMMA}/scheda")
    assert dati == documento_di(programma_pieno.programma)
    assert dati["evidenze"][0]["persone"] == ["persona-da-non-dire"]
    assert "forma" not in dati


def test_la_scheda_intera_e_quella_di_esporta(
    programma_pieno: Pieno, persone: Persone, accedi: Callable[..., Client], tmp_path: Path
) -> None:
    esportata = tmp_path / "scheda.json"
    call_command("esporta", f"{CODICE}/2025", "-o", str(esportata), stdout=StringIO())
    assert leggi(accedi(persone.manager), f"{PROGRAMMA}/scheda") == json.loads(esportata.read_text())


def test_gli_altri_leggono_la_promessa(senza_ruolo: Client, programma_pieno: Pieno) -> None:
    dati = leggi(senza_ruolo, f"{PROGRAMMA}/scheda")
    assert dati["forma"] == "pubblica"
    assert dati["evidenze"] == []
    intera = documento_di(programma_pieno.programma)
    attesa = forma_pubblica({**intera, "evidenze": []})
    attesa["organizzazioni"] = [o for o in attesa["organizzazioni"] if o["codice"] != "solo-in-evidenza"]
    righe = [*attesa["obbligatorie"], *(r for p in attesa["progettualita"] for r in p["indicatori"])]
    assegnate = [r["regola"] for r in righe if r["regola"] and r["regola"]["tipo"] == "manuale"]
    assert [regola["assegnata"] for regola in assegnate] == ["37.25"]
    assegnate[0]["assegnata"] = None
    assert dati == attesa
    assert leggi_scheda(dati).pubblica


def test_la_promessa_non_racconta_le_integrazioni_richieste(programma: Programma) -> None:
    """I passaggi prima dell'ultima trasmissione sono del procedimento, non del programma approvato."""
    passaggi = list(programma.passaggi.order_by("-ordine"))
    for passaggio in passaggi:
        passaggio.ordine += 2
        passaggio.nota = "nota-interna"
        passaggio.save()
    primo = passaggi[-1]
    richiesta = Atto.objects.create(codice="richiesta-di-integrazioni", tipo="determinazione", ente="Agenzia")
    comuni: dict[str, Any] = {"programma": programma, "il": primo.il}
    programma.passaggi.create(
        **comuni, ordine=1, azione="trasmissione", da_stato="bozza", a_stato="trasmesso", atto=primo.atto
    )
    programma.passaggi.create(
        **comuni,
        ordine=2,
        azione="rinvio",
        da_stato="trasmesso",
        a_stato="integrazioni_richieste",
        atto=richiesta,
        nota="motivo-del-rinvio",
    )
    dati = leggi(Client(), f"{PROGRAMMA}/scheda")
    assert [passaggio["azione"] for passaggio in dati["passaggi"]] == ["trasmissione", "approvazione"]
    testo = json.dumps(dati)
    assert "motivo-del-rinvio" not in testo
    assert "nota-interna" not in testo
    assert "richiesta-di-integrazioni" not in testo
    assert "delibera-gc-pergine-99-2025" in testo
    leggi_scheda(dati)


def test_chi_ha_un_ruolo_legge_la_valutazione_di_valuta(
    con_ruolo: Client, programma_pieno: Pieno, tmp_path: Path
) -> None:
    """Lo stesso oggetto che `manage.py valuta` dà sulla scheda esportata."""
    esportata = tmp_path / "scheda.json"
    call_command("esporta", f"{CODICE}/2025", "-o", str(esportata), stdout=StringIO())
    uscita = StringIO()
    call_command("valuta", str(esportata), stdout=uscita)
    dati = leggi(con_ruolo, f"{PROGRAMMA}/valutazione")
    assert dati == json.loads(uscita.getvalue())
    assert dati["formato"] == "esito-valutazione/1"
    assert dati["azioni"][1]["righe"][0]["scartate"][0]["motivo"] == "respinta"


def test_la_valutazione_e_riservata(senza_ruolo: Client, programma_pieno: Pieno) -> None:
    anonimo = "sessionid" not in senza_ruolo.cookies
    dati = leggi(senza_ruolo, f"{PROGRAMMA}/valutazione", atteso=401 if anonimo else 403)
    assert dati["title"] == ("Accesso richiesto" if anonimo else "Accesso negato")
    leggi(senza_ruolo, f"{API}/programmi/{CODICE}/1999/valutazione", atteso=404)


def test_la_valutazione_di_una_bozza(
    bozza: Programma, persone: Persone, accedi: Callable[..., Client]
) -> None:
    dati = leggi(accedi(persone.manager), f"{API}/programmi/{CODICE}/2026/valutazione")
    assert dati["programma"]["dichiarato"] == "0.00"


def test_una_scheda_che_non_si_puo_valutare_e_un_409(
    bozza: Programma, persone: Persone, accedi: Callable[..., Client]
) -> None:
    bozza.indicatori.filter(ordine=1).update(regola={"tipo": "unica", "percentuale": "101", "evidenze": []})
    dati = leggi(accedi(persone.manager), f"{API}/programmi/{CODICE}/2026/valutazione", atteso=409)
    assert dati["errors"][0]["pointer"].startswith("$.obbligatorie[0].regola.")


def test_cio_che_apre_un_ruolo_non_resta_in_una_cache(con_ruolo: Client, programma: Programma) -> None:
    risposta = con_ruolo.get(f"{PROGRAMMA}/scheda")
    assert {"private", "no-store"} <= set(risposta["Cache-Control"].split(", "))
    assert "Cookie" in risposta["Vary"]
    assert "no-store" not in Client().get(f"{PROGRAMMA}/scheda").get("Cache-Control", "")
